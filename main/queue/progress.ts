import type { Stage } from '../shared/task.ts';

/** The share of 0..100 that each stage covers, as the contract describes it (10 taken ... 90 verified and published). */
const ranges: Readonly<Record<Stage, readonly [from: number, to: number]>> = {
  fetch: [10, 50],
  ready: [50, 50],
  export: [50, 90],
  publish: [90, 90],
};

/** Contract progress of a processing task; `fraction` is the stage's own measure, 0..1. */
export function progressOf(stage: Stage, fraction: number): number {
  const [from, to] = ranges[stage];
  const share = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
  return Math.floor(from + (to - from) * share);
}
