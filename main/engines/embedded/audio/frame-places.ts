/**
 * Where the frames of a sound stand, in samples. Containers round their stamps (Matroska, WebM and FLV to milliseconds),
 * which is the same all the way through a file that is read in order, but differs wherever reading begins anew: clips of
 * one recording would not fit each other. Frames are equally long in nearly every codec, so that one of them tells the
 * exact places of all.
 */
export class FramePlaces {
  #edge: number | null = null;
  readonly #tickSeconds: number;

  /** @param tickSeconds what stamps are rounded to */
  constructor(tickSeconds: number) {
    this.#tickSeconds = tickSeconds;
  }

  get known(): boolean {
    return this.#edge !== null;
  }

  /** Where a frame ends. */
  learn(edge: number): void {
    this.#edge = edge;
  }

  forget(): void {
    this.#edge = null;
  }

  /**
   * Where a frame begins that is stamped with a sample: between others when the stamp can mean that, else as stamped.
   * @param count the frame's samples
   */
  exact(stamped: number, count: number, sampleRate: number): number {
    if (this.#edge === null) return stamped;
    const place = this.#edge + Math.round((stamped - this.#edge) / count) * count;
    return Math.abs(place - stamped) <= this.#tickSeconds * sampleRate ? place : stamped;
  }
}

/**
 * How many samples before `place` the nearest one is that stands exactly on a sample of the other rate: a resampler that
 * begins there puts every sample in the same place as one that began at the start of the file.
 */
export function samplesToJoint(place: number, sourceRate: number, targetRate: number): number {
  const step = sourceRate / greatestDivisor(sourceRate, targetRate);
  return ((place % step) + step) % step;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
