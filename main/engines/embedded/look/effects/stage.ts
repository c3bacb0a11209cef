import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';

/** One moment of an effect on a frame. */
export interface Stage {
  readonly target: SKRSContext2D;
  /** The picture below the effect; drawn at the full size. */
  readonly frame: Canvas;
  readonly width: number;
  readonly height: number;
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
