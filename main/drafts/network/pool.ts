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
