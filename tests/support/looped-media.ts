import { AVERROR_EOF, FormatContext, Packet } from 'node-av';
import { avReason } from '../../main/media/open.ts';

const check = (code: number, doing: string): number => {
  if (code < 0) throw new Error(`${doing}: ${avReason(code)}`);
  return code;
};

interface Kept {
  readonly packet: Packet;
  /** Stream units in one period. */
  readonly period: bigint;
}

/**
 * Writes a long file by repeating a short one packet by packet: hours cost a second, because nothing is encoded.
 * @param periodSeconds length of the short file; a whole number of its frames and samples
 */
export async function repeatMedia(from: string, to: string, periodSeconds: number, times: number): Promise<void> {
  const input = new FormatContext();
  check(await input.openInput(from), 'opening');
  check(await input.findStreamInfo(), 'reading');
  const output = new FormatContext();
  check(output.allocOutputContext2(null, null, to), 'starting');
  for (const stream of input.streams) {
    const own = output.newStream(null);
    check(stream.codecpar.copy(own.codecpar), 'copying a stream');
    own.codecpar.codecTag = 0;
    own.timeBase = stream.timeBase;
  }
  check(await output.openOutput(), 'opening the copy');
  check(await output.writeHeader(null), 'writing the header');
  const bases = output.streams.map((stream) => stream.timeBase);
  const kept: Kept[] = [];
  for (;;) {
    const packet = new Packet();
    packet.alloc();
    const read = input.readFrameSync(packet);
    if (read === AVERROR_EOF) break;
    check(read, 'reading');
    const stream = input.streams[packet.streamIndex];
    const base = bases[packet.streamIndex];
    if (stream === undefined || base === undefined) continue;
    packet.rescaleTs(stream.timeBase, base);
    kept.push({ packet, period: BigInt(Math.round((periodSeconds * base.den) / base.num)) });
  }
  for (let round = 0n; round < BigInt(times); round += 1n) {
    for (const { packet, period } of kept) {
      // What a sound encoder writes before time 0 belongs to the first round only.
      if (round > 0n && packet.pts < 0n) continue;
      const copy = packet.clone();
      if (copy === null) throw new Error('out of memory');
      copy.pts = packet.pts + round * period;
      copy.dts = packet.dts + round * period;
      check(output.interleavedWriteFrameSync(copy), 'writing');
      copy.free();
    }
  }
  check(await output.writeTrailer(), 'completing');
  await output.closeOutput();
  output.freeContext();
  for (const { packet } of kept) packet.free();
  await input.closeInput();
}
