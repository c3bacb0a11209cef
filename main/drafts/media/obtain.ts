import type { StageContext } from '../../engines/engine.ts';
import { StationError } from '../../shared/errors/index.ts';
import { addressOf } from '../link-text.ts';
import type { Downloaded } from '../network/download.ts';
import type { Validator } from '../network/validator.ts';
import type { CachedMedia, MediaCache } from './cache.ts';

/** Without anything to ask the server with, a copy is believed for as long as a retry of its task may take. */
const unaskedMs = 10 * 60_000;

/**
 * Brings one file to `target`: from the cache when the server says that it has not changed, else by `load`, which leaves
 * it at `target`. When the very same address cannot be had any more (an expired signature, a network that is down), the
 * copy fetched with it earlier serves; a file that was deleted or is another one by now does not come back.
 * @returns its bytes
 * @throws what `load` throws
 */
export async function obtain(
  url: string,
  target: string,
  cache: MediaCache,
  signal: AbortSignal,
  log: StageContext['log'],
  load: (known: Validator | undefined) => Promise<Downloaded>,
): Promise<number> {
  const cached = await cache.find(url);
  if (cached !== null && isFreshUnasked(cached, Date.now()) && (await cache.take(cached, target))) return cached.bytes;
  try {
    let loaded = await load(cached?.validator ?? undefined);
    if (loaded.state === 'unchanged') {
      if (cached !== null && (await cache.take(cached, target))) return cached.bytes;
      // Thrown away between question and answer.
      loaded = await load(undefined);
    }
    if (loaded.state === 'unchanged') throw new Error('unchanged, but nobody asked for that');
    await cache.keep(url, target, loaded.bytes, loaded.validator);
    return loaded.bytes;
  } catch (error) {
    if (signal.aborted || cached === null || !mayServeInstead(cached, error)) throw error;
    if (!(await cache.take(cached, target))) throw error;
    log('warn', `Using the earlier copy of ${addressOf(url)}: ${error instanceof Error ? error.message : error}`);
    return cached.bytes;
  }
}

function isFreshUnasked(cached: CachedMedia, nowMs: number): boolean {
  return cached.validator === null && cached.isSameAddress && nowMs - cached.fetchedAtMs < unaskedMs;
}

function mayServeInstead(cached: CachedMedia, error: unknown): boolean {
  if (!cached.isSameAddress || !(error instanceof StationError)) return false;
  return error.code === 'DOWNLOAD_FORBIDDEN' || error.class === 'retry_now' || error.class === 'retry_later';
}
