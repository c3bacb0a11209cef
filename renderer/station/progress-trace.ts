import type { Stage, Task } from '../../main/shared/task.ts';

/** Two points of a task's progress in its present stage: enough to say how fast it moves. */
export interface ProgressTrace {
  readonly stage: Stage | null;
  readonly attempt: number;
  readonly firstMs: number;
  readonly firstProgress: number;
  readonly lastMs: number;
  readonly lastProgress: number;
}

/** Remembers where the task stands now. A new stage or attempt starts a new measurement. */
export function traceProgress(trace: ProgressTrace | undefined, task: Task, nowMs: number): ProgressTrace {
  if (trace === undefined || trace.stage !== task.stage || trace.attempt !== task.attempt) {
    return {
      stage: task.stage,
      attempt: task.attempt,
      firstMs: nowMs,
      firstProgress: task.progress,
      lastMs: nowMs,
      lastProgress: task.progress,
    };
  }
  if (task.progress === trace.lastProgress) return trace;
  return { ...trace, lastMs: nowMs, lastProgress: task.progress };
}

/** The engine's own percentage ends here; what follows (verify, publish) is short. */
const exportEnd = 90;
/** Fewer percent than this say nothing about speed yet. */
const leastProgress = 2;

/** Time until the export ends, ms; null while that cannot be said honestly. */
export function remainingMs(trace: ProgressTrace | undefined, nowMs: number): number | null {
  if (trace === undefined || trace.stage !== 'export') return null;
  const moved = trace.lastProgress - trace.firstProgress;
  const took = trace.lastMs - trace.firstMs;
  if (moved < leastProgress || took <= 0) return null;
  const fromLast = ((exportEnd - trace.lastProgress) * took) / moved;
  return Math.max(0, fromLast - (nowMs - trace.lastMs));
}
