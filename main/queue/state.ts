import type { ErrorRecord } from '../shared/errors/index.ts';
import type { Stage } from '../shared/task.ts';

/**
 * The life of a task, pure. A task waits, is taken by a lane under a fresh attempt token, goes through the stages in
 * order and ends once. Everything else (a failed attempt to be run again, a station that died) leads back to waiting.
 */
export type TaskStatus =
  | { readonly state: 'pending'; readonly notBeforeMs: number | null }
  | { readonly state: 'processing'; readonly stage: Stage; readonly token: string }
  | { readonly state: 'completed' }
  | { readonly state: 'failed'; readonly error: ErrorRecord }
  | { readonly state: 'cancelled' };

export type TaskEvent =
  /** A fetch lane takes the task for a new attempt. */
  | { readonly type: 'taken'; readonly token: string; readonly nowMs: number }
  /** The next stage begins. */
  | { readonly type: 'advanced'; readonly token: string; readonly to: Stage }
  | { readonly type: 'published'; readonly token: string }
  /** The attempt failed and no further one will be made. */
  | { readonly type: 'gave_up'; readonly token: string; readonly error: ErrorRecord }
  /** The attempt failed or was interrupted; the task waits again, at its old place in line. */
  | { readonly type: 'put_back'; readonly token: string; readonly notBeforeMs: number | null }
  | { readonly type: 'cancelled' };

export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
}

/** An attempt that has been given up reported something: its words no longer count. */
export class StaleAttempt extends Error {
  override readonly name = 'StaleAttempt';
}

const nextStage: Readonly<Record<Stage, Stage | null>> = {
  fetch: 'ready',
  ready: 'export',
  export: 'publish',
  publish: null,
};

/**
 * The status after an event.
 * @throws IllegalTransition when this event cannot happen in this status
 * @throws StaleAttempt when the event comes from another attempt than the running one
 */
export function transition(status: TaskStatus, event: TaskEvent): TaskStatus {
  const refuse = (): never => {
    const from = status.state === 'processing' ? `processing/${status.stage}` : status.state;
    throw new IllegalTransition(`${event.type} in ${from}`);
  };

  if (event.type === 'taken') {
    if (status.state !== 'pending') return refuse();
    if (status.notBeforeMs !== null && status.notBeforeMs > event.nowMs) return refuse();
    return { state: 'processing', stage: 'fetch', token: event.token };
  }
  if (event.type === 'cancelled') {
    if (status.state !== 'pending' && status.state !== 'processing') return refuse();
    return { state: 'cancelled' };
  }

  // What is left is said by an attempt: only the running one is heard.
  if (status.state !== 'processing') throw new StaleAttempt(`${event.type} after the task became ${status.state}`);
  if (status.token !== event.token) throw new StaleAttempt(`${event.type} by an earlier attempt`);
  switch (event.type) {
    case 'advanced':
      if (nextStage[status.stage] !== event.to) return refuse();
      return { ...status, stage: event.to };
    case 'published':
      if (status.stage !== 'publish') return refuse();
      return { state: 'completed' };
    case 'gave_up':
      return { state: 'failed', error: event.error };
    case 'put_back':
      return { state: 'pending', notBeforeMs: event.notBeforeMs };
    default:
      return event satisfies never;
  }
}
