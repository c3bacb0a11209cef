import { stat } from 'node:fs/promises';
import { unreadable } from './errors.ts';

/**
 * The size of an ordinary file. Anything else must not even be opened: a pipe or a device may keep its reader waiting for
 * ever.
 * @returns bytes
 * @throws StationError MEDIA_UNREADABLE when there is none, or it is a folder, a pipe, a device or empty
 */
export async function fileSize(file: string): Promise<number> {
  const info = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code === 'ENOENT' ? 'the file is missing' : `it cannot be opened (${error.code})`);
  });
  if (!info.isFile()) throw unreadable(file, 'it is not a file');
  if (info.size === 0) throw unreadable(file, 'the file is empty');
  return info.size;
}
