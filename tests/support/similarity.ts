/**
 * Structural similarity of two pictures of one size (grey values), 1 = equal: the mean over 8x8 blocks of what their
 * means, variances and covariance say (Wang et al. 2004).
 */
export function similarity(a: Uint8ClampedArray, b: Uint8ClampedArray, width: number, height: number): number {
  const block = 8;
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let sum = 0;
  let blocks = 0;
  for (let top = 0; top + block <= height; top += block)
    for (let left = 0; left + block <= width; left += block) {
      let [meanA, meanB, squareA, squareB, product] = [0, 0, 0, 0, 0];
      for (let y = top; y < top + block; y += 1)
        for (let x = left; x < left + block; x += 1) {
          const place = (y * width + x) * 4;
          const [greyA, greyB] = [grey(a, place), grey(b, place)];
          meanA += greyA;
          meanB += greyB;
          squareA += greyA * greyA;
          squareB += greyB * greyB;
          product += greyA * greyB;
        }
      const count = block * block;
      meanA /= count;
      meanB /= count;
      const variance = squareA / count - meanA ** 2 + squareB / count - meanB ** 2;
      const covariance = product / count - meanA * meanB;
      sum += ((2 * meanA * meanB + c1) * (2 * covariance + c2)) / ((meanA ** 2 + meanB ** 2 + c1) * (variance + c2));
      blocks += 1;
    }
  return sum / blocks;
}

function grey(pixels: Uint8ClampedArray, place: number): number {
  return 0.299 * (pixels[place] ?? 0) + 0.587 * (pixels[place + 1] ?? 0) + 0.114 * (pixels[place + 2] ?? 0);
}

/** Mean difference of the colours of two pictures, 0..255. */
export function colorDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0;
  for (let place = 0; place < a.length; place += 4)
    for (let channel = 0; channel < 3; channel += 1)
      sum += Math.abs((a[place + channel] ?? 0) - (b[place + channel] ?? 0));
  return sum / ((a.length / 4) * 3);
}
