import type { ErrorRecord, StationError } from '../shared/errors/index.ts';
import { errorNote, note } from '../shared/log-notes.ts';
import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import { settle } from './settlement.ts';
import type { AttemptEnd } from './stages.ts';
import { IllegalTransition, StaleAttempt, type TaskEvent } from './state.ts';
import type { TaskRecord } from './task-record.ts';
import type { TaskFacts } from './task-store.ts';

/** What the end of an attempt needs of the queue around it. */
export interface EndHost {
  readonly clock: Clock;
  readonly maxAttempts: () => number;
  readonly random: () => number;
  readonly draining: () => boolean;
  apply(id: string, event: TaskEvent, facts: TaskFacts): TaskRecord;
  pause(reason: ErrorRecord): void;
}

const writeAgainMs = 10_000;

/** Writes what follows a failed attempt, and does not let go before it is on disk (which may be full for now). */
export async function endAttempt<Draft>(
  attempt: Attempt<Draft>,
  error: StationError | null,
  host: EndHost,
): Promise<AttemptEnd> {
  for (;;) {
    try {
      return write(attempt, error, host);
    } catch (thrown) {
      // Ended by somebody else in the meantime: what is on disk stands.
      if (thrown instanceof IllegalTransition || thrown instanceof StaleAttempt) return 'failed';
      if (host.draining()) return 'put_back';
      await new Promise<void>((resolve) => host.clock.after(writeAgainMs, resolve));
    }
  }
}

function write<Draft>(attempt: Attempt<Draft>, error: StationError | null, host: EndHost): AttemptEnd {
  if (error === null) return 'failed';
  const cause = causes(error);
  attempt.write('error', ...errorNote(error, cause === undefined ? {} : { cause }));
  const settlement = settle({
    token: attempt.token,
    error,
    failuresBefore: attempt.task.failures,
    maxAttempts: host.maxAttempts(),
    nowMs: host.clock.now(),
    random: host.random(),
  });
  host.apply(attempt.task.id, settlement.event, { timings: attempt.takeTimings(), failed: settlement.counted });
  if (settlement.waitMs !== null) {
    attempt.write('info', ...note('TRIED_AGAIN', { seconds: Math.round(settlement.waitMs / 1000) }));
  }
  if (settlement.pause !== null) host.pause(settlement.pause);
  return settlement.end;
}

function causes(error: Error): string | undefined {
  const cause = error.cause;
  return cause instanceof Error ? (cause.stack ?? cause.message) : undefined;
}
