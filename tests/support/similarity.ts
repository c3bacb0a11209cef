import type { Canvas } from '@napi-rs/canvas';

/** Side of the windows that are compared, pixels, and the step between them. */
const windowSide = 8;
const step = 4;
/** The usual constants of the measure for values of 0..255: they keep flat windows from dividing by nothing. */
const c1 = (0.01 * 255) ** 2;
const c2 = (0.03 * 255) ** 2;

/**
 * Structural similarity (SSIM) of two opaque pictures of one size: 1 = equal, 0 = unlike. The mean over windows of 8 x 8
 * pixels, of red, green and blue apart; the least similar colour counts.
 * Wang, Bovik, Sheikh, Simoncelli: Image quality assessment: from error visibility to structural similarity, 2004.
 */
export function similarity(a: Canvas, b: Canvas): number {
  if (a.width !== b.width || a.height !== b.height) return 0;
  const [first, second] = [a, b].map(
    (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data,
  );
  if (first === undefined || second === undefined) return 0;
  return Math.min(...[0, 1, 2].map((channel) => ofChannel(first, second, a.width, a.height, channel)));
}

type Bytes = Uint8ClampedArray;

function ofChannel(a: Bytes, b: Bytes, width: number, height: number, channel: number): number {
  let sum = 0;
  let windows = 0;
  for (let top = 0; top + windowSide <= height; top += step) {
    for (let left = 0; left + windowSide <= width; left += step) {
      sum += ofWindow(a, b, (top * width + left) * 4 + channel, width * 4);
      windows += 1;
    }
  }
  return windows === 0 ? 0 : sum / windows;
}

function ofWindow(a: Bytes, b: Bytes, start: number, stride: number): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let row = 0; row < windowSide; row += 1) {
    for (let at = start + row * stride, column = 0; column < windowSide; column += 1, at += 4) {
      const x = a[at] ?? 0;
      const y = b[at] ?? 0;
      sumA += x;
      sumB += y;
      squaresA += x * x;
      squaresB += y * y;
      products += x * y;
    }
  }
  const count = windowSide * windowSide;
  const [meanA, meanB] = [sumA / count, sumB / count];
  const varianceA = squaresA / count - meanA * meanA;
  const varianceB = squaresB / count - meanB * meanB;
  const covariance = products / count - meanA * meanB;
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
    ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
  );
}
