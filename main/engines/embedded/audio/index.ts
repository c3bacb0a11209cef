import { setImmediate as turn } from 'node:timers/promises';
import type { Draft, MediaMaterial } from '../../../drafts/model.ts';
import type { Damage } from '../../../media/damage.ts';
import { makeSoundEffect, type SoundEffect } from './effects/index.ts';
import { applyGain } from './gain.ts';
import { Limiter } from './limiter.ts';
import { type Part, partsOf } from './parts.ts';
import { planSound, type SoundPlace } from './plan.ts';
import { ReversedSound } from './reversed.ts';
import { type SoundFile, UnreadableSound } from './sound-file.ts';
import { SoundPool } from './sound-pool.ts';
import { TimeMap } from './time-map.ts';
import type { Voice } from './voice.ts';
import { createVoice } from './voices.ts';

export { planSound, type SoundClip, type SoundPlan } from './plan.ts';

/** What could not be heard as the draft asks, and where; each is told once of a segment. */
export type SoundWarning = SoundPlace &
  (
    | { readonly kind: 'audio_effect_skipped' | 'audio_effect_approximated' }
    /** A file, and what is wrong with it. */
    | { readonly kind: 'audio_lost'; readonly reason: string }
    | { readonly kind: 'audio_damaged'; readonly damage: Damage }
  );

export interface AudioMixerOptions {
  readonly sampleRate: 48000;
  /** The file on disk for a material, or null when there is none. Reversed copies are asked for with `path` = `reversePath`. */
  readonly resolve: (media: MediaMaterial) => string | null;
  readonly signal: AbortSignal;
  readonly onWarning: (warning: SoundWarning) => void;
}

export interface AudioMixer {
  readonly totalSamples: number;
  /**
   * The next `frames` stereo samples (fewer at the end), -1..1; null after the last.
   * @throws the signal's reason once it is aborted
   */
  read(frames: number): Promise<{ left: Float32Array; right: Float32Array } | null>;
  /** Closes every file. Safe to call twice. */
  close(): void;
}

/** Mixed at once, whatever the caller asks for: the result does not depend on the caller's steps. */
const BLOCK = 4096;
/** Other work gets a turn at least once in this many blocks. */
const BLOCKS_PER_TURN = 12;

interface Playing extends Part {
  readonly voice: Voice;
  readonly file: SoundFile;
  readonly effects: readonly SoundEffect[];
}

/** The whole draft's sound as one stream: planned at once, decoded as it is read, never clipping. */
export function createAudioMixer(draft: Draft, options: AudioMixerOptions): AudioMixer {
  return new Mixer(draft, options);
}

class Mixer implements AudioMixer {
  readonly totalSamples: number;
  readonly #options: AudioMixerOptions;
  readonly #pool: SoundPool;
  readonly #limiter: Limiter;
  readonly #waiting: Part[];
  #playing: Playing[] = [];
  readonly #told = new Set<string>();
  /** Mixed so far, and given out so far, in samples. */
  #mixed = 0;
  #given = 0;
  readonly #ready = { left: new Float32Array(BLOCK * 2), right: new Float32Array(BLOCK * 2), from: 0, length: 0 };
  readonly #block = { left: new Float32Array(BLOCK), right: new Float32Array(BLOCK) };
  readonly #voice = { left: new Float32Array(BLOCK), right: new Float32Array(BLOCK) };
  #blocks = 0;
  #closed = false;

  constructor(draft: Draft, options: AudioMixerOptions) {
    const plan = planSound(draft);
    const { sampleRate } = options;
    this.#options = options;
    this.totalSamples = Math.round((plan.durationUs * sampleRate) / 1e6);
    this.#pool = new SoundPool(sampleRate);
    this.#limiter = new Limiter(sampleRate);
    this.#waiting = partsOf(plan.clips, sampleRate);
    for (const skipped of plan.skippedEffects) this.#tell({ kind: 'audio_effect_skipped', ...skipped });
  }

  async read(frames: number): Promise<{ left: Float32Array; right: Float32Array } | null> {
    const count = Math.min(Math.floor(frames), this.totalSamples - this.#given);
    if (!(count > 0) || this.#closed) return null;
    const left = new Float32Array(count);
    const right = new Float32Array(count);
    let done = 0;
    while (done < count) {
      this.#options.signal.throwIfAborted();
      const ready = this.#ready;
      if (ready.length === 0) {
        await this.#mixBlock();
        continue;
      }
      const take = Math.min(ready.length, count - done);
      left.set(ready.left.subarray(ready.from, ready.from + take), done);
      right.set(ready.right.subarray(ready.from, ready.from + take), done);
      ready.from += take;
      ready.length -= take;
      done += take;
    }
    this.#given += count;
    return { left, right };
  }

  close(): void {
    this.#closed = true;
    this.#playing = [];
    this.#waiting.length = 0;
    this.#pool.close();
  }

  /** Mixes BLOCK more samples (silence past the end, which pushes the limiter's last samples out). */
  async #mixBlock(): Promise<void> {
    const { left, right } = this.#block;
    left.fill(0);
    right.fill(0);
    await this.#start(this.#mixed + BLOCK);
    for (const playing of this.#playing) this.#add(playing);
    const from = this.#mixed;
    this.#mixed += BLOCK;
    this.#playing = this.#playing.filter((playing) => {
      const over = playing.map.endSample <= this.#mixed;
      if (over) this.#leave(playing);
      return !over;
    });
    // Nothing sounds after the end, not even where a clip outlasts the draft.
    const end = Math.max(0, this.totalSamples - from);
    left.fill(0, Math.min(BLOCK, end));
    right.fill(0, Math.min(BLOCK, end));
    this.#ready.from = 0;
    this.#ready.length = this.#limiter.push(left, right, BLOCK, this.#ready.left, this.#ready.right);
    this.#blocks += 1;
    if (this.#blocks % BLOCKS_PER_TURN === 0) await turn();
  }

  async #start(until: number): Promise<void> {
    while ((this.#waiting[0]?.map.startSample ?? until) < until) {
      const part = this.#waiting.shift();
      if (part === undefined) return;
      part.run.playing ??= await this.#begin(part);
      if (part.run.playing !== null)
        this.#playing.push({ ...part, ...part.run.playing, effects: this.#effectsOf(part) });
    }
  }

  async #begin(part: Part): Promise<Part['run']['playing']> {
    const file = await this.#open(part);
    if (file === null) return null;
    const map = new TimeMap(part.run.stretches, this.#options.sampleRate);
    const source = map.backwards ? new ReversedSound(file, this.#options.sampleRate) : file;
    return { file, voice: createVoice(source, map, part.clip.keepPitch) };
  }

  /** A part is over; its file is free when nothing goes on from it. */
  #leave({ run, file }: Playing): void {
    run.left -= 1;
    if (run.left === 0) this.#pool.giveBack(file);
  }

  #effectsOf(part: Part): SoundEffect[] {
    return part.clip.effects.flatMap((effect) => {
      this.#tell({ kind: 'audio_effect_approximated', ...this.#placeOf(part, effect.name) });
      return makeSoundEffect(effect, this.#options.sampleRate) ?? [];
    });
  }

  #add(playing: Playing): void {
    const { clip, map, voice, file, effects } = playing;
    const from = Math.max(0, map.startSample - this.#mixed);
    const to = Math.min(BLOCK, map.endSample - this.#mixed);
    const count = to - from;
    if (count <= 0) return;
    const { left, right } = this.#voice;
    voice.next(count, left, right);
    this.#watch(playing, file);
    for (const effect of effects) effect.apply(left, right, count);
    for (const line of clip.gains) {
      applyGain(line, this.#options.sampleRate, this.#mixed + from, count, left, right);
    }
    for (let index = 0; index < count; index += 1) {
      const l = left[index] ?? 0;
      const r = right[index] ?? 0;
      // A decoder's NaN must not silence everything after it.
      this.#block.left[from + index] = (this.#block.left[from + index] ?? 0) + (Number.isFinite(l) ? l : 0);
      this.#block.right[from + index] = (this.#block.right[from + index] ?? 0) + (Number.isFinite(r) ? r : 0);
    }
  }

  async #open(part: Part): Promise<SoundFile | null> {
    const { media, reversedCopy, optional } = part.clip;
    const place = this.#placeOf(part, media.name);
    const path = this.#options.resolve(reversedCopy ? { ...media, path: media.reversePath } : media);
    if (path === null) {
      this.#tell({ kind: 'audio_lost', reason: 'the file is missing', ...place });
      return null;
    }
    try {
      return await this.#pool.take(path);
    } catch (error) {
      if (!(error instanceof UnreadableSound)) throw error;
      const expected = optional && error.reason === 'no-audio';
      if (!expected) this.#tell({ kind: 'audio_lost', reason: error.message, ...place });
      return null;
    }
  }

  #watch(part: Part, file: SoundFile): void {
    const damage = file.takeDamage();
    if (damage === null) return;
    this.#tell({ kind: 'audio_damaged', damage, ...this.#placeOf(part, part.clip.media.name) });
  }

  #placeOf({ clip: { segmentId }, map: { startSample } }: Part, name: string): SoundPlace {
    return { name, segmentId, atUs: (startSample * 1e6) / this.#options.sampleRate };
  }

  #tell(warning: SoundWarning): void {
    const key = `${warning.kind} ${warning.segmentId} ${warning.name}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#options.onWarning(warning);
  }
}
