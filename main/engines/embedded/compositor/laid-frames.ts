import { AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV444P } from 'node-av';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import { FrameConverter, type OwnFrame } from '../encode/frame-converter.ts';
import type { Matrix } from '../encode/lay-picture.ts';
import type { SharedFrame } from '../encode/shared-frame.ts';
import type { FrameOver } from './frame-over.ts';
import { type Rect, type Size, wholePixels } from './geometry.ts';
import { Kept } from './kept.ts';
import { LastFrame } from './last-frame.ts';

/** A decoded frame on its way to being laid over a video; whoever lays it, or does not, lets it go. */
export interface LaidFrame {
  readonly scaled: SharedFrame<OwnFrame>;
  readonly width: number;
  readonly height: number;
  /** What of it is shown, its own pixels. */
  readonly part: Rect;
  /** Its colours are as fine as its brightness. */
  readonly fullColours: boolean;
  /** From video pixels to pixels of the scaled frame. */
  readonly matrix: Matrix;
  readonly alpha: number;
}

/** Scales decoded frames to the size in which they are laid, beside the drawing of other layers. */
export class LaidFrames {
  private readonly scalers = new Kept<ClipScaler>((scaler) => scaler.close());
  private readonly factor: { readonly x: number; readonly y: number };
  private readonly videoSide: number;

  /**
   * @param factor video pixels per canvas pixel
   * @param videoSide the longer side of the video, pixels
   */
  constructor(factor: { readonly x: number; readonly y: number }, videoSide: number) {
    this.factor = factor;
    this.videoSide = videoSide;
  }

  of(over: FrameOver): LaidFrame {
    const { width, height, part, matrix } = this.placeOf(over);
    const before = this.scalers.last(over.slot);
    // The colours of films are coarse; those of a photo would become so twice.
    const fullColours = over.single && !over.still;
    const shape = { width, height, fullColours };
    const now = before?.makes(shape) === true ? before : new ClipScaler(shape);
    this.scalers.use(over.slot, now);
    return { scaled: now.scaled(over.frame).hold(), ...shape, part, matrix, alpha: over.alpha };
  }

  private placeOf({ width, height, part, matrix: { a, b, c, d, e, f }, still }: FrameOver) {
    const { factor, videoSide } = this;
    const matrix = { a: a / factor.x, b: b / factor.x, c: c / factor.y, d: d / factor.y, e, f };
    // What stands still is scaled to whole pixels once, and then only copied.
    const shown = { width: width / matrix.a, height: height / matrix.d };
    const place = still ? wholePixels(-e / matrix.a, -f / matrix.d, shown, videoSide) : null;
    if (place === null) return { width, height, part, matrix };
    const { x, y } = place;
    const whole = { left: 0, top: 0, right: x.length, bottom: y.length };
    return { width: x.length, height: y.length, part: whole, matrix: { ...straight, e: -x.start, f: -y.start } };
  }

  /** Ends what the frame just made did not use. */
  frameDone(): void {
    this.scalers.frameDone();
  }

  close(): void {
    this.frameDone();
    this.frameDone();
  }
}

const straight = { a: 1, b: 0, c: 0, d: 1 } as const;

interface ScaledShape extends Size {
  readonly fullColours: boolean;
}

/** Scales the frames of one clip; the one that it scaled last may be wanted again. */
class ClipScaler {
  private readonly shape: ScaledShape;
  private readonly converter: FrameConverter;
  private readonly last = new LastFrame();

  constructor(shape: ScaledShape) {
    this.shape = shape;
    const format = shape.fullColours ? AV_PIX_FMT_YUV444P : AV_PIX_FMT_YUV420P;
    this.converter = new FrameConverter({ ...shape, rate: { num: 1, den: 1 } }, format);
  }

  makes({ width, height, fullColours }: ScaledShape): boolean {
    const { shape } = this;
    return shape.width === width && shape.height === height && shape.fullColours === fullColours;
  }

  /** Kept until the next one: hold it. */
  scaled(timed: TimedFrame): SharedFrame<OwnFrame> {
    return this.last.of(timed, (source) => this.converter.toOwn(source));
  }

  close(): void {
    this.last.close();
    this.converter.close();
  }
}
