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
  readonly #history: { left: Float32Array; right: Float32Array; smooth: Float64Array };
  /** Candidates for the smallest gain of the look-ahead, as in a monotonic queue: sample numbers and gains. */
  readonly #lowest: { at: number; gain: number }[] = [];
  #seen = 0;
  #envelope = 1;
  #sum: number;
  /** Samples since the gain last differed from 1 anywhere in the look-ahead. */
  #calm: number;

  constructor(sampleRate: number) {
    this.delay = Math.round(LOOK_AHEAD_SECONDS * sampleRate);
    this.#release = 1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
    const size = this.delay + 1;
    this.#history = {
      left: new Float32Array(size),
      right: new Float32Array(size),
      smooth: new Float64Array(size).fill(1),
    };
    this.#sum = size;
    this.#calm = size * 2;
  }

  /**
   * Takes `count` samples and writes the samples that are ready to `outLeft`/`outRight`.
   * @returns how many were written
   */
  push(left: Float32Array, right: Float32Array, count: number, outLeft: Float32Array, outRight: Float32Array): number {
    const { delay } = this;
    const size = delay + 1;
    const { left: heldLeft, right: heldRight, smooth } = this.#history;
    let written = 0;
    for (let index = 0; index < count; index += 1) {
      const l = left[index] ?? 0;
      const r = right[index] ?? 0;
      const peak = Math.max(Math.abs(l), Math.abs(r));
      const need = peak > CEILING ? CEILING / peak : 1;
      const at = this.#seen;
      const slot = at % size;
      heldLeft[slot] = l;
      heldRight[slot] = r;
      if (need < 1) this.#calm = 0;
      else this.#calm += 1;
      if (this.#calm > size && this.#envelope === 1 && this.#sum === size) {
        // Nothing to hold back for as far as the look-ahead reaches.
        this.#lowest.length = 0;
      } else {
        this.#follow(at, need);
        this.#sum += this.#envelope - (smooth[slot] ?? 1);
        smooth[slot] = this.#envelope;
        if (this.#envelope > 0.99999 && this.#calm > 2 * size) this.#rest();
      }
      this.#seen += 1;
      if (at < delay) continue;
      const gain = this.#sum === size ? 1 : Math.min(1, this.#sum / size);
      const old = (at - delay) % size;
      outLeft[written] = (heldLeft[old] ?? 0) * gain;
      outRight[written] = (heldRight[old] ?? 0) * gain;
      written += 1;
    }
    return written;
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
    this.#history.smooth.fill(1);
    this.#sum = this.delay + 1;
    this.#lowest.length = 0;
  }
}
