import { AVERROR_EOF, CodecParameters, type IRational, Packet, Rational } from 'node-av';
import { avReason, type DecodableStream, openMedia } from '../../../media/open.ts';
import { StationError } from '../../../shared/errors/index.ts';
import type { JoinJob } from '../protocol.ts';
import type { FrameRate } from '../timeline/frame-grid.ts';
import { OutputFile } from './output-file.ts';

/** A packet of one of the files on its way into another; the very same object for all of a file. */
interface Read {
  readonly packet: Packet;
  /** When it is decoded, seconds from the start of the whole. */
  readonly seconds: number;
}

/** The parts were not encoded alike. */
class Mismatch extends Error {}

/**
 * Puts parts of a video and its sound into one file, packet by packet: nothing is encoded again, and every frame has the
 * time it would have in a video that was never cut.
 * @returns null, or why the parts do not fit together: different encoders made them
 * @throws StationError RENDER_FAILED, MEDIA_UNREADABLE
 */
export async function joinParts(
  { parts, sound, shape, container, output }: Omit<JoinJob, 'type' | 'mayBeBlack'>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<string | null> {
  const frames = parts.reduce((sum, part) => sum + part.frames, 0);
  const frame = { num: shape.rate.den, den: shape.rate.num };
  const file = OutputFile.create(output, container);
  let sounds: AsyncGenerator<Read> | null = null;
  try {
    const [picture, ...others] = await Promise.all(parts.map((part) => describe(part.file, 'video')));
    if (picture === undefined) throw new StationError('RENDER_FAILED', { reason: 'there is no part to join' });
    for (const other of others) requireAlike(other.parameters, picture.parameters);
    const video = file.addStream((parameters) => picture.parameters.copy(parameters), frame);
    video.avgFrameRate = new Rational(shape.rate.num, shape.rate.den);
    const heard = await describe(sound, 'audio');
    const audio = file.addStream((parameters) => heard.parameters.copy(parameters), heard.timeBase);
    await file.start(true);
    sounds = packetsOf(sound, 'audio');
    let next = await sounds.next();
    let done = 0;
    for await (const { packet, seconds } of pictures(parts, shape.rate)) {
      // Sound up to where the picture is: players and the muxer want them side by side.
      for (; next.done !== true && next.value.seconds <= seconds; next = await sounds.next())
        await file.write(next.value.packet, audio, heard.timeBase);
      await file.write(packet, video, frame);
      done += 1;
      onProgress(done, frames);
    }
    for (; next.done !== true; next = await sounds.next()) await file.write(next.value.packet, audio, heard.timeBase);
    await file.finish();
    return null;
  } catch (error) {
    if (error instanceof Mismatch) return error.message;
    throw error;
  } finally {
    await sounds?.return(undefined);
    await file.close();
  }
}

/** The packets of all parts; times are in frames of the whole. */
async function* pictures(parts: JoinJob['parts'], rate: FrameRate): AsyncGenerator<Read> {
  let before = 0;
  for (const { file, frames } of parts) {
    const { timeBase } = await describe(file, 'video');
    const inFrames = (ticks: bigint) => {
      const frame = (Number(ticks) * timeBase.num * rate.num) / (timeBase.den * rate.den);
      return BigInt(before + Math.round(frame));
    };
    let count = 0;
    for await (const { packet } of packetsOf(file, 'video')) {
      packet.pts = inFrames(packet.pts);
      packet.dts = inFrames(packet.dts);
      packet.duration = 1n;
      yield { packet, seconds: (Number(packet.dts) * rate.den) / rate.num };
      count += 1;
    }
    if (count !== frames)
      throw new StationError('RENDER_FAILED', { reason: `a part of the video has ${count} of ${frames} frames` });
    before += frames;
  }
}

/** Decoders are told once, at the start of a file, what all of it is. */
function requireAlike(one: CodecParameters, other: CodecParameters): void {
  const name = ({ codecId, width, height, format, extradata }: CodecParameters) =>
    [codecId, width, height, format, extradata?.toString('hex') ?? ''].join(' ');
  if (name(one) !== name(other)) throw new Mismatch(`${name(other)} and ${name(one)}`);
}

/** What a stream is, kept after its file is closed. */
interface Described {
  readonly parameters: CodecParameters;
  readonly timeBase: IRational;
}

async function describe(file: string, kind: 'video' | 'audio'): Promise<Described> {
  const media = await openMedia(file);
  try {
    const { codecpar, timeBase } = streamOf(media[kind], kind);
    const parameters = new CodecParameters();
    parameters.alloc();
    codecpar.copy(parameters);
    return { parameters, timeBase };
  } finally {
    await media.close();
  }
}

async function* packetsOf(file: string, kind: 'video' | 'audio'): AsyncGenerator<Read> {
  const media = await openMedia(file);
  const packet = new Packet();
  packet.alloc();
  try {
    const { index, timeBase } = streamOf(media[kind], kind);
    for (;;) {
      const read = await media.format.readFrame(packet);
      if (read === AVERROR_EOF) return;
      if (read < 0) throw new StationError('RENDER_FAILED', { reason: `reading a part back: ${avReason(read)}` });
      if (packet.streamIndex === index) yield { packet, seconds: (Number(packet.dts) * timeBase.num) / timeBase.den };
    }
  } finally {
    packet.free();
    await media.close();
  }
}

function streamOf(found: DecodableStream | null, kind: 'video' | 'audio'): DecodableStream['stream'] {
  if (found === null) throw new StationError('RENDER_FAILED', { reason: `a part of the video has no ${kind}` });
  return found.stream;
}
