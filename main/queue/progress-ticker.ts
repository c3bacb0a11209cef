import type { Clock } from './clock.ts';

const everyMs = 200;

/** Gathers progress: an engine may report every frame, listeners hear of each attempt at most five times a second. */
export class ProgressTicker<T> {
  readonly #clock: Clock;
  readonly #tell: (changed: T) => void;
  readonly #changed = new Set<T>();

  constructor(clock: Clock, tell: (changed: T) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  progressed(subject: T): void {
    if (this.#changed.size === 0) {
      this.#clock.after(everyMs, () => {
        const changed = [...this.#changed];
        this.#changed.clear();
        for (const each of changed) this.#tell(each);
      });
    }
    this.#changed.add(subject);
  }
}
