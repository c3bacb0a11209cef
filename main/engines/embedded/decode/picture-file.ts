import { stat } from 'node:fs/promises';
import { type PictureFormat, pictureFormat } from '../../../media/picture-format.ts';
import { stickerFile } from './sticker-folder.ts';

/** A file that shows something, and who can read it. */
export interface PictureFile {
  readonly file: string;
  readonly format: PictureFormat;
}

/**
 * What a material's path leads to. Stickers may be folders.
 * @throws StationError MEDIA_UNREADABLE when a folder has no picture that could be meant
 */
export async function pictureFile(found: string): Promise<PictureFile> {
  const isFolder = (await stat(found).catch(() => null))?.isDirectory() ?? false;
  const file = isFolder ? stickerFile(found) : found;
  return { file, format: await pictureFormat(file) };
}
