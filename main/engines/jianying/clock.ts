import { setTimeout as delay } from 'node:timers/promises';

/** Time as the driver sees it; a simulated one makes tests instant. */
export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** @throws the signal's reason when aborted */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    try {
      await delay(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
