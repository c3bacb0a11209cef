import { open } from 'node:fs/promises';
import type { MediaFacts } from './facts.ts';
import { readLottie } from './lottie-file.ts';
import { fileSize } from './regular-file.ts';
import { isAnimatedWebp, readWebpAnimation } from './webp-animation.ts';

/** Who can read a picture: FFmpeg, unless its content says otherwise. */
export type PictureFormat = 'webp' | 'lottie' | 'ffmpeg';

/** Enough to tell, also behind blanks. */
const headBytes = 256;

/** Tells by content; endings of names are not believed. A file that cannot be read is FFmpeg's, which says why. */
export async function pictureFormat(file: string): Promise<PictureFormat> {
  const head = await headOf(file);
  if (isAnimatedWebp(head)) return 'webp';
  // No video and no picture begins like this.
  return /^(?:\uFEFF)?\s*\{/u.test(head.toString('utf8')) ? 'lottie' : 'ffmpeg';
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await fileSize(file)
    .then(() => open(file))
    .catch(() => null);
  if (handle === null) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return Buffer.alloc(0);
  } finally {
    await handle.close();
  }
}

/**
 * What a moving picture is that FFmpeg cannot tell; null for everything else.
 * @throws StationError MEDIA_UNREADABLE
 */
export async function probeAnimation(file: string): Promise<Omit<MediaFacts, 'bytes'> | null> {
  const format = await pictureFormat(file);
  if (format === 'ffmpeg') return null;
  const { width, height, durationUs, frames } = format === 'lottie' ? readLottie(file) : await webpFacts(file);
  return {
    kind: 'gif',
    width,
    height,
    durationUs: Math.round(durationUs),
    fps: Math.round((frames / durationUs) * 1e9) / 1000,
    hasAudio: false,
    videoCodec: format,
    audioCodec: null,
  };
}

async function webpFacts(file: string) {
  const handle = await open(file);
  try {
    const { width, height, frames } = await readWebpAnimation(handle, file);
    const durationUs = frames.reduce((sum, frame) => sum + frame.durationUs, 0);
    return { width, height, durationUs, frames: frames.length };
  } finally {
    await handle.close();
  }
}
