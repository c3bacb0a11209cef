import { verifyVideo } from '../../../media/verify.ts';
import { frameTimeUs } from '../timeline/frame-grid.ts';
import type { OutputShape } from './output.ts';

/**
 * Checks that a finished file is the video that was to be made.
 * @throws StationError EXPORT_FILE_MISSING, EXPORT_FILE_BROKEN
 */
export async function checkVideo(file: string, shape: OutputShape, frames: number, mayBeBlack: boolean): Promise<void> {
  const { num, den } = shape.rate;
  const expected = { ...shape, fps: num / den, durationUs: frameTimeUs(frames, shape.rate), hasAudio: true };
  await verifyVideo(file, expected, { mayBeBlack });
}
