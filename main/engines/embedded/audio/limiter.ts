/** Just under full scale, so that the encoder's own ripple still fits. */
const CEILING = 0.989;
const LOOK_AHEAD_SECONDS = 0.005;
const RELEASE_SECONDS = 0.15;

/**
 * Keeps sums under full scale without clipping: the gain is on its way down 5 ms before a peak arrives (so it can never
 * be late) and comes back over 150 ms. Below the ceiling samples pass untouched, bit for bit. Output sample n is input
 * sample n; `push` gives out as many samples as it can, `delay` fewer than it was given in all.
 */
export class Limiter {
  readonly delay: number;
  readonly #release: number;
  /** The last `delay` samples, in order, then the ones at hand. */
  #left: Float32Array;
  #right: Float32Array;
  /** Gains of the look-ahead, in a ring, and their sum. */
  readonly #smooth: Float64Array;
  #sum: number;
  /** Candidates for the smallest gain of the look-ahead, as in a monotonic queue: sample numbers and gains. */
  readonly #lowest: { at: number; gain: number }[] = [];
  #seen = 0;
  #envelope = 1;
  /** Samples since one was too loud. */
  #calm: number;

  constructor(sampleRate: number) {
    this.delay = Math.round(LOOK_AHEAD_SECONDS * sampleRate);
    this.#release = 1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
    const size = this.delay + 1;
    this.#left = new Float32Array(this.delay);
    this.#right = new Float32Array(this.delay);
    this.#smooth = new Float64Array(size).fill(1);
    this.#sum = size;
    this.#calm = size * 2;
  }

  /**
   * Takes `count` samples and writes the samples that are ready to `outLeft`/`outRight`.
   * @returns how many were written
   */
  push(left: Float32Array, right: Float32Array, count: number, outLeft: Float32Array, outRight: Float32Array): number {
    const { delay } = this;
    this.#append(left, right, count);
    // The very first samples out would be ones from before the start.
    const early = Math.max(0, Math.min(count, delay - this.#seen));
    if (this.#atRest() && !tooLoud(left, right, count)) {
      outLeft.set(this.#left.subarray(early, count));
      outRight.set(this.#right.subarray(early, count));
      this.#calm += count;
    } else {
      for (let index = 0; index < count; index += 1) {
        const gain = this.#next(this.#seen + index, left[index] ?? 0, right[index] ?? 0);
        if (index < early) continue;
        outLeft[index - early] = (this.#left[index] ?? 0) * gain;
        outRight[index - early] = (this.#right[index] ?? 0) * gain;
      }
    }
    this.#left.copyWithin(0, count, count + delay);
    this.#right.copyWithin(0, count, count + delay);
    this.#seen += count;
    return count - early;
  }

  #append(left: Float32Array, right: Float32Array, count: number): void {
    if (this.#left.length < this.delay + count) {
      const grow = (old: Float32Array) => {
        const bigger = new Float32Array(this.delay + count);
        bigger.set(old);
        return bigger;
      };
      this.#left = grow(this.#left);
      this.#right = grow(this.#right);
    }
    this.#left.set(left.subarray(0, count), this.delay);
    this.#right.set(right.subarray(0, count), this.delay);
  }

  /** Nothing to hold back for as far as the look-ahead reaches. */
  #atRest(): boolean {
    return this.#calm > this.delay && this.#envelope === 1 && this.#sum === this.delay + 1;
  }

  /** Takes sample number `at` into the look-ahead; the gain for sample `at - delay`. */
  #next(at: number, left: number, right: number): number {
    const peak = Math.max(Math.abs(left), Math.abs(right));
    const need = peak > CEILING ? CEILING / peak : 1;
    this.#calm = need < 1 ? 0 : this.#calm + 1;
    if (this.#atRest()) {
      this.#lowest.length = 0;
      return 1;
    }
    const size = this.delay + 1;
    const slot = at % size;
    this.#follow(at, need);
    this.#sum += this.#envelope - (this.#smooth[slot] ?? 1);
    this.#smooth[slot] = this.#envelope;
    if (this.#envelope > 0.99999 && this.#calm > 2 * size) this.#rest();
    return Math.min(1, this.#sum / size);
  }

  /** The smallest gain needed within the look-ahead, at once when it falls, slowly when it rises. */
  #follow(at: number, need: number): void {
    const queue = this.#lowest;
    while (queue.length > 0 && (queue.at(-1)?.gain ?? 0) >= need) queue.pop();
    queue.push({ at, gain: need });
    while ((queue[0]?.at ?? at) < at - this.delay) queue.shift();
    const lowest = queue[0]?.gain ?? 1;
    if (lowest < this.#envelope) this.#envelope = lowest;
    else this.#envelope += (lowest - this.#envelope) * this.#release;
  }

  #rest(): void {
    this.#envelope = 1;
    this.#smooth.fill(1);
    this.#sum = this.delay + 1;
    this.#lowest.length = 0;
  }
}

function tooLoud(left: Float32Array, right: Float32Array, count: number): boolean {
  for (let index = 0; index < count; index += 1) {
    if (Math.abs(left[index] ?? 0) > CEILING || Math.abs(right[index] ?? 0) > CEILING) return true;
  }
  return false;
}
