import type { SoundSource } from './sound-file.ts';

const BLOCK_SECONDS = 2;

/** A source read from its end: position `q` is the source's sample `-1 - q`. Decodes block by block, last one first. */
export class ReversedSound implements SoundSource {
  readonly #source: SoundSource;
  readonly #size: number;
  readonly #left: Float32Array;
  readonly #right: Float32Array;
  /** Number of the block in hand. */
  #block: number | null = null;

  constructor(source: SoundSource, sampleRate: number) {
    this.#source = source;
    this.#size = BLOCK_SECONDS * sampleRate;
    this.#left = new Float32Array(this.#size);
    this.#right = new Float32Array(this.#size);
  }

  read(position: number, count: number, left: Float32Array, right: Float32Array): void {
    for (let index = 0; index < count; index += 1) {
      const sample = -1 - (position + index);
      const block = Math.floor(sample / this.#size);
      if (block !== this.#block) {
        this.#source.read(block * this.#size, this.#size, this.#left, this.#right);
        this.#block = block;
      }
      const at = sample - block * this.#size;
      left[index] = this.#left[at] ?? 0;
      right[index] = this.#right[at] ?? 0;
    }
  }

  close(): void {
    this.#source.close();
  }
}
