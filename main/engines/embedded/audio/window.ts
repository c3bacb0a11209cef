import type { SoundSource } from './sound-file.ts';

/** A movable view on a source whose start only ever goes forward: what overlaps is kept, what is new is read. */
export class SoundWindow {
  left = new Float32Array(8192);
  right = new Float32Array(8192);
  /** Source position of index 0. */
  start = 0;
  readonly #source: SoundSource;
  #length = 0;

  constructor(source: SoundSource) {
    this.#source = source;
  }

  /** Afterwards indices `from - start` to `to - start` hold the samples from `from` to `to`. */
  move(from: number, to: number): void {
    const end = this.start + this.#length;
    if (from >= end || from < this.start) {
      this.start = from;
      this.#length = 0;
    } else if (from > this.start) {
      const drop = from - this.start;
      this.left.copyWithin(0, drop, this.#length);
      this.right.copyWithin(0, drop, this.#length);
      this.start = from;
      this.#length -= drop;
    }
    const missing = to - (this.start + this.#length);
    if (missing <= 0) return;
    this.#grow(this.#length + missing);
    this.#source.read(
      this.start + this.#length,
      missing,
      this.left.subarray(this.#length),
      this.right.subarray(this.#length),
    );
    this.#length += missing;
  }

  #grow(size: number): void {
    if (size <= this.left.length) return;
    const bigger = (old: Float32Array<ArrayBuffer>) => {
      const grown = new Float32Array(size * 2);
      grown.set(old);
      return grown;
    };
    this.left = bigger(this.left);
    this.right = bigger(this.right);
  }
}
