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
  readonly #tailMono = new Float64Array(HOP);
  #mono = new Float64Array(0);
  #energy = new Float64Array(1);
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
    const alike = this.#correlation(begin);
    for (let index = 0; index < HOP; index += 1) {
      const fadeIn = FADE_IN[index] ?? 0;
      const fadeOut = 1 - fadeIn;
      // Sounds that are alike add up to their own level; the less they are, the more of it is lost in between.
      const level = 1 / Math.sqrt(fadeIn * fadeIn + fadeOut * fadeOut + 2 * alike * fadeIn * fadeOut);
      const [rise, fall] = [fadeIn * level, fadeOut * level];
      this.#outLeft[index] = (left[begin + index] ?? 0) * rise + (this.#tailLeft[index] ?? 0) * fall;
      this.#outRight[index] = (right[begin + index] ?? 0) * rise + (this.#tailRight[index] ?? 0) * fall;
    }
    this.#keepTail(begin + HOP);
    this.#ready = HOP;
    this.#grain += 1;
  }

  /** How alike the tail and the window at `place` are: 1 = the same sound, 0 = they have nothing in common. */
  #correlation(place: number): number {
    let [product, before, after] = [0, 0, 0];
    for (let index = 0; index < HOP; index += 1) {
      const [old, fresh] = [this.#tailMono[index] as number, this.#mono[place + index] as number];
      product += old * fresh;
      before += old * old;
      after += fresh * fresh;
    }
    const most = Math.sqrt(before * after);
    return most > 0 ? Math.min(1, Math.max(0, product / most)) : 1;
  }

  #keepTail(index: number): void {
    this.#tailLeft.set(this.#window.left.subarray(index, index + HOP));
    this.#tailRight.set(this.#window.right.subarray(index, index + HOP));
  }

  /** Where between `low` and `high` the window looks most like the tail; `nominal` when nothing is heard. */
  #bestFit(low: number, high: number, nominal: number): number {
    this.#mixDown(high + HOP);
    const coarse = this.#search(low, high, COARSE_STEP, COARSE_DECIMATION, nominal);
    return this.#search(Math.max(low, coarse - COARSE_STEP), Math.min(high, coarse + COARSE_STEP), 1, 1, coarse);
  }

  #search(low: number, high: number, step: number, decimation: number, nominal: number): number {
    let best = nominal;
    let bestScore = this.#likeness(nominal, decimation);
    for (let place = low; place <= high; place += step) {
      const score = this.#likeness(place, decimation);
      if (score > bestScore + 1e-9) {
        best = place;
        bestScore = score;
      }
    }
    return best;
  }

  /** Correlation of the tail with the window at `place`, not counting how loud the window is there. */
  #likeness(place: number, decimation: number): number {
    const mono = this.#mono;
    const tail = this.#tailMono;
    let product = 0;
    for (let index = 0; index < HOP; index += decimation) {
      product += (mono[place + index] as number) * (tail[index] as number);
    }
    const energy = (this.#energy[place + HOP] as number) - (this.#energy[place] as number);
    return (product * decimation) / Math.sqrt(Math.max(0, energy) + 1e-9);
  }

  /** One channel of the window and of the tail to compare, and the running sum of the window's squares. */
  #mixDown(length: number): void {
    if (this.#mono.length < length) {
      this.#mono = new Float64Array(length);
      this.#energy = new Float64Array(length + 1);
    }
    const { left, right } = this.#window;
    let sum = 0;
    for (let index = 0; index < length; index += 1) {
      const value = (left[index] ?? 0) + (right[index] ?? 0);
      this.#mono[index] = value;
      sum += value * value;
      this.#energy[index + 1] = sum;
    }
    for (let index = 0; index < HOP; index += 1) {
      this.#tailMono[index] = (this.#tailLeft[index] ?? 0) + (this.#tailRight[index] ?? 0);
    }
  }
}
