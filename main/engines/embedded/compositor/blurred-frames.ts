import { AV_PIX_FMT_YUV420P } from 'node-av';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import { blurMiddle } from '../encode/blur-planes.ts';
import { FrameConverter, type OwnFrame } from '../encode/frame-converter.ts';
import { planes } from '../encode/lay-picture.ts';
import type { SharedFrame } from '../encode/shared-frame.ts';
import type { BlurredFill } from './blurred-fill.ts';
import type { Size } from './geometry.ts';
import { Kept } from './kept.ts';
import { LastFrame } from './last-frame.ts';

/** A decoded frame that fills the canvas, enlarged and blurred. */
export interface BlurredFrame {
  readonly identity: string;
  readonly slot: object;
  readonly frame: TimedFrame;
  readonly fill: BlurredFill;
}

/** Blurs decoded frames in the encoder's own samples, small, to be stretched over the video. */
export class BlurredFrames {
  private readonly blurrers = new Kept<Blurrer>((blurrer) => blurrer.close());

  /** Kept until the clip's next frame: hold it. */
  of({ slot, frame, fill }: BlurredFrame): SharedFrame<OwnFrame> {
    const before = this.blurrers.last(slot);
    const now = before?.makes(fill) === true ? before : new Blurrer(fill);
    this.blurrers.use(slot, now);
    return now.blurred(frame);
  }

  /** Ends what the frame just made did not use. */
  frameDone(): void {
    this.blurrers.frameDone();
  }

  close(): void {
    this.frameDone();
    this.frameDone();
  }
}

class Blurrer {
  private readonly fill: BlurredFill;
  private readonly picture: FrameConverter;
  private readonly small: FrameConverter;
  private readonly last = new LastFrame();

  constructor(fill: BlurredFill) {
    this.fill = fill;
    this.picture = converterTo(fill.picture);
    this.small = converterTo(fill.small);
  }

  makes({ small, picture, sigma }: BlurredFill): boolean {
    const { fill } = this;
    return fill.sigma === sigma && isSame(fill.small, small) && isSame(fill.picture, picture);
  }

  /** Kept until the next one: hold it. */
  blurred(timed: TimedFrame): SharedFrame<OwnFrame> {
    return this.last.of(timed, async (source) => {
      const scaled = await this.picture.toOwn(source);
      try {
        return this.blur(scaled);
      } finally {
        scaled.free();
      }
    });
  }

  private blur(scaled: OwnFrame): OwnFrame {
    const { small, picture, sigma } = this.fill;
    const made = this.small.blank();
    const [y, u, v] = planes(made.pixels, small.width, small.height, 2);
    const [fromY, fromU, fromV] = planes(scaled.pixels, picture.width, picture.height, 2);
    blurMiddle(y, fromY, sigma);
    blurMiddle(u, fromU, sigma / 2);
    blurMiddle(v, fromV, sigma / 2);
    return made;
  }

  /** What is still being made is freed later. */
  close(): void {
    this.last.close();
    this.picture.close();
    this.small.close();
  }
}

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

function converterTo(size: Size): FrameConverter {
  return new FrameConverter({ ...size, rate: { num: 1, den: 1 } }, AV_PIX_FMT_YUV420P);
}
