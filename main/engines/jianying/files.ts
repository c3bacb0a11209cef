import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface FileFacts {
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly isFolder: boolean;
}

/** The few things the engine does with files; a simulated one exists for tests. */
export interface Files {
  /** Names in a folder; empty when it is absent or unreadable. */
  list(folder: string): Promise<string[]>;
  /** Null when absent. */
  facts(file: string): Promise<FileFacts | null>;
  read(file: string): Promise<string>;
  /** Whole or not at all. */
  write(file: string, content: string | Uint8Array): Promise<void>;
  /** At most `length` bytes from `offset`. */
  bytes(file: string, offset: number, length: number): Promise<Uint8Array>;
  /** Large files may be hard links: they are media, which nobody changes. */
  copyFolder(from: string, to: string): Promise<void>;
  makeFolder(folder: string): Promise<void>;
  copyFile(from: string, to: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
  /** A file or a folder with everything in it; absent is fine. */
  remove(file: string): Promise<void>;
  freeBytes(folder: string): Promise<number>;
}

export const diskFiles: Files = {
  list: (folder) => readdir(folder).catch(() => []),
  facts: async (file) => {
    const found = await stat(file).catch(() => null);
    return found && { bytes: found.size, modifiedMs: found.mtimeMs, isFolder: found.isDirectory() };
  },
  read: (file) => readFile(file, 'utf8'),
  write: async (file, content) => {
    const temporary = `${file}.station-new`;
    await writeFile(temporary, content);
    await rename(temporary, file);
  },
  bytes: async (file, offset, length) => {
    const handle = await open(file, 'r');
    try {
      const room = new Uint8Array(length);
      const { bytesRead } = await handle.read(room, 0, length, offset);
      return room.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  },
  copyFolder: copyOrLink,
  makeFolder: async (folder) => void (await mkdir(folder, { recursive: true })),
  copyFile,
  move: async (from, to) => {
    await mkdir(path.dirname(to), { recursive: true });
    try {
      await rename(from, to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      // Another drive: copy beside the target first, so that the target is never half a file.
      const temporary = `${to}.station-new`;
      try {
        await copyFile(from, temporary);
        await rename(temporary, to);
      } finally {
        await rm(temporary, { force: true });
      }
      await rm(from);
    }
  },
  remove: (file) => rm(file, { recursive: true, force: true }),
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

const linkFromBytes = 1_000_000;

/** Drafts hold gigabytes of media: those are linked where the file system can, everything else is copied. */
async function copyOrLink(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(from)) {
    const source = path.join(from, name);
    const target = path.join(to, name);
    const found = await stat(source);
    if (found.isDirectory()) await copyOrLink(source, target);
    else if (found.size < linkFromBytes) await copyFile(source, target);
    else await link(source, target).catch(() => copyFile(source, target));
  }
}
