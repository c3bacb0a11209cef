/** Work going on in this process, by key. */
const running = new Map<string, Promise<unknown>>();

/**
 * Does work of one key one after another: two drafts that want the same file do not download it twice at the same time,
 * the second finds it in the cache.
 */
export async function oneAtATime<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let before = running.get(key); before !== undefined; before = running.get(key)) {
    await settledOrAborted(before, signal);
    signal.throwIfAborted();
  }
  const mine = work();
  running.set(key, mine);
  try {
    return await mine;
  } finally {
    running.delete(key);
  }
}

async function settledOrAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = () => resolve();
  signal.addEventListener('abort', done, { once: true });
  work.then(done, done);
  if (signal.aborted) done();
  await promise;
  signal.removeEventListener('abort', done);
}
