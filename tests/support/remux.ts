import { AV_PKT_DATA_DISPLAYMATRIX, AVMEDIA_TYPE_VIDEO, FormatContext, Packet, Rational, type Stream } from 'node-av';

export interface RemuxSpec {
  /** Display matrix as a, b, c, d: (x, y) is shown at (a x + c y, b x + d y). */
  readonly matrix?: readonly [number, number, number, number];
  /** Width of a pixel by its height. */
  readonly pixelAspect?: { readonly num: number; readonly den: number };
  /** Moves a time stamp (in ticks of the stream); must keep the order. */
  readonly time?: (ticks: number) => number;
}

/** Copies the picture stream of a file, saying something else about it. */
export async function remux(file: string, output: string, spec: RemuxSpec): Promise<string> {
  const input = new FormatContext();
  await input.openInput(file);
  await input.findStreamInfo();
  const index = input.findBestStream(AVMEDIA_TYPE_VIDEO);
  const from = input.streams[index];
  if (from === undefined) throw new Error('no picture');
  const muxer = new FormatContext();
  muxer.allocOutputContext2(null, 'mp4', output);
  const to = muxer.newStream(null);
  from.codecpar.copy(to.codecpar);
  to.codecpar.codecTag = 0;
  to.timeBase = from.timeBase;
  if (spec.matrix !== undefined) to.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, displayMatrix(spec.matrix));
  if (spec.pixelAspect !== undefined) {
    const aspect = new Rational(spec.pixelAspect.num, spec.pixelAspect.den);
    to.sampleAspectRatio = aspect;
    to.codecpar.sampleAspectRatio = aspect;
  }
  await muxer.openOutput();
  await muxer.writeHeader();
  await copyPackets(input, muxer, (packet) => {
    if (packet.streamIndex !== index) return null;
    if (spec.time !== undefined) {
      packet.pts = BigInt(spec.time(Number(packet.pts)));
      packet.dts = BigInt(spec.time(Number(packet.dts)));
    }
    return { from, to };
  });
  return output;
}

/** Copies all streams of a file into the container that the other one's ending names. */
export async function rewrap(file: string, output: string): Promise<string> {
  const input = new FormatContext();
  await input.openInput(file);
  await input.findStreamInfo();
  const muxer = new FormatContext();
  muxer.allocOutputContext2(null, null, output);
  for (const from of input.streams) {
    const to = muxer.newStream(null);
    from.codecpar.copy(to.codecpar);
    to.codecpar.codecTag = 0;
    to.timeBase = from.timeBase;
  }
  await muxer.openOutput();
  await muxer.writeHeader();
  await copyPackets(input, muxer, ({ streamIndex }) => {
    const [from, to] = [input.streams[streamIndex], muxer.streams[streamIndex]];
    if (from === undefined || to === undefined) throw new Error(`stream ${streamIndex}`);
    return { from, to };
  });
  return output;
}

/**
 * Copies all packets, ends the output and closes both.
 * @param wayOf the streams that a packet is copied from and to; null = it is left out
 */
async function copyPackets(
  input: FormatContext,
  muxer: FormatContext,
  wayOf: (packet: Packet) => { from: Stream; to: Stream } | null,
): Promise<void> {
  const packet = new Packet();
  packet.alloc();
  while ((await input.readFrame(packet)) >= 0) {
    const way = wayOf(packet);
    if (way !== null) {
      packet.streamIndex = way.to.index;
      packet.rescaleTs(way.from.timeBase, way.to.timeBase);
      await muxer.interleavedWriteFrame(packet);
    }
    packet.unref();
  }
  await muxer.writeTrailer();
  packet.free();
  await muxer.closeOutput();
  await input.closeInput();
}

function displayMatrix([a, b, c, d]: readonly [number, number, number, number]): Buffer {
  const bytes = Buffer.alloc(36);
  for (const [place, value] of [
    [0, a],
    [4, b],
    [12, c],
    [16, d],
  ] as const)
    bytes.writeInt32LE(value * 65_536, place);
  bytes.writeInt32LE(1 << 30, 32);
  return bytes;
}
