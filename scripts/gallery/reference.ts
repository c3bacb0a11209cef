import path from 'node:path';
import { type Canvas, createCanvas } from '@napi-rs/canvas';

const folder = path.resolve(import.meta.dirname, '../../tests/engines/embedded/golden/references');

/** Small enough to be kept with the code; large enough to tell what is on it. */
const longerSide = 160;
const shades = 8;

export const referenceFile = (id: string): string => path.join(folder, `${id}.png`);

/** The frames of a scene, reduced, side by side. */
export function referenceStrip(frames: readonly Canvas[]): Canvas {
  const [first] = frames;
  if (first === undefined) throw new Error('a scene without frames');
  const factor = longerSide / Math.max(first.width, first.height);
  const [width, height] = [Math.round(first.width * factor), Math.round(first.height * factor)];
  const strip = createCanvas(width * frames.length, height);
  const context = strip.getContext('2d');
  context.imageSmoothingQuality = 'high';
  for (const [index, frame] of frames.entries()) context.drawImage(frame, index * width, 0, width, height);
  // Fewer shades than anybody sees: the files are half as large.
  const pixels = context.getImageData(0, 0, strip.width, strip.height);
  for (const [at, value] of pixels.data.entries()) pixels.data[at] = Math.min(255, Math.round(value / shades) * shades);
  context.putImageData(pixels, 0, 0);
  return strip;
}
