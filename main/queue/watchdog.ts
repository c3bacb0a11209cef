import type { ProgressDetail, StageContext } from '../engines/engine.ts';
import { StationError } from '../shared/errors/index.ts';
import { note, stageParams } from '../shared/log-notes.ts';
import type { Stage } from '../shared/task.ts';
import type { Clock } from './clock.ts';
import type { StageLimits } from './deadlines.ts';

export interface WatchedStage {
  readonly stage: Exclude<Stage, 'ready'>;
  readonly limits: StageLimits;
  /** Aborted by cancel and shutdown. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: StageContext['log'];
  onProgress(fraction: number, detail: ProgressDetail | null): void;
}

/** How long a stage may take to end after it was told to; then its attempt goes on without it. */
const graceMs = 10_000;

/**
 * Runs one stage under its deadlines: the whole time, and the time without measured progress. A stage that does not
 * end when told is left behind (its attempt token makes its late words worthless).
 * @throws StationError STAGE_TIMEOUT, STAGE_STALLED, the signal's reason, or what the stage threw
 */
export function watch<T>(watched: WatchedStage, run: (context: StageContext) => Promise<T>): Promise<T> {
  const { stage, limits, signal, clock } = watched;
  const stop = new AbortController();
  let best = -1;
  let stopStall = () => {};
  let stopGrace = () => {};

  const giveUp = (code: 'STAGE_TIMEOUT' | 'STAGE_STALLED', ms: number) =>
    stop.abort(new StationError(code, { ...stageParams(stage), seconds: Math.round(ms / 1000) }));
  const restartStall = () => {
    stopStall();
    stopStall = clock.after(limits.stallMs, () => giveUp('STAGE_STALLED', limits.stallMs));
  };
  const stopTotal = clock.after(limits.totalMs, () => giveUp('STAGE_TIMEOUT', limits.totalMs));
  const onOuterAbort = () => stop.abort(signal.reason);
  if (signal.aborted) onOuterAbort();
  signal.addEventListener('abort', onOuterAbort, { once: true });
  restartStall();

  const leftBehind = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => {
      stopGrace = clock.after(graceMs, () => {
        watched.log('warn', ...note('STAGE_LEFT_BEHIND', stageParams(stage)));
        reject(stop.signal.reason);
      });
    });
  });

  const context: StageContext = {
    signal: stop.signal,
    log: watched.log,
    onProgress: (fraction, detail) => {
      if (stop.signal.aborted) return;
      // Only more than ever before counts as progress; a detail alone keeps nothing alive.
      if (fraction > best) {
        best = fraction;
        restartStall();
      }
      watched.onProgress(best, detail ?? null);
    },
  };
  const work = stop.signal.aborted ? Promise.reject(stop.signal.reason) : run(context);
  return Promise.race([work, leftBehind])
    .then(
      (result) => {
        // Finished in spite of being told to stop: the order to stop stands.
        stop.signal.throwIfAborted();
        return result;
      },
      (error: unknown) => {
        // An aborted stage fails in its own words; the reason for the abort says more.
        throw stop.signal.aborted ? stop.signal.reason : error;
      },
    )
    .finally(() => {
      stopTotal();
      stopStall();
      stopGrace();
      signal.removeEventListener('abort', onOuterAbort);
    });
}
