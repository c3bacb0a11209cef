import { AV_PIX_FMT_YUV420P } from 'node-av';
import { FrameConverter, type OwnFrame } from '../encode/frame-converter.ts';
import type { Matrix } from '../encode/lay-picture.ts';
import { SharedFrame } from '../encode/shared-frame.ts';
import type { FrameOver } from './frame-over.ts';

/** A decoded frame on its way to being laid over a video; whoever lays it, or does not, lets it go. */
export interface LaidFrame {
  readonly scaled: SharedFrame<OwnFrame>;
  readonly width: number;
  readonly height: number;
  /** From video pixels to pixels of the scaled frame. */
  readonly matrix: Matrix;
  readonly alpha: number;
}

interface Kept {
  readonly width: number;
  readonly height: number;
  readonly converter: FrameConverter;
}

/** Scales decoded frames to the size in which they are laid, beside the drawing of other layers. */
export class LaidFrames {
  private kept = new Map<object, Kept>();
  private used = new Map<object, Kept>();

  /** @param factor video pixels per canvas pixel */
  of(
    { slot, frame, width, height, matrix, alpha }: FrameOver,
    factor: { readonly x: number; readonly y: number },
  ): LaidFrame {
    const before = this.kept.get(slot);
    const kept = before?.width === width && before.height === height ? before : makeKept(width, height);
    this.used.set(slot, kept);
    // The reader may move on to its next frame while this one is being scaled.
    const source = frame.frame.clone();
    if (source === null) throw new Error('a decoded frame could not be referenced');
    const { a, b, c, d, e, f } = matrix;
    return {
      scaled: new SharedFrame(kept.converter.toOwn(source).finally(() => source.free())),
      width,
      height,
      matrix: { a: a / factor.x, b: b / factor.x, c: c / factor.y, d: d / factor.y, e, f },
      alpha,
    };
  }

  /** Ends what the last frame did not use. */
  frameDone(): void {
    for (const kept of this.kept.values()) if (![...this.used.values()].includes(kept)) kept.converter.close();
    this.kept = this.used;
    this.used = new Map();
  }

  close(): void {
    this.frameDone();
    this.frameDone();
  }
}

function makeKept(width: number, height: number): Kept {
  return {
    width,
    height,
    converter: new FrameConverter({ width, height, rate: { num: 1, den: 1 } }, AV_PIX_FMT_YUV420P),
  };
}
