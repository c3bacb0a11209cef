import type { Stage, Task } from '../../main/shared/task.ts';

/** Two points of a task's progress in its present stage: enough to say how fast it moves. */
export interface ProgressTrace {
  readonly stage: Stage | null;
  readonly attempt: number;
  readonly firstMs: number;
  /** Share of the stage, 0..1. */
  readonly firstShare: number;
  readonly lastMs: number;
  readonly lastShare: number;
}

/** Remembers where the task stands now. A new stage or attempt starts a new measurement. */
export function traceProgress(trace: ProgressTrace | undefined, task: Task, nowMs: number): ProgressTrace {
  const share = task.fraction ?? 0;
  if (trace === undefined || trace.stage !== task.stage || trace.attempt !== task.attempt) {
    const { stage, attempt } = task;
    return { stage, attempt, firstMs: nowMs, firstShare: share, lastMs: nowMs, lastShare: share };
  }
  if (share === trace.lastShare) return trace;
  return { ...trace, lastMs: nowMs, lastShare: share };
}

/** Less than this says nothing about speed yet. */
const leastShare = 0.02;
const leastMs = 1500;

/** Time until the export ends, ms; null while that cannot be said honestly. */
export function remainingMs(trace: ProgressTrace | undefined, nowMs: number): number | null {
  if (trace === undefined || trace.stage !== 'export') return null;
  const moved = trace.lastShare - trace.firstShare;
  const took = trace.lastMs - trace.firstMs;
  if (moved < leastShare || took < leastMs) return null;
  const fromLast = ((1 - trace.lastShare) * took) / moved;
  return Math.max(0, fromLast - (nowMs - trace.lastMs));
}

/** Where the bar stands, 0..100 as the contract counts, but between its whole numbers too. */
export function finePercent(task: Task): number {
  const { stage, fraction, progress } = task;
  if (stage === null || fraction === null) return progress;
  const [from, to] = stageRanges[stage];
  const fine = from + (to - from) * Math.min(1, Math.max(0, fraction));
  // The station's own number counts: the finer one only fills the step up to the next.
  return Math.min(Math.max(fine, progress), progress + 1);
}

/** The contract's scale: 10 taken, 50 media there, 90 exported. */
const stageRanges: Readonly<Record<Stage, readonly [from: number, to: number]>> = {
  fetch: [10, 50],
  ready: [50, 50],
  export: [50, 90],
  publish: [90, 90],
};
