import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { StageContext } from '../../engines/engine.ts';
import { StationError } from '../../shared/errors/index.ts';
import { errorNote, note, reasonParams } from '../../shared/log-notes.ts';
import type { Settings } from '../../shared/settings.ts';
import { addressOf } from '../link-text.ts';
import type { NetworkClient } from '../network/client.ts';
import { download } from '../network/download.ts';
import type { DownloadOrder } from '../network/download-order.ts';
import { forEachLimited, Slots } from '../network/pool.ts';
import type { MediaCache } from './cache.ts';
import { keyOf } from './cache-name.ts';
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
  const { client, context } = place;
  const progress = new TransferProgress(files.length, place.onProgress);
  const results: Transferred[] = [];
  const { parallel } = client.limits;
  const connections = new Slots(parallel);
  // While a file is put to disk and into the cache, the next one comes over the network.
  await forEachLimited([...files.entries()], 2 * parallel, context.signal, async ([index, media], signal) => {
    if (media.source.type !== 'url') return;
    const stem = path.join(place.mediaFolder, ownName(index, media.source.url));
    try {
      const { file } = await bring(media.source.url, stem, { index, progress, connections, signal, place });
      results.push({ media, result: { name: path.basename(file) } });
    } catch (error) {
      if (signal.aborted || !isOfOneFile(error)) throw error;
      context.log('error', ...errorNote(error));
      results.push({ media, result: { failure: error } });
    } finally {
      progress.done(index);
    }
  });
  return results;
}

interface Bringing {
  readonly index: number;
  readonly progress: TransferProgress;
  readonly connections: Slots;
  readonly signal: AbortSignal;
  readonly place: TransferPlace;
}

/** Brings one file to `<stem><extension>`, from the network or the cache. */
async function bring(url: string, stem: string, { index, progress, connections, signal, place }: Bringing) {
  const { client, settings, cache, context } = place;
  const draftLimit = settings.maxDraftMb * mb;
  const refuseIfTooMuch = () => {
    if (progress.total <= draftLimit) return;
    const limit = { limitMb: settings.maxDraftMb, setting: 'maxDraftMb' };
    throw new StationError('DOWNLOAD_TOO_LARGE', { address: addressOf(url), ...limit });
  };
  const targetFor = async (copy: string) => stem + (await extensionOfFile(copy, url));
  const order: Omit<DownloadOrder, 'known' | 'onReceived'> = {
    url,
    maxBytes: Math.min(settings.maxMediaMb * mb, draftLimit),
    setting: 'maxMediaMb',
    accept(head) {
      refuseNoMedia(head, url);
      return { file: stem + extensionOf(head, url) };
    },
    onBytes(bytes, expected) {
      progress.bytes(index, bytes, expected);
      refuseIfTooMuch();
    },
    onBrokenOff: (beginning) => cache.keepPart(url, beginning.file, beginning.bytes, beginning.validator),
    onRetry: (failure, pauseMs) =>
      context.log(
        'warn',
        ...note('DOWNLOAD_AGAIN', { seconds: Math.round(pauseMs / 100) / 10, ...reasonParams(failure) }),
      ),
  };
  const obtained = await oneAtATime(keyOf(url), signal, () =>
    obtain({
      url,
      cache,
      signal,
      log: context.log,
      targetFor,
      async load(known) {
        const release = await connections.take(signal);
        try {
          const resume = known === undefined ? await cache.takePart(url, targetFor) : null;
          return await download(client, { ...order, known, resume: resume ?? undefined, onReceived: release }, signal);
        } finally {
          release();
        }
      },
    }),
  );
  progress.have(index, obtained.bytes);
  refuseIfTooMuch();
  return obtained;
}

function refuseNoMedia(head: Uint8Array, url: string): void {
  const found = fileType(head) === null ? notMedia(head) : null;
  if (found !== null) throw new StationError('MEDIA_WRONG_TYPE', { address: addressOf(url), found });
}

/** A name of our own: the network's never becomes a path. The digest tells files apart in logs and caches. */
export function ownName(index: number, source: string): string {
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 8);
  return `m${String(index + 1).padStart(2, '0')}-${digest}`;
}

/** By content; the written extension only when the content is of no known type and the extension is a plain one. */
export function extensionOf(head: Uint8Array, source: string): string {
  const written = /\.[a-z0-9]{1,5}$/i.exec(source.split(/[?#]/)[0] ?? '')?.[0]?.toLowerCase();
  return fileType(head)?.extension ?? written ?? '.bin';
}

/** `extensionOf` for a file on disk. */
export async function extensionOfFile(file: string, source: string): Promise<string> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(512);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return extensionOf(head.subarray(0, bytesRead), source);
  } finally {
    await handle.close();
  }
}

function isOfOneFile(error: unknown): error is StationError {
  if (!(error instanceof StationError) || error.class === 'operator' || error.code === 'INTERNAL') return false;
  return !(error.code === 'DOWNLOAD_TOO_LARGE' && error.params.setting === 'maxDraftMb');
}
