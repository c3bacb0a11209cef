import { AV_PIX_FMT_YUV420P } from 'node-av';
import { referenceTo } from '../../../media/buffer-frame.ts';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import { blurMiddle, type SamplePlane } from '../encode/blur-planes.ts';
import { FrameConverter, type OwnFrame } from '../encode/frame-converter.ts';
import type { YuvPixels } from '../encode/lay-patch.ts';
import { SharedFrame } from '../encode/shared-frame.ts';
import type { BlurredFill } from './blurred-fill.ts';
import type { Size } from './geometry.ts';
import { Kept } from './kept.ts';

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
  /** The one made last may be wanted again. */
  private last: { readonly serial: number; readonly blurred: SharedFrame<OwnFrame> } | null = null;

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
  blurred({ frame, serial }: TimedFrame): SharedFrame<OwnFrame> {
    if (this.last?.serial === serial) return this.last.blurred;
    // The reader may move on to its next frame while this one is being scaled.
    const source = referenceTo(frame);
    const make = async () => {
      const scaled = await this.picture.toOwn(source).finally(() => source.free());
      try {
        return this.blur(scaled);
      } finally {
        scaled.free();
      }
    };
    this.last?.blurred.release();
    this.last = { serial, blurred: new SharedFrame(make()) };
    return this.last.blurred;
  }

  private blur(scaled: OwnFrame): OwnFrame {
    const { small, picture, sigma } = this.fill;
    const made = this.small.blank();
    const [y, u, v] = planesOf(made.pixels, small);
    const [fromY, fromU, fromV] = planesOf(scaled.pixels, picture);
    blurMiddle(y, fromY, sigma);
    blurMiddle(u, fromU, sigma / 2);
    blurMiddle(v, fromV, sigma / 2);
    return made;
  }

  /** What is still being made is freed later. */
  close(): void {
    this.last?.blurred.release();
    this.picture.close();
    this.small.close();
  }
}

/** Brightness, and both colour differences at half its size. */
function planesOf(
  { y, u, v, yStride, chromaStride }: YuvPixels,
  { width, height }: Size,
): [SamplePlane, SamplePlane, SamplePlane] {
  const chroma = { width: width / 2, height: height / 2, stride: chromaStride };
  return [
    { samples: y, width, height, stride: yStride },
    { samples: u, ...chroma },
    { samples: v, ...chroma },
  ];
}

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

function converterTo(size: Size): FrameConverter {
  return new FrameConverter({ ...size, rate: { num: 1, den: 1 } }, AV_PIX_FMT_YUV420P);
}
