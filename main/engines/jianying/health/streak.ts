import { type ErrorCode, StationError, sentence } from '../../../shared/errors/index.ts';

const pauseAfter = 3;
const unknownDialogsAllowed = 2;

/**
 * Counts failures of different tasks in a row: three of them are no longer the drafts' fault. Failures that belong to the
 * draft itself or already pause the queue do not count.
 */
export class FailureStreak {
  #tasks = new Set<string>();
  #unknownDialogs = new Set<string>();

  succeeded(): void {
    this.#tasks.clear();
    this.#unknownDialogs.clear();
  }

  /** The failure as the queue shall see it: the same one, or one that pauses the queue. */
  failed(task: string, error: StationError): StationError {
    if (error.class !== 'retry_now') return error;
    this.#tasks.add(task);
    if (error.code === ('JIANYING_UNKNOWN_DIALOG' satisfies ErrorCode)) {
      this.#unknownDialogs.add(task);
      if (this.#unknownDialogs.size >= unknownDialogsAllowed) {
        this.succeeded();
        return new StationError('JIANYING_UNKNOWN_DIALOG_AGAIN', error.params, { cause: error });
      }
    }
    if (this.#tasks.size < pauseAfter) return error;
    const count = this.#tasks.size;
    this.succeeded();
    return new StationError('JIANYING_KEEPS_FAILING', { count, reason: sentence(error, 'zh') }, { cause: error });
  }
}
