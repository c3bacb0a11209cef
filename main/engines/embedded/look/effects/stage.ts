import type { Canvas, GlobalCompositeOperation, SKRSContext2D } from '@napi-rs/canvas';
import { clamp01 } from '../../motion/ease.ts';
import { scratch } from '../../motion/scratch.ts';

/** One moment of an effect on a frame. */
export interface Stage {
  readonly target: SKRSContext2D;
  /** The picture below the effect; drawn at the full size. */
  readonly frame: Canvas;
  readonly width: number;
  readonly height: number;
  /** Nothing of the picture lets anything through. */
  readonly opaque: boolean;
  /** Seconds since the effect began, and how long it lasts. */
  readonly time: number;
  readonly duration: number;
  /** 0..1 */
  readonly strength: number;
}

export type DrawEffect = (stage: Stage) => void;

/** Share of the effect's time that has passed, 0..1. */
export const passed = ({ time, duration }: Stage): number =>
  duration > 0 ? Math.min(1, Math.max(0, time / duration)) : 0;

/** How something is painted over a picture. */
interface Manner {
  readonly operation?: GlobalCompositeOperation;
  /** 0..1; all when absent. */
  readonly alpha?: number;
}

/** Paints over what is seen of the picture and nowhere else: what lies below its transparent parts is not touched. */
export function paintOver(
  stage: Stage,
  { operation = 'source-over', alpha = 1 }: Manner,
  paint: (context: SKRSContext2D) => void,
): void {
  const { target, frame, width, height, opaque } = stage;
  target.save();
  target.globalCompositeOperation = operation;
  target.globalAlpha = clamp01(alpha);
  if (opaque) paint(target);
  else {
    const paintwork = scratch('effect paint', width, height);
    paint(paintwork.context);
    paintwork.context.globalAlpha = 1;
    paintwork.context.globalCompositeOperation = 'destination-in';
    paintwork.context.drawImage(frame, 0, 0, width, height);
    target.drawImage(paintwork.canvas, 0, 0);
  }
  target.restore();
}
