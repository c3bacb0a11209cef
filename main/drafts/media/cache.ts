import { createHash, randomUUID } from 'node:crypto';
import {
  constants,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Validator } from '../network/validator.ts';
import { urlKey } from '../url-key.ts';

const noteSchema = z.object({
  /** Data file beside the note. */
  file: z.string().regex(/^[0-9a-f]+-[0-9a-f-]+\.media$/),
  bytes: z.int(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  fetchedAtMs: z.number(),
  /** Digest of the whole address, signature included. */
  address: z.string(),
});

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

/** Data files without a note are leftovers of a crash when they are older than this. */
const orphanMs = 3_600_000;

/**
 * Downloaded media by address, kept for retries and for other drafts. Any number of tasks and processes may use one
 * folder: data files are never changed, and the small note that makes one valid appears by renaming.
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
    try {
      const note = noteSchema.parse(JSON.parse(await readFile(this.#noteFile(url), 'utf8')));
      const file = path.join(this.#folder, note.file);
      if ((await stat(file)).size !== note.bytes) return null;
      const { etag, lastModified } = note;
      return {
        file,
        bytes: note.bytes,
        validator: etag === null && lastModified === null ? null : { etag, lastModified },
        fetchedAtMs: note.fetchedAtMs,
        isSameAddress: note.address === digest(url),
      };
    } catch {
      return null;
    }
  }

  /** Puts a kept copy where a draft wants it; false when it has gone meanwhile. */
  async take(url: string, cached: CachedMedia, target: string): Promise<boolean> {
    try {
      await linkOrCopy(cached.file, target);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
    // Used last = thrown away last.
    const now = new Date();
    await utimes(this.#noteFile(url), now, now).catch(() => {});
    return true;
  }

  /** Keeps a downloaded file. Failing to keep one is no failure of the draft. */
  async keep(url: string, file: string, validator: Validator | null, nowMs: number): Promise<void> {
    try {
      const { size } = await stat(file);
      if (size > this.#limitBytes) return;
      await mkdir(this.#folder, { recursive: true });
      const noteFile = this.#noteFile(url);
      const older = await this.find(url);
      const data = `${path.basename(noteFile, '.json')}-${randomUUID()}.media`;
      await linkOrCopy(file, path.join(this.#folder, data));
      const note: z.infer<typeof noteSchema> = {
        file: data,
        bytes: size,
        etag: validator?.etag ?? null,
        lastModified: validator?.lastModified ?? null,
        fetchedAtMs: nowMs,
        address: digest(url),
      };
      const temporary = `${noteFile}.${randomUUID()}.tmp`;
      await writeFile(temporary, JSON.stringify(note));
      await rename(temporary, noteFile);
      if (older !== null) await rm(older.file, { force: true });
    } catch {
      // A full disk or a missing permission: the next draft downloads again.
    }
  }

  /** Throws away what was used longest ago until the limit is kept, and leftovers of crashes. */
  async trim(nowMs: number): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const notes = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => this.#usage(name)));
    const known = notes.filter((note) => note !== null).sort((a, b) => b.usedAtMs - a.usedAtMs);
    let sum = 0;
    const spared = new Set<string>();
    for (const { note, file, bytes } of known) {
      sum += bytes;
      if (sum <= this.#limitBytes) {
        spared.add(note).add(file);
        continue;
      }
      // The note first: without it nobody looks for the data.
      await rm(path.join(this.#folder, note), { force: true });
      await rm(path.join(this.#folder, file), { force: true });
    }
    for (const name of names.filter((candidate) => !spared.has(candidate) && /\.(?:media|tmp)$/.test(candidate))) {
      const file = path.join(this.#folder, name);
      const facts = await stat(file).catch(() => null);
      if (facts !== null && nowMs - facts.ctimeMs > orphanMs) await rm(file, { force: true });
    }
  }

  async #usage(name: string): Promise<{ note: string; file: string; bytes: number; usedAtMs: number } | null> {
    const noteFile = path.join(this.#folder, name);
    try {
      const note = noteSchema.parse(JSON.parse(await readFile(noteFile, 'utf8')));
      return { note: name, file: note.file, bytes: note.bytes, usedAtMs: (await stat(noteFile)).mtimeMs };
    } catch {
      await rm(noteFile, { force: true });
      return null;
    }
  }

  #noteFile(url: string): string {
    return path.join(this.#folder, `${digest(urlKey(new URL(url)))}.json`);
  }
}

/** Two names for one file cost nothing; where that is not possible (another volume) the bytes are copied. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!/^(?:EXDEV|EPERM|EACCES|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK|EINVAL)$/.test(codeOf(error))) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
