import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { StationError } from '../../shared/errors/index.ts';
import { NameKeeper, safeRelativePath } from '../names.ts';
import { entryName } from './entry-name.ts';

export interface ArchiveLimits {
  readonly entries: number;
  /** All files together, unpacked. */
  readonly totalBytes: number;
  /** Unpacked bytes per packed byte of the whole archive, looked at beyond `ratioFreeBytes`. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
}

export const defaultArchiveLimits = { entries: 20_000, ratio: 100, ratioFreeBytes: 100_000_000 } as const;

export interface ArchiveOrder {
  readonly file: string;
  /** Existing folder that receives the files. */
  readonly folder: string;
  /** For sentences: where the archive came from. */
  readonly address: string;
  readonly limits: ArchiveLimits;
  /** Unpacked bytes so far and in all. */
  readonly onBytes?: (bytes: number, total: number) => void;
}

interface PlannedEntry {
  readonly entry: Entry;
  /** Relative, safe, with `/`. */
  readonly path: string;
}

/**
 * Unpacks a zip. The whole directory is judged before the first byte is written, and real bytes are counted while
 * writing, so a lying directory gains nothing.
 * @returns absolute paths of the unpacked files
 * @throws StationError ARCHIVE_UNSAFE, ARCHIVE_TOO_LARGE, ARCHIVE_DAMAGED; the signal's reason
 */
export async function extractArchive(order: ArchiveOrder, signal: AbortSignal): Promise<string[]> {
  let zip: ZipFile | null = null;
  try {
    zip = await yauzl.openPromise(order.file, { lazyEntries: true, autoClose: false, decodeStrings: false });
    const planned = await judge(zip, order, signal);
    const files: string[] = [];
    const total = planned.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    let written = 0;
    for (const { entry, path: relative } of planned) {
      signal.throwIfAborted();
      const file = path.join(order.folder, ...relative.split('/'));
      await mkdir(path.dirname(file), { recursive: true });
      const counter = new Transform({
        transform(piece: Buffer, _encoding, done) {
          written += piece.length;
          order.onBytes?.(written, total);
          done(
            written > order.limits.totalBytes ? tooLarge(order, `more than ${mb(order.limits.totalBytes)} MB`) : null,
            piece,
          );
        },
      });
      await pipeline(await zip.openReadStreamPromise(entry), counter, createWriteStream(file, { flags: 'wx' }), {
        signal,
      });
      files.push(file);
    }
    return files;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof StationError || isDiskError(error)) throw error;
    throw new StationError('ARCHIVE_DAMAGED', { address: order.address, reason: reasonOf(error) }, { cause: error });
  } finally {
    zip?.close();
  }
}

/** Reads the directory and decides on every entry. */
async function judge(zip: ZipFile, order: ArchiveOrder, signal: AbortSignal): Promise<PlannedEntry[]> {
  const { limits } = order;
  if (zip.entryCount > limits.entries) throw tooLarge(order, `more than ${limits.entries} entries`);
  const names = new NameKeeper();
  const planned: PlannedEntry[] = [];
  let packed = 0;
  let plain = 0;
  for await (const entry of zip.eachEntry()) {
    signal.throwIfAborted();
    const name = entryName(entry);
    const unsafe = (reason: string) =>
      new StationError('ARCHIVE_UNSAFE', { address: order.address, entry: name.slice(0, 200), reason });
    const type = fileType(entry);
    if (type === 'other') throw unsafe('link or device');
    const safe = safeRelativePath(name);
    if ('unsafe' in safe) throw unsafe(safe.unsafe);
    if (type === 'folder' || /[\\/]$/.test(name) || isLitter(safe.path)) continue;
    if (entry.isEncrypted()) throw new StationError('ARCHIVE_DAMAGED', { address: order.address, reason: 'password' });
    packed += entry.compressedSize;
    plain += entry.uncompressedSize;
    if (plain > limits.totalBytes) throw tooLarge(order, `more than ${mb(limits.totalBytes)} MB`);
    planned.push({ entry, path: names.take(safe.path) });
    if (planned.length > limits.entries) throw tooLarge(order, `more than ${limits.entries} entries`);
  }
  // Entries may share their packed bytes, so the file's own size counts as well.
  if (plain > limits.ratioFreeBytes && plain > Math.min(packed, zip.fileSize) * limits.ratio) {
    throw tooLarge(order, `packed more than ${limits.ratio}:1`);
  }
  return planned;
}

/** Unix archives store what an entry is in the upper half of its attributes. */
function fileType(entry: Entry): 'file' | 'folder' | 'other' {
  const madeOnUnix = entry.versionMadeBy >> 8 === 3;
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (!madeOnUnix && type !== 0o120000) return 'file';
  switch (type) {
    case 0:
    case 0o100000:
      return 'file';
    case 0o040000:
      return 'folder';
    default:
      return 'other';
  }
}

/** What operating systems add to folders. */
function isLitter(relative: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(relative);
}

function tooLarge(order: ArchiveOrder, reason: string): StationError {
  return new StationError('ARCHIVE_TOO_LARGE', { address: order.address, reason });
}

function isDiskError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^E(?:NOSPC|ACCES|PERM|IO|ROFS|MFILE|DQUOT)$/.test(String(error.code))
  );
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}

function mb(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
