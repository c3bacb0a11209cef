import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_CODEC_ID_AAC,
  AV_SAMPLE_FMT_FLTP,
  Codec,
  CodecContext,
  Frame,
  Rational,
  type Stream,
} from 'node-av';
import { keepBuffer } from '../../../media/buffer-frame.ts';
import { avReason } from '../../../media/open.ts';
import { StationError } from '../../../shared/errors/index.ts';
import type { OutputFile } from './output-file.ts';

/** Samples per channel and second of every sound we write. */
export const outputSampleRate = 48_000;
/** Samples per channel that the sound encoder takes at once. */
export const samplesPerPacket = 1024;
const timeBase = { num: 1, den: outputSampleRate };

/** The sound of a file being written: stereo, AAC. */
export class SoundTrack {
  private readonly file: OutputFile;
  private readonly context: CodecContext;
  private readonly stream: Stream;
  private samplesIn = 0;

  private constructor(file: OutputFile, context: CodecContext, stream: Stream) {
    this.file = file;
    this.context = context;
    this.stream = stream;
  }

  /** Adds sound to a file that has not been started. @throws StationError RENDER_FAILED */
  static async add(file: OutputFile, kbps: number): Promise<SoundTrack> {
    const codec = Codec.findEncoder(AV_CODEC_ID_AAC);
    const context = new CodecContext();
    context.allocContext3(codec);
    context.sampleFormat = AV_SAMPLE_FMT_FLTP;
    context.sampleRate = outputSampleRate;
    context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
    context.bitRate = BigInt(kbps) * 1000n;
    context.timeBase = new Rational(1, outputSampleRate);
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    const opened = await context.open2(codec, null);
    const reason = opened < 0 ? avReason(opened) : `it wants ${context.frameSize} samples`;
    if (opened < 0 || context.frameSize !== samplesPerPacket) {
      context.freeContext();
      throw new StationError('RENDER_FAILED', { reason: `opening the sound encoder: ${reason}` });
    }
    return new SoundTrack(
      file,
      context,
      file.addStream((parameters) => parameters.fromContext(context), context.timeBase),
    );
  }

  /** Samples per channel written so far. */
  get samples(): number {
    return this.samplesIn;
  }

  /** Adds sound: at most 1024 samples per channel, fewer only at the end. @throws StationError RENDER_FAILED */
  async write(left: Float32Array, right: Float32Array): Promise<void> {
    const planes = new Float32Array(left.length * 2);
    planes.set(left);
    planes.set(right, left.length);
    const bytes = Buffer.from(planes.buffer);
    const made = Frame.fromAudioBuffer(bytes, {
      nbSamples: left.length,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate: outputSampleRate,
      channelLayout: AV_CHANNEL_LAYOUT_STEREO,
      timeBase,
      pts: BigInt(this.samplesIn),
    });
    const frame = keepBuffer(made, bytes);
    this.samplesIn += left.length;
    try {
      await this.file.encode(this.context, this.stream, frame);
    } finally {
      frame.free();
    }
  }

  /** Writes what the encoder still holds. @throws StationError RENDER_FAILED */
  async flush(): Promise<void> {
    await this.file.encode(this.context, this.stream, null);
  }

  close(): void {
    this.context.freeContext();
  }
}
