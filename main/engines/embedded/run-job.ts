import { type ErrorRecord, StationError, systemError } from '../../shared/errors/index.ts';
import { note } from '../../shared/log-notes.ts';
import type { SpawnWorker } from '../../workers/spawn.ts';
import type { LogLevel } from '../engine.ts';
import type { Answers, Job, RenderMessage } from './protocol.ts';

export interface JobContext {
  readonly signal: AbortSignal;
  /** How long the child program may stand still before it is given up, ms. */
  readonly stallMs: number;
  /** Called with what is done so far, and of how much. */
  onProgress?(done: number, total: number): void;
  log(level: LogLevel, message: string, data?: Record<string, unknown>): void;
}

/**
 * Has a child program do a job; when this settles the child has ended, and writes no file any more.
 * @throws StationError what the job failed with; RENDER_STALLED, RENDER_CRASHED
 * @throws the signal's reason once it is aborted
 */
export function runJob<Kind extends Job['type']>(
  spawn: SpawnWorker,
  job: Extract<Job, { readonly type: Kind }>,
  { signal, stallMs, onProgress, log }: JobContext,
): Promise<Answers[Kind]> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('embedded');
    let settled = false;
    let outcome: (() => void) | null = null;
    let stall: NodeJS.Timeout | undefined;

    // The caller goes on only when the child has ended: until then it may still write its file.
    const finish = (next: () => void) => {
      outcome ??= next;
      clearTimeout(stall);
      if (settled) return;
      settled = true;
      child.kill();
    };
    const watch = () => {
      clearTimeout(stall);
      if (settled) return;
      stall = setTimeout(
        () => finish(() => reject(new StationError('RENDER_STALLED', { seconds: stallMs / 1000 }))),
        stallMs,
      );
    };
    const abort = () => finish(() => reject(signal.reason));
    signal.addEventListener('abort', abort, { once: true });

    child.onExit(({ code, signal: killedBy, stderr }) => {
      signal.removeEventListener('abort', abort);
      clearTimeout(stall);
      settled = true;
      if (outcome !== null) return outcome();
      if (stderr.trim() !== '') log('error', ...note('RENDERER_ENDED', { reason: stderr.trim().slice(-500) }));
      reject(new StationError('RENDER_CRASHED', { how: killedBy ?? `exit ${code}` }));
    });
    let lastDone = -1;
    child.onMessage((raw) => {
      const message = raw as RenderMessage;
      switch (message.type) {
        case 'progress':
          if (message.done > lastDone) watch();
          lastDone = message.done;
          onProgress?.(message.done, message.total);
          return;
        case 'done':
          return finish(() => resolve(message.answer as Answers[Kind]));
        case 'failed':
          return finish(() => reject(failureOf(message)));
      }
    });
    watch();
    child.send(job);
  });
}

/** The failure of a child as it was thrown there. */
function failureOf({ error, systemCode }: { readonly error: ErrorRecord; readonly systemCode: string | null }) {
  const options = systemCode === null ? {} : { cause: systemError(systemCode, String(error.params.reason)) };
  return new StationError(error.code, error.params, options);
}
