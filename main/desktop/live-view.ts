import type { QueueStatus, StationEvent } from '../shared/events.ts';
import { isTerminal, type Task } from '../shared/task.ts';

/** What the desktop knows of a station at the moment. */
export interface LiveView {
  /** False before the first snapshot and while an attached station does not answer. */
  readonly connected: boolean;
  readonly queue: QueueStatus | null;
  /** Tasks being worked on. */
  readonly processing: readonly Task[];
}

/** Keeps that knowledge from the station's events. */
export class LiveTasks {
  readonly #live = new Map<string, Task>();
  #queue: QueueStatus | null = null;
  #connected = false;

  get view(): LiveView {
    const processing = [...this.#live.values()].filter((task) => task.state === 'processing');
    return { connected: this.#connected, queue: this.#queue, processing };
  }

  /** The station does not answer. What was live is remembered: it may have ended when the station is back. */
  lost(): void {
    this.#connected = false;
  }

  /**
   * Takes one event in and answers with the tasks that have come to their end. A task counts only when it was seen live
   * before: what was over when the app came is no news, what ended while the connection was away is.
   */
  take(event: StationEvent): Task[] {
    switch (event.type) {
      case 'snapshot': {
        const finished = event.tasks.filter((task) => isTerminal(task.state) && this.#live.has(task.id));
        this.#live.clear();
        for (const task of event.tasks) if (!isTerminal(task.state)) this.#live.set(task.id, task);
        this.#queue = event.queue;
        this.#connected = true;
        return finished;
      }
      case 'task':
        if (isTerminal(event.task.state)) return this.#live.delete(event.task.id) ? [event.task] : [];
        this.#live.set(event.task.id, event.task);
        return [];
      case 'removed':
        this.#live.delete(event.id);
        return [];
      case 'queue':
        this.#queue = event.queue;
        return [];
      case 'changed':
        return [];
    }
  }
}
