import type { Frame } from 'node-av';
import { Brightness, lookShares } from '../../../media/brightness.ts';
import { freeWithBuffer, referenceTo } from '../../../media/buffer-frame.ts';
import type { AudioMixer } from '../audio/index.ts';
import type { LaidFrame } from '../compositor/laid-frames.ts';
import type { Composed, Ground, Stage } from '../compositor/stage.ts';
import type { Part } from '../parts.ts';
import type { FrameConverter, OwnFrame } from './frame-converter.ts';
import { layPatch } from './lay-patch.ts';
import { hidesAll, layPicture } from './lay-picture.ts';
import { type EncoderFrame, SharedFrame } from './shared-frame.ts';
import { outputSampleRate, samplesPerPacket } from './sound-track.ts';
import type { VideoFile } from './video-file.ts';

/** Frames that may be converted and encoded while the next ones are being composed. */
const inFlight = 5;

interface Named {
  readonly identity: string;
  readonly shared: SharedFrame;
}

/** Converts and encodes in order while the caller composes the next frames. */
export class EncodingLine {
  private readonly file: VideoFile;
  private readonly converter: FrameConverter;
  private readonly sound: AudioMixer | null;
  private readonly part: Part;
  private tail: Promise<void> = Promise.resolve();
  private waiting = 0;
  private failure: unknown = null;
  /** The frame last made, and the canvas last taken: both may be wanted again. */
  private last: Named | null = null;
  private lastCanvas: Named | null = null;
  private readonly looks: ReadonlySet<number>;
  private readonly meter = new Brightness();
  private brightest = 0;
  private wake: (() => void) | null = null;

  /**
   * @param sound to be written beside all frames of a video; null = none
   * @param part the frames that will come
   * @param frames of the whole video
   */
  constructor(file: VideoFile, converter: FrameConverter, sound: AudioMixer | null, part: Part, frames: number) {
    this.file = file;
    this.converter = converter;
    this.sound = sound;
    this.part = part;
    this.looks = new Set(lookShares.map((share) => Math.round(share * (frames - 1))));
  }

  get written(): number {
    return this.file.frames;
  }

  /** Takes over a composed frame; waits while too many are on their way. */
  async add(composed: Composed, stage: Stage): Promise<void> {
    const shared = this.encoderFrame(composed, stage).hold();
    this.waiting += 1;
    this.tail = this.tail.then(async () => {
      try {
        // Waited for in any case: nothing may be freed while it is being converted.
        const { frame } = await shared.ready;
        if (this.failure !== null) return;
        if (this.looks.has(this.part.from + this.file.frames))
          this.brightest = Math.max(this.brightest, await this.meter.of(frame));
        await this.file.writeFrame(frame);
        await this.writeSound();
      } catch (error) {
        this.failure ??= error;
      } finally {
        shared.release();
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
    if (this.sound === null) return;
    const { num, den } = this.file.shape.rate;
    const last = this.part.from + this.file.frames === this.part.to;
    const until = (this.file.frames * den * outputSampleRate) / num;
    while (last || this.file.samples + samplesPerPacket <= until) {
      const samples = await this.sound.read(samplesPerPacket);
      if (samples === null) return;
      await this.file.writeSamples(samples.left, samples.right);
    }
  }

  /** The same frame again while the picture does not change. */
  private encoderFrame({ identity, ground, overlays }: Composed, stage: Stage): SharedFrame {
    if (this.last?.identity === identity) return this.last.shared;
    const shared =
      overlays.length === 0 && ground.type !== 'blurred'
        ? this.plain(ground, stage)
        : this.laid(ground, overlays, stage);
    this.last?.shared.release();
    this.last = { identity, shared };
    return shared;
  }

  private plain(ground: Exclude<Ground, { type: 'blurred' }>, stage: Stage): SharedFrame {
    return ground.type === 'canvas'
      ? this.canvas(ground.identity, stage).hold()
      : this.converted(referenceTo(ground.frame.frame));
  }

  private laid(ground: Ground, overlays: Composed['overlays'], stage: Stage): SharedFrame {
    const below = this.below(ground, stage);
    const lay = async (): Promise<EncoderFrame> => {
      try {
        const decoded = (await below.ready).frame;
        const own = this.hidden(overlays) ? this.converter.blank() : await this.converter.toOwn(decoded);
        await this.layAll(own, overlays).catch((error: unknown) => {
          own.free();
          throw error;
        });
        return own;
      } finally {
        below.release();
        for (const overlay of overlays) ('scaled' in overlay ? overlay.scaled : overlay).release();
      }
    };
    return new SharedFrame(lay());
  }

  /** What is laid over; to be let go. */
  private below(ground: Ground, stage: Stage): SharedFrame {
    switch (ground.type) {
      case 'clip':
        return asDecoded(ground.frame.frame);
      case 'blurred':
        return ground.small;
      case 'canvas':
        return this.canvas(ground.identity, stage).hold();
    }
  }

  /** Whether what is laid first leaves nothing to be seen of what is below. */
  private hidden([first]: Composed['overlays']): boolean {
    const { width, height } = this.file.shape;
    return first !== undefined && 'scaled' in first && hidesAll(first, width, height);
  }

  private async layAll(own: OwnFrame, overlays: Composed['overlays']): Promise<void> {
    for (const overlay of overlays) {
      if ('pixels' in overlay) layPatch(own.pixels, overlay);
      else await this.layFrame(own, overlay);
    }
  }

  private async layFrame({ pixels }: OwnFrame, { scaled, ...picture }: LaidFrame): Promise<void> {
    const { width, height } = this.file.shape;
    layPicture(pixels, width, height, { ...picture, pixels: (await scaled.ready).pixels, version: scaled });
  }

  /** What is on the stage's canvas, taken once while it stays the same. */
  private canvas(identity: string, stage: Stage): SharedFrame {
    if (this.lastCanvas?.identity !== identity) {
      this.lastCanvas?.shared.release();
      this.lastCanvas = { identity, shared: this.converted(this.converter.grab(stage.canvas)) };
    }
    return this.lastCanvas.shared;
  }

  private converted(source: Frame): SharedFrame {
    const convert = async (): Promise<EncoderFrame> => {
      try {
        const frame = await this.converter.toEncoder(source);
        return { frame, free: () => frame.free() };
      } finally {
        freeWithBuffer(source);
      }
    };
    return new SharedFrame(convert());
  }

  private async forget(): Promise<void> {
    this.meter.close();
    for (const named of [this.last, this.lastCanvas]) {
      named?.shared.release();
      await named?.shared.ready.catch(() => {});
    }
    this.last = null;
    this.lastCanvas = null;
  }
}

/** A decoded frame as it is. */
function asDecoded(decoded: Frame): SharedFrame {
  const frame = referenceTo(decoded);
  return new SharedFrame(Promise.resolve({ frame, free: () => frame.free() }));
}
