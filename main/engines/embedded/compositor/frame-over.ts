import type { ClipTransform } from '../../../drafts/model.ts';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import type { Matrix } from '../encode/lay-picture.ts';
import type { Motion } from '../motion/index.ts';
import type { PlacedSegment } from '../timeline/timeline.ts';
import { clipBounds, clipIdentity, placeOf, standsStill } from './clip.ts';
import type { Rect, Region, Size } from './geometry.ts';

/** A layer that is nothing but a decoded, opaque frame: moved, turned, scaled and let through. */
export interface FrameOver {
  readonly identity: string;
  readonly slot: object;
  readonly bounds: Rect;
  readonly frame: TimedFrame;
  /** Pixels to scale the frame to before it is placed; even. */
  readonly width: number;
  readonly height: number;
  /** What of the scaled frame is shown, pixels of it. */
  readonly part: Rect;
  /** From pixels of the draft's canvas to pixels of the scaled frame. */
  readonly matrix: Matrix;
  /** 0..1 */
  readonly alpha: number;
  /** Its clip shows this frame all the time. */
  readonly single: boolean;
  /** It is upright, whole and in the same place as long as it is on screen. */
  readonly still: boolean;
}

/**
 * How a frame has to be laid so that it is where its clip stands.
 * @param region what of the frame is shown; not turned
 * @param fitted size of that at scale 1, canvas pixels
 * @param scaled size of the whole frame when it is laid
 */
export function frameOver(
  placed: PlacedSegment,
  transform: ClipTransform,
  motion: Motion | null,
  frame: TimedFrame,
  single: boolean,
  region: Region,
  fitted: Size,
  scaled: Size,
  canvas: Size,
): FrameOver {
  const body = { left: -fitted.width / 2, top: -fitted.height / 2, ...fitted, identity: String(frame.serial) };
  const clip = { placed, transform, motion, body };
  const { x, y, rotation, scaleX, scaleY } = placeOf(transform, motion, canvas);
  const turn = (rotation * Math.PI) / 180;
  const part = partOf(region, scaled);
  const across = (part.right - part.left) / (fitted.width * scaleX);
  const down = (part.bottom - part.top) / (fitted.height * scaleY);
  const a = Math.cos(turn) * across;
  const c = Math.sin(turn) * across;
  const b = -Math.sin(turn) * down;
  const d = Math.cos(turn) * down;
  return {
    identity: clipIdentity(clip),
    slot: placed,
    bounds: clipBounds(clip, canvas),
    frame,
    single,
    ...scaled,
    part,
    matrix: {
      a,
      b,
      c,
      d,
      e: (part.left + part.right) / 2 - a * x - c * y,
      f: (part.top + part.bottom) / 2 - b * x - d * y,
    },
    alpha: Math.min(1, Math.max(0, transform.alpha * (motion?.alpha ?? 1))),
    still: motion === null && isWhole(region) && standsStill(placed.segment, transform),
  };
}

function partOf({ x, y, width, height }: Region, scaled: Size): Rect {
  return {
    left: x * scaled.width,
    top: y * scaled.height,
    right: (x + width) * scaled.width,
    bottom: (y + height) * scaled.height,
  };
}

function isWhole({ width, height }: Region): boolean {
  return width === 1 && height === 1;
}
