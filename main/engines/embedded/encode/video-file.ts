import { type CodecContext, Dictionary, type Frame, Rational, type Stream } from 'node-av';
import { avReason } from '../../../media/open.ts';
import { StationError } from '../../../shared/errors/index.ts';
import type { ExportPreset } from '../../../shared/settings.ts';
import { encoderChoices, type VideoEncoderChoice } from './encoders.ts';
import type { OutputShape } from './output.ts';
import { OutputFile } from './output-file.ts';
import { SoundTrack } from './sound-track.ts';
import { trialReason, videoContext } from './video-context.ts';

export interface VideoFileOptions {
  readonly sound: boolean;
  /** It is only a part of a video: its index may stay at its end. */
  readonly part?: boolean;
}

/** An mp4 or mov being written: frames and samples in, in order, a file out. */
export class VideoFile {
  readonly encoder: VideoEncoderChoice;
  /** Why the preset's first choice is not what encodes; null when it is. */
  readonly refused: Refusal | null;
  readonly shape: OutputShape;
  private readonly file: OutputFile;
  private readonly context: CodecContext;
  private readonly stream: Stream;
  private readonly sound: SoundTrack | null;
  private framesIn = 0;
  private closed = false;

  private constructor(
    file: OutputFile,
    shape: OutputShape,
    { choice, context, refused }: OpenedEncoder,
    stream: Stream,
    sound: SoundTrack | null,
  ) {
    this.file = file;
    this.shape = shape;
    this.encoder = choice;
    this.refused = refused;
    this.context = context;
    this.stream = stream;
    this.sound = sound;
  }

  /**
   * Starts the file with the first of the preset's encoders that opens.
   * @throws StationError ENCODER_UNAVAILABLE, RENDER_FAILED
   */
  static async create(
    path: string,
    shape: OutputShape,
    preset: ExportPreset,
    { sound, part = false }: VideoFileOptions,
  ): Promise<VideoFile> {
    const opened = await openVideoEncoder(shape, preset);
    const { context } = opened;
    const file = OutputFile.create(path, preset.container);
    try {
      const stream = file.addStream((parameters) => parameters.fromContext(context), context.timeBase);
      stream.avgFrameRate = new Rational(shape.rate.num, shape.rate.den);
      if (preset.codec === 'hevc') stream.codecpar.codecTag = 'hvc1';
      const track = sound ? await SoundTrack.add(file, preset.audioKbps) : null;
      await file.start(!part);
      return new VideoFile(file, shape, opened, stream, track);
    } catch (error) {
      await file.close();
      context.freeContext();
      throw error;
    }
  }

  /** Frames written so far. */
  get frames(): number {
    return this.framesIn;
  }

  /** Samples per channel written so far. */
  get samples(): number {
    return this.sound?.samples ?? 0;
  }

  /** Adds the next frame; the file does not keep it. Its pixel format and size must be the encoder's. */
  async writeFrame(frame: Frame): Promise<void> {
    frame.pts = BigInt(this.framesIn);
    this.framesIn += 1;
    await this.file.encode(this.context, this.stream, frame);
  }

  /** Adds sound: at most 1024 samples per channel, fewer only at the end. */
  async writeSamples(left: Float32Array, right: Float32Array): Promise<void> {
    await this.sound?.write(left, right);
  }

  /** Flushes the encoders and completes the file. */
  async finish(): Promise<void> {
    await this.file.encode(this.context, this.stream, null);
    await this.sound?.flush();
    await this.file.finish();
    await this.close();
  }

  /** Frees everything without completing the file. Safe to call twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.context.freeContext();
    this.sound?.close();
    await this.file.close();
  }
}

function isHardware({ encoder }: ExportPreset): boolean {
  return encoder !== 'auto' && encoder !== 'software';
}

/** Why an encoder was passed over, for people. */
export interface Refusal {
  readonly reason: string;
  readonly reasonZh: string;
}

interface OpenedEncoder {
  readonly context: CodecContext;
  readonly choice: VideoEncoderChoice;
  readonly refused: Refusal | null;
}

async function openVideoEncoder(shape: OutputShape, preset: ExportPreset): Promise<OpenedEncoder> {
  const choices = encoderChoices(preset);
  let reason = 'there is none on this system';
  // Builds for one system lack the encoders of others.
  const lacking = isHardware(preset) && choices[0]?.hardware !== true;
  let refused: Refusal | null = lacking
    ? { reason: `${preset.encoder}: ${reason}`, reasonZh: `${preset.encoder}：本系统没有这种编码器` }
    : null;
  for (const choice of choices) {
    // A driver may open an encoder and fail at the first picture: hardware has to make one before it is trusted.
    reason = choice.hardware ? ((await trialReason(choice, shape, preset)) ?? '') : '';
    if (reason === '') {
      const context = videoContext(choice, shape, preset);
      const opened = await context.open2(null, Dictionary.fromObject({ ...choice.options }));
      if (opened >= 0) return { context, choice, refused };
      reason = avReason(opened);
      context.freeContext();
    }
    const [failed, failedZh] = choice.hardware ? ['failed its self-test', '未通过自检'] : ['did not start', '无法启动'];
    refused ??= { reason: `${choice.name} ${failed}: ${reason}`, reasonZh: `${choice.name} ${failedZh}` };
  }
  throw new StationError('ENCODER_UNAVAILABLE', { encoder: `${preset.encoder} ${preset.codec} (${reason})` });
}
