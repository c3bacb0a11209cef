import type { SoundSource } from './sound-file.ts';
import type { TimeMap } from './time-map.ts';
import type { Voice } from './voice.ts';
import { SoundWindow } from './window.ts';

/** Zero crossings of the kernel on each side. */
const CROSSINGS = 16;
const STEPS = 256;
/** Pass band, as a share of the lower of the two Nyquist frequencies. */
const PASS = 0.95;
const MAX_REACH = 512;
const BLOCK = 256;

/** Hann-windowed sinc, STEPS values a crossing. */
const KERNEL = Float64Array.from({ length: CROSSINGS * STEPS + 2 }, (_, index) => {
  const x = index / STEPS;
  if (x >= CROSSINGS) return 0;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / CROSSINGS));
});

/** Speed like a tape's: pitch follows. Band-limited, so that faster playing does not alias. */
export class Varispeed implements Voice {
  readonly #window: SoundWindow;
  readonly #map: TimeMap;
  #offset = 0;

  constructor(source: SoundSource, map: TimeMap) {
    this.#window = new SoundWindow(source);
    this.#map = map;
    this.#window.start = Math.floor(map.position(0)) - MAX_REACH;
  }

  next(count: number, left: Float32Array, right: Float32Array): void {
    for (let done = 0; done < count; done += BLOCK) {
      const block = Math.min(BLOCK, count - done);
      this.#block(block, left.subarray(done, done + block), right.subarray(done, done + block));
    }
  }

  #block(count: number, left: Float32Array, right: Float32Array): void {
    const from = Math.floor(this.#map.position(this.#offset)) - MAX_REACH;
    const to = Math.ceil(this.#map.position(this.#offset + count - 1)) + MAX_REACH;
    this.#window.move(Math.max(from, this.#window.start), to);
    const { left: l, right: r, start } = this.#window;
    for (let index = 0; index < count; index += 1, this.#offset += 1) {
      const position = this.#map.position(this.#offset);
      const cutoff = PASS / Math.max(1, this.#map.rate(this.#offset));
      const reach = Math.min(MAX_REACH, Math.ceil(CROSSINGS / cutoff));
      const middle = Math.floor(position);
      let sumLeft = 0;
      let sumRight = 0;
      for (let at = Math.max(middle - reach + 1, start); at <= middle + reach; at += 1) {
        const x = Math.abs(at - position) * cutoff * STEPS;
        const step = Math.floor(x);
        if (step >= CROSSINGS * STEPS) continue;
        const low = KERNEL[step] ?? 0;
        const weight = low + ((KERNEL[step + 1] ?? 0) - low) * (x - step);
        sumLeft += (l[at - start] ?? 0) * weight;
        sumRight += (r[at - start] ?? 0) * weight;
      }
      left[index] = sumLeft * cutoff;
      right[index] = sumRight * cutoff;
    }
  }
}
