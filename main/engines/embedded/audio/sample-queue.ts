/**
 * Stereo samples by position: appended at the end, dropped at the front, read anywhere between. Positions that were
 * skipped by `moveTo` read as silence.
 */
export class SampleQueue {
  #left = new Float32Array(16384);
  #right = new Float32Array(16384);
  #start = 0;
  #length = 0;

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#start + this.#length;
  }

  /** Empties the queue; the next samples stand at `position`. */
  reset(position: number): void {
    this.#start = position;
    this.#length = 0;
  }

  /** The next samples stand at `position`: silence up to it when it lies ahead, the overlap dropped when behind. */
  moveTo(position: number): void {
    if (this.#length === 0) {
      this.#start = position;
      return;
    }
    const step = position - this.end;
    if (step <= 0) {
      this.#length = Math.max(0, this.#length + step);
      if (this.#length === 0) this.#start = position;
      return;
    }
    // A long hole is kept as one: nobody holds minutes of zeros.
    if (step > this.#left.length) {
      this.reset(position);
      return;
    }
    const { left, right } = this.room(step);
    left.fill(0, 0, step);
    right.fill(0, 0, step);
    this.#length += step;
  }

  /** Space for `count` more samples at the end; `added` says how many were written. */
  room(count: number): { left: Float32Array; right: Float32Array } {
    if (this.#length + count > this.#left.length) {
      const size = Math.max(this.#left.length * 2, this.#length + count);
      const grow = (old: Float32Array<ArrayBuffer>) => {
        const bigger = new Float32Array(size);
        bigger.set(old.subarray(0, this.#length));
        return bigger;
      };
      this.#left = grow(this.#left);
      this.#right = grow(this.#right);
    }
    return { left: this.#left.subarray(this.#length), right: this.#right.subarray(this.#length) };
  }

  added(count: number): void {
    this.#length += count;
  }

  dropBefore(position: number): void {
    const drop = Math.min(this.#length, Math.max(0, position - this.#start));
    if (drop === 0) return;
    this.#left.copyWithin(0, drop, this.#length);
    this.#right.copyWithin(0, drop, this.#length);
    this.#start += drop;
    this.#length -= drop;
  }

  /** Copies what there is of [position, position + count) to `left`/`right` from `offset` on; the rest is left alone. */
  copy(position: number, count: number, left: Float32Array, right: Float32Array, offset: number): void {
    const from = Math.max(position, this.#start);
    const to = Math.min(position + count, this.end);
    if (to <= from) return;
    const at = offset + from - position;
    left.set(this.#left.subarray(from - this.#start, to - this.#start), at);
    right.set(this.#right.subarray(from - this.#start, to - this.#start), at);
  }
}
