import type { FrameRate } from '../timeline/frame-grid.ts';

/** Seconds between key frames at most: players seek well, and joins cost little. */
export const keyFrameSeconds = 4;

/** Frames from one key frame to the next at most. */
export function keyFrameEvery({ num, den }: FrameRate): number {
  return Math.max(1, Math.round((keyFrameSeconds * num) / den));
}
