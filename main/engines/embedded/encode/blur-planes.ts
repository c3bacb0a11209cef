/** One kind of sample of a picture, row by row. */
export interface SamplePlane {
  readonly samples: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Samples from one row to the next. */
  readonly stride: number;
}

/** Fixed point of the mean of a box. */
const shift = 20;
const half = 1 << (shift - 1);

/**
 * Blurs the middle of a plane into another, smaller one: three boxes, which come close to a Gaussian, in whole numbers, the
 * same on every machine. Beyond its edges the plane goes on with the samples of its edges.
 * @param sigma standard deviation, samples; of less than one only whole ones are heeded
 */
export function blurMiddle(to: SamplePlane, from: SamplePlane, sigma: number): void {
  const radii = boxRadii(sigma);
  const reach = radii.reduce((sum, radius) => sum + radius, 0);
  const [width, height] = [to.width + 2 * reach, to.height + 2 * reach];
  const work = middleOf(from, width, height);
  const turned = new Uint8Array(width * height);
  for (const radius of radii) {
    blurRowsTurned(turned, work, width, height, radius);
    blurRowsTurned(work, turned, height, width, radius);
  }
  for (let row = 0; row < to.height; row += 1) {
    const start = (row + reach) * width + reach;
    to.samples.set(work.subarray(start, start + to.width), row * to.stride);
  }
}

/** Radii of three boxes whose variances (r² + r) / 3 add up to that of the Gaussian. */
function boxRadii(sigma: number): readonly number[] {
  const ideal = (Math.sqrt(1 + 4 * sigma * sigma) - 1) / 2;
  const small = Math.floor(ideal);
  const larger = Math.round((3 * (sigma * sigma - small * small - small)) / (2 * (small + 1)));
  return [0, 1, 2].map((box) => (box < larger ? small + 1 : small));
}

/** The middle of a plane, gone on with its edges where it is smaller. */
function middleOf({ samples, width, height, stride }: SamplePlane, wide: number, high: number): Uint8Array {
  const cut = new Uint8Array(wide * high);
  const left = (width - wide) >> 1;
  const top = (height - high) >> 1;
  for (let row = 0; row < high; row += 1) {
    const line = Math.min(height - 1, Math.max(0, top + row)) * stride;
    for (let column = 0; column < wide; column += 1)
      cut[row * wide + column] = samples[line + Math.min(width - 1, Math.max(0, left + column))] as number;
  }
  return cut;
}

/** Blurs each row; rows become columns, so that doing it again blurs columns. */
function blurRowsTurned(to: Uint8Array, from: Uint8Array, width: number, height: number, radius: number): void {
  const share = Math.round(2 ** shift / (2 * radius + 1));
  for (let row = 0; row < height; row += 1) {
    const start = row * width;
    const last = start + width - 1;
    let sum = radius * (from[start] as number);
    for (let ahead = 0; ahead < radius; ahead += 1) sum += from[Math.min(last, start + ahead)] as number;
    for (let column = 0; column < width; column += 1) {
      const place = start + column;
      sum += from[Math.min(last, place + radius)] as number;
      to[column * height + row] = (sum * share + half) >>> shift;
      sum -= from[Math.max(start, place - radius)] as number;
    }
  }
}
