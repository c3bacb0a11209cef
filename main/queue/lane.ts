/** Who waits for a slot: smaller goes first. */
interface Waiter {
  readonly place: number;
  grant(): void;
}

/**
 * A number of slots with a line before them. The line is served by place, not by arrival: a task that was moved to the
 * front is next even when others were fetched earlier.
 */
export class Lane {
  #size: number;
  #used = 0;
  #open = true;
  readonly #line: Waiter[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  get used(): number {
    return this.#used;
  }

  /** More slots take effect at once; fewer as running work ends. */
  resize(size: number): void {
    this.#size = size;
    this.#serve();
  }

  /** A closed lane lets running work finish and grants nothing. */
  setOpen(open: boolean): void {
    this.#open = open;
    this.#serve();
  }

  /**
   * Waits for a slot. The returned function gives it back; calling it twice does no harm.
   * @throws the signal's reason when it aborts first
   */
  acquire(place: number, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#line.splice(this.#line.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        place,
        grant: () => {
          signal.removeEventListener('abort', onAbort);
          this.#used += 1;
          let held = true;
          resolve(() => {
            if (!held) return;
            held = false;
            this.#used -= 1;
            this.#serve();
          });
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#line.push(waiter);
      this.#line.sort((a, b) => a.place - b.place);
      this.#serve();
    });
  }

  #serve(): void {
    while (this.#open && this.#used < this.#size) {
      const next = this.#line.shift();
      if (next === undefined) return;
      next.grant();
    }
  }
}
