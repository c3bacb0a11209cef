import type { SoundSource } from './sound-file.ts';
import { Stretcher } from './stretcher.ts';
import type { TimeMap } from './time-map.ts';
import { Varispeed } from './varispeed.ts';
import type { Voice } from './voice.ts';

/** The plainest voice that plays the source through the map. */
export function createVoice(source: SoundSource, map: TimeMap, keepPitch: boolean): Voice {
  if (map.plain) return new Untouched(source, Math.round(map.position(0)));
  return keepPitch ? new Stretcher(source, map) : new Varispeed(source, map);
}

class Untouched implements Voice {
  readonly #source: SoundSource;
  #position: number;

  constructor(source: SoundSource, position: number) {
    this.#source = source;
    this.#position = position;
  }

  next(count: number, left: Float32Array, right: Float32Array): void {
    this.#source.read(this.#position, count, left, right);
    this.#position += count;
  }
}
