import type { Patch } from '../compositor/patch.ts';

/** The memory of a video frame: 8 bits a sample, colours of half size, BT.709 in limited range. */
export interface YuvPixels {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  /** Samples from one row to the next. */
  readonly yStride: number;
  readonly chromaStride: number;
  /** Samples from one colour sample to the next of its kind: 2 where blue and red difference take turns (NV12). */
  readonly chromaStep: 1 | 2;
}

/** What of a patch is laid. */
type PatchPicture = Pick<Patch, 'left' | 'top' | 'width' | 'height' | 'pixels' | 'stride'>;

// BT.709 for 8 bits in limited range, times 65536: ITU-R BT.709-6, 3.
const yRed = 11_966;
const yGreen = 40_254;
const yBlue = 4_064;
const uRed = -6_596;
const uGreen = -22_189;
const uBlue = 28_785;
const vRed = 28_784;
const vGreen = -26_145;
const vBlue = -2_639;
const half = 32_768;

/**
 * Lays a picture over a video frame where it stands, without ever making the rest of the frame anything but what it is.
 * Whole numbers throughout: the same bits on every machine.
 */
export function layPatch(frame: YuvPixels, { left, top, width, height, pixels, stride }: PatchPicture): void {
  const { y, u, v, yStride, chromaStride, chromaStep } = frame;
  for (let row = 0; row < height; row += 2) {
    let from = row * stride;
    let upper = (top + row) * yStride + left;
    let lower = upper + yStride;
    let chroma = ((top + row) >> 1) * chromaStride + (left >> 1) * chromaStep;
    for (let column = 0; column < width; column += 2, from += 2, upper += 2, lower += 2, chroma += chromaStep) {
      const a = pixels[from] as number;
      const b = pixels[from + 1] as number;
      const c = pixels[from + stride] as number;
      const d = pixels[from + stride + 1] as number;
      if ((a | b | c | d) === 0) continue;
      y[upper] = over(y[upper] as number, a);
      y[upper + 1] = over(y[upper + 1] as number, b);
      y[lower] = over(y[lower] as number, c);
      y[lower + 1] = over(y[lower + 1] as number, d);
      const red = (a & 255) + (b & 255) + (c & 255) + (d & 255);
      const green = ((a >> 8) & 255) + ((b >> 8) & 255) + ((c >> 8) & 255) + ((d >> 8) & 255);
      const blue = ((a >> 16) & 255) + ((b >> 16) & 255) + ((c >> 16) & 255) + ((d >> 16) & 255);
      const alpha = (a >>> 24) + (b >>> 24) + (c >>> 24) + (d >>> 24);
      u[chroma] = overFour(u[chroma] as number, alpha, uRed * red + uGreen * green + uBlue * blue);
      v[chroma] = overFour(v[chroma] as number, alpha, vRed * red + vGreen * green + vBlue * blue);
    }
  }
}

/** A brightness under a pixel. */
function over(below: number, pixel: number): number {
  const mixed = 255 * below + (pixel >>> 24) * (16 - below);
  const own = yRed * (pixel & 255) + yGreen * ((pixel >> 8) & 255) + yBlue * ((pixel >> 16) & 255);
  // 65536 / 255 = 257 + 1/256
  return (mixed * 257 + (mixed >> 8) + own + half) >> 16;
}

/** A colour difference under four pixels, of which the sums are given. */
function overFour(below: number, alpha: number, own: number): number {
  const mixed = 1020 * below + alpha * (128 - below);
  // 65536 / 1020 = 64 + 1/4 + 1/1024
  return (mixed * 64 + (mixed >> 2) + (mixed >> 10) + (own >> 2) + half) >> 16;
}
