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
 * @throws what `load` throws
 */
export async function obtain(
  url: string,
  target: string,
  cache: MediaCache,
  signal: AbortSignal,
  log: StageContext['log'],
  load: (known: Validator | undefined) => Promise<Downloaded>,
): Promise<void> {
  const cached = await cache.find(url);
  const now = Date.now();
  if (cached !== null && isFreshUnasked(cached, now) && (await cache.take(url, cached, target))) return;
  try {
    const loaded = await load(cached?.validator ?? undefined);
    if (loaded.state === 'fetched') return await cache.keep(url, target, loaded.validator, now);
    if (cached !== null && (await cache.take(url, cached, target))) return;
    // Thrown away between question and answer.
    const again = await load(undefined);
    if (again.state === 'fetched') await cache.keep(url, target, again.validator, now);
  } catch (error) {
    if (signal.aborted || cached === null || !mayServeInstead(cached, error)) throw error;
    if (!(await cache.take(url, cached, target))) throw error;
    log('warn', `Using the earlier copy of ${addressOf(url)}: ${error instanceof Error ? error.message : error}`);
  }
}

function isFreshUnasked(cached: CachedMedia, nowMs: number): boolean {
  return cached.validator === null && cached.isSameAddress && nowMs - cached.fetchedAtMs < unaskedMs;
}

function mayServeInstead(cached: CachedMedia, error: unknown): boolean {
  if (!cached.isSameAddress || !(error instanceof StationError)) return false;
  return error.code === 'DOWNLOAD_FORBIDDEN' || error.class === 'retry_now' || error.class === 'retry_later';
}
