import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_CODEC_ID_AAC,
  AV_SAMPLE_FMT_FLTP,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av';
import { keepBuffer } from '../../../media/buffer-frame.ts';
import { avReason } from '../../../media/open.ts';
import { StationError } from '../../../shared/errors/index.ts';
import type { ExportPreset } from '../../../shared/settings.ts';
import { encoderChoices, type VideoEncoderChoice } from './encoders.ts';
import type { OutputShape } from './output.ts';
import { trialReason, videoContext } from './video-context.ts';

/** Samples per channel and second of every sound we write. */
export const outputSampleRate = 48_000;
/** Samples per channel that the sound encoder takes at once. */
export const samplesPerPacket = 1024;
const audioTimeBase = { num: 1, den: outputSampleRate };

interface OpenEncoder {
  readonly context: CodecContext;
  readonly stream: Stream;
}

/** An mp4 or mov being written: frames and samples in, in order, a faststart file out. */
export class VideoFile {
  readonly encoder: VideoEncoderChoice;
  readonly shape: OutputShape;
  private readonly format: FormatContext;
  private readonly video: OpenEncoder;
  private readonly audio: OpenEncoder | null;
  private readonly packet = new Packet();
  private framesIn = 0;
  private samplesIn = 0;
  private closed = false;

  private constructor(
    format: FormatContext,
    shape: OutputShape,
    encoder: VideoEncoderChoice,
    video: OpenEncoder,
    audio: OpenEncoder | null,
  ) {
    this.format = format;
    this.shape = shape;
    this.encoder = encoder;
    this.video = video;
    this.audio = audio;
    this.packet.alloc();
  }

  /**
   * Starts the file with the first of the preset's encoders that opens.
   * @throws StationError ENCODER_UNAVAILABLE, RENDER_FAILED
   */
  static async create(file: string, shape: OutputShape, preset: ExportPreset, withAudio: boolean): Promise<VideoFile> {
    const format = new FormatContext();
    check(format.allocOutputContext2(null, preset.container, file), 'starting the file');
    const { context, choice } = await openVideoEncoder(shape, preset);
    const video = { context, stream: addStream(format, context) };
    video.stream.avgFrameRate = new Rational(shape.rate.num, shape.rate.den);
    if (choice.name === 'libx265' || choice.name.startsWith('hevc')) video.stream.codecpar.codecTag = 'hvc1';
    const audio = withAudio ? await openAudioEncoder(format, preset.audioKbps) : null;
    check(await format.openOutput(), 'opening the file');
    check(await format.writeHeader(Dictionary.fromObject({ movflags: '+faststart' })), 'writing the header');
    return new VideoFile(format, shape, choice, video, audio);
  }

  /** Frames written so far. */
  get frames(): number {
    return this.framesIn;
  }

  /** Samples per channel written so far. */
  get samples(): number {
    return this.samplesIn;
  }

  /** Adds the next frame; the file does not keep it. Its pixel format and size must be the encoder's. */
  async writeFrame(frame: Frame): Promise<void> {
    frame.pts = BigInt(this.framesIn);
    this.framesIn += 1;
    await this.encode(this.video, frame);
  }

  /** Adds sound: at most 1024 samples per channel, fewer only at the end. */
  async writeSamples(left: Float32Array, right: Float32Array): Promise<void> {
    if (this.audio === null) return;
    const planes = new Float32Array(left.length * 2);
    planes.set(left);
    planes.set(right, left.length);
    const bytes = Buffer.from(planes.buffer);
    const made = Frame.fromAudioBuffer(bytes, {
      nbSamples: left.length,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate: outputSampleRate,
      channelLayout: AV_CHANNEL_LAYOUT_STEREO,
      timeBase: audioTimeBase,
      pts: BigInt(this.samplesIn),
    });
    const frame = keepBuffer(made, bytes);
    this.samplesIn += left.length;
    try {
      await this.encode(this.audio, frame);
    } finally {
      frame.free();
    }
  }

  /** Flushes the encoders and completes the file. */
  async finish(): Promise<void> {
    await this.encode(this.video, null);
    if (this.audio !== null) await this.encode(this.audio, null);
    check(await this.format.writeTrailer(), 'completing the file');
    await this.close();
  }

  /** Frees everything without completing the file. Safe to call twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.video.context.freeContext();
    this.audio?.context.freeContext();
    this.packet.free();
    await this.format.closeOutput();
    this.format.freeContext();
  }

  private async encode({ context, stream }: OpenEncoder, frame: Frame | null): Promise<void> {
    check(await context.sendFrame(frame), 'encoding');
    for (;;) {
      const received = await context.receivePacket(this.packet);
      if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return;
      check(received, 'encoding');
      this.packet.streamIndex = stream.index;
      this.packet.rescaleTs(context.timeBase, stream.timeBase);
      check(await this.format.interleavedWriteFrame(this.packet), 'writing the file');
    }
  }
}

function check(code: number, doing: string): void {
  if (code < 0) throw new StationError('RENDER_FAILED', { reason: `${doing}: ${avReason(code)}` });
}

function addStream(format: FormatContext, context: CodecContext): Stream {
  const stream = format.newStream(null);
  check(stream.codecpar.fromContext(context), 'describing a stream');
  stream.timeBase = context.timeBase;
  return stream;
}

async function openVideoEncoder(
  shape: OutputShape,
  preset: ExportPreset,
): Promise<{ context: CodecContext; choice: VideoEncoderChoice }> {
  let reason = 'not part of this FFmpeg';
  for (const choice of encoderChoices(preset)) {
    // A driver may open an encoder and fail at the first picture: hardware has to make one before it is trusted.
    reason = choice.hardware ? ((await trialReason(choice, shape, preset)) ?? '') : '';
    if (reason !== '') continue;
    const context = videoContext(choice, shape, preset);
    const opened = await context.open2(null, Dictionary.fromObject({ ...choice.options }));
    if (opened >= 0) return { context, choice };
    reason = avReason(opened);
    context.freeContext();
  }
  throw new StationError('ENCODER_UNAVAILABLE', { encoder: `${preset.encoder} ${preset.codec} (${reason})` });
}

async function openAudioEncoder(format: FormatContext, kbps: number): Promise<OpenEncoder> {
  const codec = Codec.findEncoder(AV_CODEC_ID_AAC);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.sampleRate = outputSampleRate;
  context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  context.bitRate = BigInt(kbps) * 1000n;
  context.timeBase = new Rational(1, outputSampleRate);
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  check(await context.open2(codec, null), 'opening the sound encoder');
  if (context.frameSize !== samplesPerPacket)
    throw new StationError('RENDER_FAILED', { reason: `the sound encoder wants ${context.frameSize} samples` });
  return { context, stream: addStream(format, context) };
}
