/** An answer that is dear to get: asked for at most once in a while, shared by everybody who asks in between. */
export class Remembered<T> {
  readonly #ask: () => Promise<T>;
  readonly #keptMs: number;
  readonly #now: () => number;
  #askedMs = Number.NEGATIVE_INFINITY;
  #answer: Promise<T> | null = null;

  /** @param keptMs how long an answer counts */
  constructor(ask: () => Promise<T>, keptMs: number, now: () => number = Date.now) {
    this.#ask = ask;
    this.#keptMs = keptMs;
    this.#now = now;
  }

  get(): Promise<T> {
    if (this.#answer === null || this.#now() - this.#askedMs > this.#keptMs) {
      this.#askedMs = this.#now();
      this.#answer = this.#ask();
    }
    return this.#answer;
  }

  /** Something has changed: the next one who asks gets a fresh answer. */
  forget(): void {
    this.#answer = null;
  }
}
