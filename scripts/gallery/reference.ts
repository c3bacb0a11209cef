import path from 'node:path';
import { type Canvas, createCanvas } from '@napi-rs/canvas';

const folder = path.resolve(import.meta.dirname, '../../tests/engines/embedded/golden/references');

/** Small enough to be kept with the code; large enough to tell what is on it. */
const longerSide = 160;

export const referenceFile = (id: string): string => path.join(folder, `${id}.webp`);

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
  return strip;
}
