import type { StageContext } from '../../engines/engine.ts';
import { StationError } from '../../shared/errors/index.ts';
import { note, reasonParams } from '../../shared/log-notes.ts';
import { addressOf } from '../link-text.ts';
import type { Downloaded } from '../network/download-order.ts';
import type { Validator } from '../network/validator.ts';
import type { CachedMedia, MediaCache } from './cache.ts';

/** Without anything to ask the server with, a copy is believed for as long as a retry of its task may take. */
const unaskedMs = 10 * 60_000;

export interface Obtaining {
  readonly url: string;
  readonly cache: MediaCache;
  readonly signal: AbortSignal;
  readonly log: StageContext['log'];
  /** Downloads the file, or finds that it is still the one with this validator. */
  readonly load: (known: Validator | undefined) => Promise<Downloaded>;
  /** Where a kept copy goes. */
  readonly targetFor: (copy: string) => Promise<string>;
}

export interface Obtained {
  /** Absolute. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Brings one file: from the cache when the server says that it has not changed, else by `load`. When the very same address cannot be had any more (an expired signature, a network that is down), the
 * copy fetched with it earlier serves; a file that was deleted or is another one by now does not come back.
 * @throws what `load` throws
 */
export async function obtain({ url, cache, signal, log, load, targetFor }: Obtaining): Promise<Obtained> {
  const cached = await cache.find(url);
  const take = async (copy: CachedMedia): Promise<Obtained | null> => {
    const file = await targetFor(copy.file);
    return (await cache.take(copy, file)) ? { file, bytes: copy.bytes } : null;
  };
  if (cached !== null && isFreshUnasked(cached, Date.now())) {
    const taken = await take(cached);
    if (taken !== null) return taken;
  }
  try {
    let loaded = await load(cached?.validator ?? undefined);
    if (loaded.state === 'unchanged') {
      const taken = cached === null ? null : await take(cached);
      if (taken !== null) return taken;
      // Thrown away between question and answer.
      loaded = await load(undefined);
    }
    if (loaded.state === 'unchanged') throw new Error('unchanged, but nobody asked for that');
    const { file, bytes, validator } = loaded;
    await cache.keep(url, file, bytes, validator);
    return { file, bytes };
  } catch (error) {
    if (signal.aborted || cached === null || !mayServeInstead(cached, error)) throw error;
    const taken = await take(cached);
    if (taken === null) throw error;
    log('warn', ...note('EARLIER_COPY', { address: addressOf(url), ...reasonParams(error) }));
    return taken;
  }
}

function isFreshUnasked(cached: CachedMedia, nowMs: number): boolean {
  return cached.validator === null && cached.isSameAddress && nowMs - cached.fetchedAtMs < unaskedMs;
}

function mayServeInstead(cached: CachedMedia, error: unknown): boolean {
  if (!cached.isSameAddress || !(error instanceof StationError)) return false;
  return error.code === 'DOWNLOAD_FORBIDDEN' || error.class === 'retry_now' || error.class === 'retry_later';
}
