import { rename, rm, writeFile } from 'node:fs/promises';
import { createCanvas } from '@napi-rs/canvas';
import { Brightness, blackBelow } from './brightness.ts';
import { unreadable } from './errors.ts';
import { FrameReader, type TimedFrame } from './frame-reader.ts';
import { displayedSize } from './open.ts';
import { RgbaFrame } from './rgba-frame.ts';

/** Where a cover is looked for, seconds: the first frames of a video are often black. */
const placesS = [0.1, 0.5, 1, 2, 4, 8, 16];
const jpegQuality = 82;

/**
 * Writes a small JPEG of an early, non-black frame; the longer side has `size` pixels.
 * @throws StationError MEDIA_UNREADABLE
 */
export async function writeCover(file: string, jpegFile: string, size: number): Promise<void> {
  const reader = await FrameReader.open(file, { threads: 1 });
  const meter = new Brightness();
  try {
    const stream = reader.media.video?.stream;
    const timed = await pick(reader, meter);
    if (timed === null || stream === undefined) throw unreadable(file, 'it has no picture');
    const shown = displayedSize(stream);
    const factor = size / Math.max(shown.width, shown.height);
    const width = Math.max(1, Math.round(shown.width * factor));
    const height = Math.max(1, Math.round(shown.height * factor));
    const pixels = new RgbaFrame(width, height);
    await pixels.load(timed.frame);
    const canvas = createCanvas(width, height);
    canvas.getContext('2d').putImageData(pixels.image, 0, 0);
    pixels.close();
    await writeWhole(jpegFile, await canvas.encode('jpeg', jpegQuality));
  } finally {
    meter.close();
    await reader.close();
  }
}

/** The first frame that is not black, else the last one looked at. */
async function pick(reader: FrameReader, meter: Brightness): Promise<TimedFrame | null> {
  let found: TimedFrame | null = null;
  for (const place of placesS) {
    const next = await reader.frameAt(place * 1e6);
    if (next === null || next.serial === found?.serial) break;
    found = next;
    if ((await meter.of(found.frame)) >= blackBelow) break;
  }
  return found;
}

/** A reader of the cover never sees half of it. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
