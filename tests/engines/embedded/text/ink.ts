import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { TextPicture } from '../../../../main/engines/embedded/text/index.ts';

export interface Ink {
  /** First and one past the last column and row with ink. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly pixels: number;
}

export type Pixel = readonly [r: number, g: number, b: number, a: number];

/** More than half covered. */
const opaque = ([, , , a]: Pixel) => a > 127;

export function pixelsOf(canvas: Canvas): Uint8ClampedArray {
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
}

/** Bounds of the pixels that `wanted` picks, in pixels of the canvas; null when there are none. */
export function inkOf(canvas: Canvas, wanted: (pixel: Pixel) => boolean = opaque): Ink | null {
  const data = pixelsOf(canvas);
  const ink = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0, pixels: 0 };
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const at = (y * canvas.width + x) * 4;
      if (!wanted([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0])) continue;
      ink.left = Math.min(ink.left, x);
      ink.top = Math.min(ink.top, y);
      ink.right = Math.max(ink.right, x + 1);
      ink.bottom = Math.max(ink.bottom, y + 1);
      ink.pixels++;
    }
  }
  return ink.pixels === 0 ? null : ink;
}

/** The bounds seen from the picture's origin. */
export function inkAround(picture: TextPicture, wanted?: (pixel: Pixel) => boolean): Ink {
  const ink = inkOf(picture.canvas, wanted);
  if (ink === null) throw new Error('the picture has no ink');
  const { originX, originY } = picture;
  return {
    ...ink,
    left: ink.left - originX,
    right: ink.right - originX,
    top: ink.top - originY,
    bottom: ink.bottom - originY,
  };
}

/** Rows of ink that are apart: how many lines one sees. */
export function inkRows(canvas: Canvas): number {
  const data = pixelsOf(canvas);
  let rows = 0;
  let inside = false;
  for (let y = 0; y < canvas.height; y++) {
    let any = false;
    for (let x = 0; x < canvas.width && !any; x++) any = (data[(y * canvas.width + x) * 4 + 3] ?? 0) > 127;
    if (any && !inside) rows++;
    inside = any;
  }
  return rows;
}

/** A part of a picture, for looking at one character. */
export function crop(canvas: Canvas, x: number, y: number, width: number, height: number): Canvas {
  const part = createCanvas(width, height);
  part.getContext('2d').drawImage(canvas, x, y, width, height, 0, 0, width, height);
  return part;
}
