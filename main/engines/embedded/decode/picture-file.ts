import { open, stat } from 'node:fs/promises';
import { isAnimatedWebp } from '../../../media/webp-animation.ts';
import { stickerFile } from './sticker-folder.ts';

/** A file that shows something, and who can read it: FFmpeg, unless its content says otherwise. */
export interface PictureFile {
  readonly file: string;
  readonly format: 'webp' | 'lottie' | 'ffmpeg';
}

/** Enough to tell, also behind blanks. */
const headBytes = 256;

/**
 * What a material's path leads to. Stickers may be folders; endings of names are not believed.
 * @throws StationError MEDIA_UNREADABLE when a folder has no picture that could be meant
 */
export async function pictureFile(found: string): Promise<PictureFile> {
  const isFolder = (await stat(found).catch(() => null))?.isDirectory() ?? false;
  const file = isFolder ? stickerFile(found) : found;
  const head = await headOf(file);
  if (isAnimatedWebp(head)) return { file, format: 'webp' };
  // No video and no picture begins like this.
  const isJson = /^(?:\uFEFF)?\s*\{/u.test(head.toString('utf8'));
  return { file, format: isJson ? 'lottie' : 'ffmpeg' };
}

/** Empty when the file cannot be read, which is told by whoever opens it. */
async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
