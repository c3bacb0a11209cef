import type { ErrorRecord, StationError } from '../shared/errors/index.ts';
import { afterFailure } from './retry.ts';
import type { AttemptEnd } from './stages.ts';
import type { TaskEvent } from './state.ts';

/** What follows a failed attempt. */
export interface Settlement {
  readonly event: TaskEvent;
  readonly end: AttemptEnd;
  /** Counted against the task's attempts. */
  readonly counted: boolean;
  /** The queue pauses for this reason. */
  readonly pause: ErrorRecord | null;
  /** Until the next attempt; null when there is none or it may start at once. */
  readonly waitMs: number | null;
}

export interface FailedAttempt {
  readonly token: string;
  readonly error: StationError;
  /** Ordinary failures of the task before this one. */
  readonly failuresBefore: number;
  readonly maxAttempts: number;
  readonly nowMs: number;
  /** 0..1 */
  readonly random: number;
}

/** Decides, pure, what becomes of a task whose attempt ended without a video. */
export function settle({ token, error, failuresBefore, maxAttempts, nowMs, random }: FailedAttempt): Settlement {
  const none = { counted: false, pause: null, waitMs: null };
  const putBack = (notBeforeMs: number | null): TaskEvent => ({ type: 'put_back', token, notBeforeMs });
  if (error.code === 'TASK_CANCELLED') return { ...none, event: { type: 'cancelled' }, end: 'cancelled' };
  if (error.code === 'STATION_STOPPING') return { ...none, event: putBack(null), end: 'put_back' };

  const record = error.toRecord();
  const decision = afterFailure(record, failuresBefore + 1, maxAttempts, random);
  switch (decision.kind) {
    case 'give_up':
      return { ...none, counted: true, event: { type: 'gave_up', token, error: record }, end: 'failed' };
    case 'retry':
      return {
        ...none,
        counted: true,
        event: putBack(nowMs + decision.afterMs),
        end: 'put_back',
        waitMs: decision.afterMs,
      };
    case 'pause_queue':
      return { ...none, event: putBack(null), end: 'put_back', pause: record };
    default:
      return decision satisfies never;
  }
}
