/**
 * What a failure means for the queue.
 * - `retry_now`: passing trouble, the next attempt may follow at once (after a short backoff)
 * - `retry_later`: somebody else's trouble that needs time (a busy server, a full disk elsewhere)
 * - `never`: the same input fails the same way every time
 * - `operator`: a person has to do something first; the queue pauses
 */
export type ErrorClass = 'retry_now' | 'retry_later' | 'never' | 'operator';

/** One failure an operator or a caller can meet. `{name}` in a sentence is filled from the error's params. */
export interface ErrorEntry {
  readonly class: ErrorClass;
  /** What happened and what to do, for a Chinese reader. */
  readonly zh: string;
  /** The same for an English reader. */
  readonly en: string;
}

/** Values that fill the `{name}` places of a sentence; kept with the task, so plain data only. */
export type ErrorParams = Readonly<Record<string, string | number>>;
