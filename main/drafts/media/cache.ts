import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Validator } from '../network/validator.ts';
import { addressDigest, type CacheNote, cacheFileName, keyOf, noteOf, parseCacheFileName } from './cache-name.ts';

/** A kept copy of a remote file. */
export interface CachedMedia {
  /** Absolute. */
  readonly file: string;
  readonly bytes: number;
  /** To ask the server whether the file is still the same; null when it gave nothing to ask with. */
  readonly validator: Validator | null;
  readonly fetchedAtMs: number;
  /** Fetched with the very same address, signature included: whoever has that could fetch it then. */
  readonly isSameAddress: boolean;
}

export interface KeptPart {
  readonly file: string;
  readonly bytes: number;
  readonly validator: Validator;
}

/** Shorter beginnings are not worth a place. */
const shortestPart = 1_000_000;

/** Half-made copies are leftovers of a crash when they are older than this. */
const leftoverMs = 3_600_000;

/**
 * Names of the copies in a folder by key, read once and kept up to date by this process. What other processes add is not
 * seen, what they take away is noticed when it is wanted; both only cost a download.
 */
const indexes = new Map<string, Promise<Map<string, string>>>();

/**
 * Downloaded media by address, kept for retries and for other drafts. Any number of tasks and processes may use one
 * folder: a copy appears whole, under a name that says all there is to know of it, and is never changed.
 */
export class MediaCache {
  readonly #folder: string;
  readonly #limitBytes: number;

  /** @param limitBytes 0 = nothing is kept */
  constructor(folder: string, limitBytes: number) {
    this.#folder = folder;
    this.#limitBytes = limitBytes;
  }

  /** The kept copy for an address; null when there is none or it is damaged. */
  async find(url: string): Promise<CachedMedia | null> {
    if (this.#limitBytes <= 0) return null;
    const name = (await this.#index()).get(indexKey({ key: keyOf(url), isPart: false }));
    const note = name === undefined ? null : parseCacheFileName(name);
    if (name === undefined || note === null) return null;
    const file = path.join(this.#folder, name);
    const facts = await stat(file).catch(() => null);
    if (facts === null || facts.size !== note.bytes) return null;
    const { bytes, validator } = note;
    return { file, bytes, validator, fetchedAtMs: facts.mtimeMs, isSameAddress: note.address === addressDigest(url) };
  }

  /** Puts a kept copy where a draft wants it; false when it has gone meanwhile. */
  async take(cached: CachedMedia, target: string): Promise<boolean> {
    try {
      await linkOrCopy(cached.file, target);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
    // The time of the last access says what was used longest ago; the time of the last change, when it was fetched.
    await utimes(cached.file, new Date(), new Date(cached.fetchedAtMs)).catch(() => {});
    return true;
  }

  /** Keeps a downloaded file. Failing to keep one is no failure of the draft. */
  async keep(url: string, file: string, bytes: number, validator: Validator | null): Promise<void> {
    await this.#keep(file, noteOf(url, bytes, validator));
  }

  /** Keeps the beginning of a file whose download broke off, for the next try of the task. */
  async keepPart(url: string, file: string, bytes: number, validator: Validator): Promise<void> {
    const note = noteOf(url, bytes, validator, true);
    // A validator that does not fit into the name would be lost.
    const isWhole = parseCacheFileName(cacheFileName(note))?.validator !== null;
    if (bytes >= shortestPart && isWhole) await this.#keep(file, note);
  }

  /**
   * Takes the kept beginning of a file out of the cache.
   * @param targetFor where it goes, told by its content
   */
  async takePart(url: string, targetFor: (copy: string) => Promise<string>): Promise<KeptPart | null> {
    if (this.#limitBytes <= 0) return null;
    const index = await this.#index();
    const key = indexKey({ key: keyOf(url), isPart: true });
    const name = index.get(key);
    const note = name === undefined ? null : parseCacheFileName(name);
    if (name === undefined || note === null || note.validator === null) return null;
    index.delete(key);
    const copy = path.join(this.#folder, name);
    try {
      const file = await targetFor(copy);
      // Whoever moves it has it: nobody else writes to it then.
      await move(copy, file);
      if ((await stat(file)).size === note.bytes) return { file, bytes: note.bytes, validator: note.validator };
      await rm(file, { force: true });
    } catch {
      // Another task was faster, or it is damaged.
    }
    return null;
  }

  async #keep(file: string, note: CacheNote): Promise<void> {
    if (note.bytes > this.#limitBytes) return;
    try {
      const index = await this.#index();
      const name = cacheFileName(note);
      const older = index.get(indexKey(note));
      if (older === name) await rm(path.join(this.#folder, name), { force: true });
      await this.#add(file, name);
      index.set(indexKey(note), name);
      if (older !== undefined && older !== name) await rm(path.join(this.#folder, older), { force: true });
    } catch {
      // A full disk or a missing permission: the next draft downloads again. If the folder was removed, it comes back.
      indexes.delete(this.#folder);
    }
  }

  /** Throws away what was used longest ago until the limit is kept, and leftovers of crashes. */
  async trim(nowMs: number): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const index = await this.#index();
    const entries = await Promise.all(
      names.map(async (name) => {
        const facts = await stat(path.join(this.#folder, name)).catch(() => null);
        return facts === null ? null : { name, note: parseCacheFileName(name), facts };
      }),
    );
    const present = entries.filter((entry) => entry !== null);
    let sum = 0;
    for (const { name, note, facts } of present.sort((a, b) => b.facts.atimeMs - a.facts.atimeMs)) {
      if (note === null) {
        if (name.endsWith('.tmp') && nowMs - facts.ctimeMs > leftoverMs) await this.#remove(name);
        continue;
      }
      const isStale = facts.size !== note.bytes || (index.get(indexKey(note)) ?? name) !== name;
      if (!isStale) sum += note.bytes;
      if (isStale || sum > this.#limitBytes) await this.#forget(note, name, index);
    }
  }

  async #forget(note: CacheNote, name: string, index: Map<string, string>): Promise<void> {
    if (index.get(indexKey(note)) === name) index.delete(indexKey(note));
    await this.#remove(name);
  }

  async #remove(name: string): Promise<void> {
    // A file that somebody reads right now cannot be removed on Windows; the next trim finds it again.
    await rm(path.join(this.#folder, name), { force: true }).catch(() => {});
  }

  async #add(file: string, name: string): Promise<void> {
    const place = path.join(this.#folder, name);
    if (await tryLink(file, place)) return;
    const half = path.join(this.#folder, `${randomUUID()}.tmp`);
    await copyFile(file, half, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await rename(half, place);
  }

  #index(): Promise<Map<string, string>> {
    const known = indexes.get(this.#folder);
    if (known !== undefined) return known;
    const reading = readIndex(this.#folder);
    indexes.set(this.#folder, reading);
    return reading;
  }
}

/** A whole copy and a beginning of the same address may stand side by side. */
function indexKey({ key, isPart }: Pick<CacheNote, 'key' | 'isPart'>): string {
  return isPart ? `part ${key}` : key;
}

async function readIndex(folder: string): Promise<Map<string, string>> {
  await mkdir(folder, { recursive: true }).catch(() => {});
  const names = await readdir(folder).catch(() => []);
  return new Map(
    names.flatMap((name) => {
      const note = parseCacheFileName(name);
      return note === null ? [] : [[indexKey(note), name] as const];
    }),
  );
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await rm(from);
  }
}

/** Two names for one file cost nothing; where that is not possible (another volume) the bytes are copied. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  if (await tryLink(from, to)) return;
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (/^(?:EXDEV|EPERM|EACCES|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK|EINVAL)$/.test(codeOf(error))) return false;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
