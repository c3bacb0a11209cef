/** Time, as the queue sees it; tests pass their own. */
export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** Calls back once; the returned function calls it off. Does not keep the program alive. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    // Longer delays than 2^31 ms would fire at once.
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
