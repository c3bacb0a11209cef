import type { Frame } from 'node-av';
import { Brightness, lookShares } from '../../../media/brightness.ts';
import type { AudioMixer } from '../audio/index.ts';
import type { Composed, Stage } from '../compositor/stage.ts';
import type { FrameConverter } from './frame-converter.ts';
import { outputSampleRate, samplesPerPacket, type VideoFile } from './video-file.ts';

/** Frames that may be converted and encoded while the next ones are being composed. */
const inFlight = 5;

/** Converts and encodes in order while the caller composes the next frames. */
export class EncodingLine {
  private readonly file: VideoFile;
  private readonly converter: FrameConverter;
  private readonly sound: AudioMixer;
  private readonly frames: number;
  private tail: Promise<void> = Promise.resolve();
  private waiting = 0;
  private failure: unknown = null;
  private last: { readonly identity: string; readonly frame: Promise<Frame> } | null = null;
  private readonly looks: ReadonlySet<number>;
  private readonly meter = new Brightness();
  private brightest = 0;
  private wake: (() => void) | null = null;

  /** @param frames how many will come in all */
  constructor(file: VideoFile, converter: FrameConverter, sound: AudioMixer, frames: number) {
    this.file = file;
    this.converter = converter;
    this.sound = sound;
    this.frames = frames;
    this.looks = new Set(lookShares.map((share) => Math.round(share * (frames - 1))));
  }

  get written(): number {
    return this.file.frames;
  }

  /** Takes over a composed frame; waits while too many are on their way. */
  async add(composed: Composed, stage: Stage): Promise<void> {
    const frame = this.encoderFrame(composed, stage);
    this.waiting += 1;
    this.tail = this.tail.then(async () => {
      try {
        // Waited for in any case: nothing may be freed while it is being converted.
        const ready = await frame;
        if (this.failure !== null) return;
        if (this.looks.has(this.file.frames)) this.brightest = Math.max(this.brightest, await this.meter.of(ready));
        await this.file.writeFrame(ready);
        await this.writeSound();
      } catch (error) {
        this.failure ??= error;
      } finally {
        this.waiting -= 1;
        this.wake?.();
      }
    });
    while (this.waiting >= inFlight) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.failure !== null) throw this.failure;
  }

  /** Completes the file. @returns the brightest of the frames that a check will look at, 0..255 */
  async finish(): Promise<number> {
    await this.tail;
    if (this.failure !== null) throw this.failure;
    await this.forget();
    await this.file.finish();
    return this.brightest;
  }

  async abandon(): Promise<void> {
    await this.tail;
    await this.forget();
    await this.file.close();
  }

  /** Sound up to where the picture is: players and the muxer want them side by side. */
  private async writeSound(): Promise<void> {
    const { num, den } = this.file.shape.rate;
    const last = this.file.frames === this.frames;
    const until = (this.file.frames * den * outputSampleRate) / num;
    while (last || this.file.samples + samplesPerPacket <= until) {
      const samples = await this.sound.read(samplesPerPacket);
      if (samples === null) return;
      await this.file.writeSamples(samples.left, samples.right);
    }
  }

  /** The same frame again while the picture does not change. */
  private encoderFrame(composed: Composed, stage: Stage): Promise<Frame> {
    const { identity } = composed;
    if (this.last?.identity === identity) return this.last.frame;
    const previous = this.last;
    const source = composed.type === 'clip' ? composed.frame.frame.clone() : this.converter.grab(stage.canvas);
    const frame = this.convert(source);
    this.last = { identity, frame };
    // The one before is still in line; it is freed when everything up to here has been encoded.
    if (previous !== null)
      this.tail = this.tail
        .then(() => previous.frame)
        .then(
          (done) => done.free(),
          () => {},
        );
    return frame;
  }

  private async convert(source: Frame | null): Promise<Frame> {
    if (source === null) throw new Error('a decoded frame could not be referenced');
    try {
      return await this.converter.toEncoder(source);
    } finally {
      source.free();
    }
  }

  private async forget(): Promise<void> {
    const { last } = this;
    this.last = null;
    this.meter.close();
    if (last !== null) await last.frame.then((frame) => frame.free()).catch(() => {});
  }
}
