/**
 * Runs `work` for every item, a few at a time, in order. The first failure stops the others and is thrown when all have
 * ended, so nothing goes on behind the caller's back.
 */
export async function forEachLimited<T>(
  items: readonly T[],
  parallel: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  signal.throwIfAborted();
  const failing = new AbortController();
  const both = AbortSignal.any([signal, failing.signal]);
  let first: { readonly error: unknown } | null = null;
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) {
      if (both.aborted) return;
      try {
        await work(item, both);
      } catch (error) {
        first ??= { error };
        failing.abort(error);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, lane));
  signal.throwIfAborted();
  // The compiler does not see that the lanes assign it.
  const failed = first as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
}

/** A number of places; who finds none waits in line. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Waits for a place.
   * @returns gives the place back; calling it again does nothing
   * @throws the signal's reason
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(signal);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
  }

  #turn(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#waiting.splice(this.#waiting.indexOf(enter), 1);
      reject(signal.reason);
    };
    const enter = () => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    this.#waiting.push(enter);
    signal.addEventListener('abort', leave, { once: true });
    return promise;
  }
}
