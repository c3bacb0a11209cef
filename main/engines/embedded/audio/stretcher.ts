import type { SoundSource } from './sound-file.ts';
import type { TimeMap } from './time-map.ts';
import type { Voice } from './voice.ts';
import { SoundWindow } from './window.ts';

/** Half a grain: 21 ms at 48 kHz, room for the period of the lowest notes within the search. */
const HOP = 1024;
/** How far a grain may be moved to fit the last one. */
const REACH = 512;
const COARSE_STEP = 2;
const COARSE_DECIMATION = 4;

const FADE_IN = Float32Array.from({ length: HOP }, (_, index) => 0.5 - 0.5 * Math.cos((Math.PI * (index + 0.5)) / HOP));

/**
 * Speed with the pitch kept (WSOLA: overlapping grains of the source, each moved by a few milliseconds to where it
 * continues the last one best). Follows any time map without drifting: grains are placed by the map, not by counting.
 */
export class Stretcher implements Voice {
  readonly #window: SoundWindow;
  readonly #map: TimeMap;
  /** The source as it would have gone on after the last grain, left and right: fades out under the next grain. */
  readonly #tailLeft = new Float32Array(HOP);
  readonly #tailRight = new Float32Array(HOP);
  readonly #outLeft = new Float32Array(HOP);
  readonly #outRight = new Float32Array(HOP);
  #ready = 0;
  #grain = 0;

  constructor(source: SoundSource, map: TimeMap) {
    this.#window = new SoundWindow(source);
    this.#map = map;
    const start = Math.round(map.position(0));
    this.#window.move(start - HOP - REACH, start + HOP);
    this.#keepTail(HOP + REACH);
  }

  next(count: number, left: Float32Array, right: Float32Array): void {
    let done = 0;
    while (done < count) {
      if (this.#ready === 0) this.#makeGrain();
      const take = Math.min(this.#ready, count - done);
      const at = HOP - this.#ready;
      left.set(this.#outLeft.subarray(at, at + take), done);
      right.set(this.#outRight.subarray(at, at + take), done);
      this.#ready -= take;
      done += take;
    }
  }

  #makeGrain(): void {
    // The middle of the grain sits where the map says; its first half is what is given out now.
    const nominal = Math.round(this.#map.position((this.#grain + 1) * HOP)) - HOP;
    this.#window.move(Math.max(nominal - REACH, this.#window.start), nominal + REACH + 2 * HOP);
    const low = Math.max(0, nominal - REACH - this.#window.start);
    const begin = this.#bestFit(low, nominal + REACH - this.#window.start, nominal - this.#window.start);
    const { left, right } = this.#window;
    for (let index = 0; index < HOP; index += 1) {
      const rise = FADE_IN[index] ?? 0;
      this.#outLeft[index] = (left[begin + index] ?? 0) * rise + (this.#tailLeft[index] ?? 0) * (1 - rise);
      this.#outRight[index] = (right[begin + index] ?? 0) * rise + (this.#tailRight[index] ?? 0) * (1 - rise);
    }
    this.#keepTail(begin + HOP);
    this.#ready = HOP;
    this.#grain += 1;
  }

  #keepTail(index: number): void {
    this.#tailLeft.set(this.#window.left.subarray(index, index + HOP));
    this.#tailRight.set(this.#window.right.subarray(index, index + HOP));
  }

  /** Where between `low` and `high` the window looks most like the tail; `nominal` when nothing is heard. */
  #bestFit(low: number, high: number, nominal: number): number {
    let best = nominal;
    let bestScore = this.#likeness(nominal, COARSE_DECIMATION);
    for (let place = low; place <= high; place += COARSE_STEP) {
      const score = this.#likeness(place, COARSE_DECIMATION);
      if (score > bestScore + 1e-9) {
        best = place;
        bestScore = score;
      }
    }
    const coarse = best;
    bestScore = this.#likeness(best, 1);
    for (let place = Math.max(low, coarse - COARSE_STEP); place <= Math.min(high, coarse + COARSE_STEP); place += 1) {
      const score = this.#likeness(place, 1);
      if (score > bestScore + 1e-9) {
        best = place;
        bestScore = score;
      }
    }
    return best;
  }

  #likeness(place: number, decimation: number): number {
    const { left, right } = this.#window;
    let product = 0;
    let energy = 1e-9;
    for (let index = 0; index < HOP; index += decimation) {
      const here = (left[place + index] ?? 0) + (right[place + index] ?? 0);
      product += here * ((this.#tailLeft[index] ?? 0) + (this.#tailRight[index] ?? 0));
      energy += here * here;
    }
    return product / Math.sqrt(energy);
  }
}
