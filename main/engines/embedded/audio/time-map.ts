import { type Stretch, sourceEnd } from '../timeline/stretches.ts';

/** Gaps and jumps below this are rounding. */
const SAME_US = 20;

/** Groups of pieces that follow each other in time and in the source without a gap. */
export function contiguous(stretches: readonly Stretch[]): Stretch[][] {
  const groups: Stretch[][] = [];
  for (const stretch of stretches) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const joins =
      last !== undefined &&
      Math.abs(last.endUs - stretch.startUs) < SAME_US &&
      Math.abs(sourceEnd(last) - stretch.sourceUs) < SAME_US &&
      Math.sign(last.rate) === Math.sign(stretch.rate);
    if (joins && group !== undefined) group.push(stretch);
    else groups.push([stretch]);
  }
  return groups;
}

/**
 * Where in the source each output sample comes from, in samples. For a clip that plays backwards the source is counted
 * backwards too (position = -samples), so that positions always grow.
 */
export class TimeMap {
  readonly startSample: number;
  readonly endSample: number;
  readonly backwards: boolean;
  /** Every piece at its natural speed. */
  readonly plain: boolean;
  readonly stretches: readonly Stretch[];
  readonly #perUs: number;
  #at = 0;

  constructor(stretches: readonly Stretch[], sampleRate: number) {
    this.stretches = stretches;
    this.#perUs = sampleRate / 1e6;
    this.startSample = Math.round((stretches[0]?.startUs ?? 0) * this.#perUs);
    this.endSample = Math.round((stretches.at(-1)?.endUs ?? 0) * this.#perUs);
    this.backwards = (stretches[0]?.rate ?? 1) < 0;
    this.plain = stretches.every(({ rate }) => Math.abs(Math.abs(rate) - 1) < 1e-6);
  }

  /**
   * Source position for output sample `offset` counted from `startSample`; may be a fraction, or lie outside the clip.
   * Counted from the sample, not from the cut beside it: clips that continue each other then do so sample by sample.
   */
  position(offset: number): number {
    const us = this.#timeOf(offset);
    const stretch = this.#stretchAt(us);
    if (stretch === undefined) return 0;
    const source = (stretch.sourceUs + (us - stretch.startUs) * stretch.rate) * this.#perUs;
    return this.backwards ? -source : source;
  }

  /** Source samples per output sample there. */
  rate(offset: number): number {
    return Math.abs(this.#stretchAt(this.#timeOf(offset))?.rate ?? 1);
  }

  #timeOf(offset: number): number {
    return (this.startSample + offset) / this.#perUs;
  }

  #stretchAt(us: number): Stretch | undefined {
    const list = this.stretches;
    while (this.#at > 0 && us < (list[this.#at]?.startUs ?? 0)) this.#at -= 1;
    while (this.#at < list.length - 1 && us >= (list[this.#at]?.endUs ?? 0)) this.#at += 1;
    return list[this.#at];
  }
}
