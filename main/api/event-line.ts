import type { StationEvent } from '../shared/events.ts';

/** Where an event stream writes to: a response, or a test. */
export interface Outlet {
  /** False when the client is slow: wait for `drained`. */
  write(text: string): boolean;
}

/** An event for one client, numbered for that client alone. */
function frame(event: StationEvent, version: number): string {
  const numbered = { ...event, version };
  return `id: ${version}\nevent: ${event.type}\ndata: ${JSON.stringify(numbered)}\n\n`;
}

/**
 * The events on their way to one client. A client that reads slowly gets the newest state of each task instead of every
 * step, and beyond a limit a fresh snapshot instead of what it missed. Versions are counted per client, one by one, so
 * what was left out on purpose never looks like a loss.
 */
export class EventLine {
  readonly #outlet: Outlet;
  readonly #limit: number;
  readonly #resubscribe: () => void;
  readonly #waiting = new Map<string, StationEvent>();
  #version = 0;
  #blocked = false;
  #lost = false;

  /**
   * @param resubscribe asks the station for a fresh snapshot, which comes in through `take`
   * @param limit events that wait for a slow client at most
   */
  constructor(outlet: Outlet, resubscribe: () => void, limit = 1000) {
    this.#outlet = outlet;
    this.#resubscribe = resubscribe;
    this.#limit = limit;
  }

  take(event: StationEvent): void {
    if (event.type === 'snapshot') {
      this.#waiting.clear();
      this.#lost = false;
    } else if (this.#lost) {
      return;
    }
    if (!this.#blocked) {
      this.#send(event);
      return;
    }
    const key = keyOf(event);
    // To the end of the line: a task that was removed and one that was moved keep their order.
    this.#waiting.delete(key);
    this.#waiting.set(key, event);
    if (this.#waiting.size > this.#limit) {
      this.#waiting.clear();
      this.#lost = true;
    }
  }

  /** The client has read what it was sent. */
  drained(): void {
    this.#blocked = false;
    if (this.#lost) {
      this.#lost = false;
      this.#resubscribe();
      return;
    }
    for (const [key, event] of this.#waiting) {
      this.#waiting.delete(key);
      this.#send(event);
      if (this.#blocked) return;
    }
  }

  /** Keeps the connection open through proxies; not needed while the client is behind. */
  heartbeat(): void {
    if (!this.#blocked) this.#blocked = !this.#outlet.write(': still here\n\n');
  }

  #send(event: StationEvent): void {
    this.#version = event.type === 'snapshot' ? Math.max(event.version, this.#version + 1) : this.#version + 1;
    this.#blocked = !this.#outlet.write(frame(event, this.#version));
  }
}

function keyOf(event: StationEvent): string {
  switch (event.type) {
    case 'task':
      return `task ${event.task.id}`;
    case 'removed':
      return `task ${event.id}`;
    case 'changed':
      return `changed ${event.what}`;
    default:
      return event.type;
  }
}
