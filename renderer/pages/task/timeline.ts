import type { Stage, StageTiming, TaskDetail } from '../../../main/shared/task.ts';

/** One stage as a bar; shares are of the longest attempt, 0..1. */
export interface Bar {
  readonly stage: Stage;
  readonly durationMs: number;
  readonly from: number;
  readonly share: number;
  /** Still going on. */
  readonly running: boolean;
}

export interface AttemptBars {
  readonly attempt: number;
  readonly bars: readonly Bar[];
  readonly totalMs: number;
}

/** The stages of every attempt on one scale. The present stage has no timing yet: it lasts from the last one's end. */
export function timelineOf(task: TaskDetail, nowMs: number): readonly AttemptBars[] {
  const timings: (StageTiming & { running: boolean })[] = task.timings.map((timing) => ({ ...timing, running: false }));
  const { stage } = task;
  if (task.state === 'processing' && stage !== null) {
    const open = timings.find((timing) => timing.attempt === task.attempt && timing.stage === stage);
    const last = timings.findLast((timing) => timing.attempt === task.attempt);
    const start = last === undefined ? Date.parse(task.startedAt ?? '') : Date.parse(last.startedAt) + last.durationMs;
    if (open === undefined && Number.isFinite(start))
      timings.push({
        attempt: task.attempt,
        stage,
        startedAt: new Date(start).toISOString(),
        durationMs: Math.max(0, nowMs - start),
        running: true,
      });
  }
  const attempts = [...new Set(timings.map((timing) => timing.attempt))].sort((a, b) => a - b);
  const groups = attempts.map((attempt) => timings.filter((timing) => timing.attempt === attempt));
  const longest = Math.max(1, ...groups.map(total));
  return groups.map((group, index) => {
    let from = 0;
    const bars = group.map(({ stage, durationMs, running }) => {
      const bar: Bar = { stage, durationMs, from: from / longest, share: durationMs / longest, running };
      from += durationMs;
      return bar;
    });
    return { attempt: attempts[index] ?? 0, bars, totalMs: total(group) };
  });
}

function total(timings: readonly StageTiming[]): number {
  return timings.reduce((sum, timing) => sum + timing.durationMs, 0);
}
