import { createHash } from 'node:crypto';
import { open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StageContext } from '../../engines/engine.ts';
import { StationError } from '../../shared/errors/index.ts';
import type { Settings } from '../../shared/settings.ts';
import { addressOf } from '../link-text.ts';
import type { NetworkClient } from '../network/client.ts';
import { download } from '../network/download.ts';
import { forEachLimited } from '../network/pool.ts';
import { urlKey } from '../url-key.ts';
import type { MediaCache } from './cache.ts';
import { fileType, notMedia } from './file-type.ts';
import { obtain } from './obtain.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PlannedMedia } from './plan.ts';
import { TransferProgress } from './progress.ts';

const mb = 1_000_000;

export interface TransferPlace {
  readonly client: NetworkClient;
  readonly settings: Settings;
  readonly cache: MediaCache;
  /** Existing folder that receives the files under names of our own. */
  readonly mediaFolder: string;
  readonly context: StageContext;
  /** Share of this transfer, 0..1. */
  readonly onProgress: StageContext['onProgress'];
}

export interface Transferred {
  readonly media: PlannedMedia;
  /** File name inside the media folder, or why there is none. */
  readonly result: { readonly name: string } | { readonly failure: StationError };
}

/**
 * Downloads media files side by side. A file that fails does not stop the others: all failures are wanted at once.
 * @throws StationError what concerns the whole draft (its size limit, the disk); the signal's reason
 */
export async function transferMedia(files: readonly PlannedMedia[], place: TransferPlace): Promise<Transferred[]> {
  const { client, settings, context } = place;
  const progress = new TransferProgress(files.length, place.onProgress);
  const results: Transferred[] = [];
  const draftLimit = settings.maxDraftMb * mb;
  await forEachLimited([...files.entries()], client.limits.parallel, context.signal, async ([index, media], signal) => {
    if (media.source.type !== 'url') return;
    const { url } = media.source;
    const stem = ownName(index, url);
    const temporary = path.join(place.mediaFolder, `${stem}.part`);
    try {
      await oneAtATime(urlKey(new URL(url)), signal, () =>
        obtain(url, temporary, place.cache, signal, context.log, (known) =>
          download(
            client,
            {
              url,
              file: temporary,
              maxBytes: Math.min(settings.maxMediaMb * mb, draftLimit),
              setting: 'maxMediaMb',
              known,
              checkHead: refuseNoMedia,
              onBytes(bytes, expected) {
                progress.bytes(index, bytes, expected);
                if (progress.total > draftLimit) throw tooLargeDraft(url, settings);
              },
              onRetry: (failure, pauseMs) =>
                context.log('warn', `Trying a media file again in ${Math.round(pauseMs)} ms: ${failure.message}`, {
                  code: failure.code,
                }),
            },
            signal,
          ),
        ),
      );
      const { size } = await stat(temporary);
      progress.have(index, size);
      if (progress.total > draftLimit) throw tooLargeDraft(url, settings);
      const name = `${stem}${await extensionOf(temporary, url)}`;
      await rename(temporary, path.join(place.mediaFolder, name));
      results.push({ media, result: { name } });
    } catch (error) {
      if (signal.aborted || !isOfOneFile(error)) throw error;
      context.log('error', error.message, { code: error.code });
      results.push({ media, result: { failure: error } });
    } finally {
      progress.done(index);
    }
  });
  return results;
}

function refuseNoMedia(head: Uint8Array, url: string): undefined {
  const found = fileType(head) === null ? notMedia(head) : null;
  if (found !== null) throw new StationError('MEDIA_WRONG_TYPE', { address: addressOf(url), found });
}

/** A name of our own: the network's never becomes a path. The digest tells files apart in logs and caches. */
export function ownName(index: number, source: string): string {
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 8);
  return `m${String(index + 1).padStart(2, '0')}-${digest}`;
}

/** By content; the written extension only when the content is of no known type and the extension is a plain one. */
export async function extensionOf(file: string, source: string): Promise<string> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(512);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const known = fileType(head.subarray(0, bytesRead));
    return known?.extension ?? /\.[a-z0-9]{1,5}$/i.exec(source.split(/[?#]/)[0] ?? '')?.[0]?.toLowerCase() ?? '.bin';
  } finally {
    await handle.close();
  }
}

function isOfOneFile(error: unknown): error is StationError {
  if (!(error instanceof StationError) || error.class === 'operator' || error.code === 'INTERNAL') return false;
  return !(error.code === 'DOWNLOAD_TOO_LARGE' && error.params.setting === 'maxDraftMb');
}

function tooLargeDraft(url: string, settings: Settings): StationError {
  return new StationError('DOWNLOAD_TOO_LARGE', {
    address: addressOf(url),
    limitMb: settings.maxDraftMb,
    setting: 'maxDraftMb',
  });
}
