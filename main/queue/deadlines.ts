import type { Stage } from '../shared/task.ts';

export interface StageLimits {
  /** The whole stage. */
  readonly totalMs: number;
  /** Without measured progress. */
  readonly stallMs: number;
}

const minute = 60_000;

/**
 * How long a stage may take, scaled to the draft.
 * @param draftMs length of the draft; null before it is known
 * @param patience the operator's factor
 */
export function stageLimits(stage: Exclude<Stage, 'ready'>, draftMs: number | null, patience: number): StageLimits {
  const length = draftMs ?? 0;
  const limits = {
    // A large draft brings many gigabytes: the stall limit is the sharper one.
    fetch: { totalMs: 60 * minute, stallMs: 3 * minute },
    // Ten times the length (research on the driver: max(600 s, 10 x duration)), twice that for slow machines.
    export: { totalMs: Math.max(15 * minute, 20 * length), stallMs: 5 * minute },
    publish: { totalMs: Math.max(10 * minute, 4 * length), stallMs: 5 * minute },
  }[stage];
  return { totalMs: limits.totalMs * patience, stallMs: limits.stallMs * patience };
}
