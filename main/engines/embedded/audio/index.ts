import { setImmediate as turn } from 'node:timers/promises';
import type { Draft, MediaMaterial } from '../../../drafts/model.ts';
import type { Damage } from '../../../media/damage.ts';
import { makeSoundEffect, type SoundEffect } from './effects/index.ts';
import { applyGain } from './gain.ts';
import { Limiter } from './limiter.ts';
import { planSound, type SoundClip } from './plan.ts';
import { ReversedSound } from './reversed.ts';
import { type SoundFile, UnreadableSound } from './sound-file.ts';
import { SoundPool } from './sound-pool.ts';
import { contiguous, TimeMap } from './time-map.ts';
import type { Voice } from './voice.ts';
import { createVoice } from './voices.ts';

export { planSound, type SoundClip, type SoundPlan } from './plan.ts';

/** What could not be heard as the draft asks; `name` is the file's or effect's name. Each is told once. */
export type SoundWarning =
  | {
      readonly kind:
        | 'audio_missing'
        | 'audio_unreadable'
        | 'audio_no_stream'
        | 'audio_effect_skipped'
        | 'audio_effect_approximated';
      readonly name: string;
    }
  | { readonly kind: 'audio_damaged'; readonly name: string; readonly damage: Damage; readonly atUs: number };

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

interface Part {
  readonly clip: SoundClip;
  readonly map: TimeMap;
}

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
    this.#waiting = plan.clips
      .flatMap((clip) => contiguous(clip.stretches).map((group) => ({ clip, map: new TimeMap(group, sampleRate) })))
      .filter(({ map }) => map.endSample > map.startSample)
      .sort((a, b) => a.map.startSample - b.map.startSample);
    for (const name of plan.skippedEffects) this.#warn('audio_effect_skipped', name);
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
      if (over) this.#pool.giveBack(playing.file);
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
      const { clip, map } = part;
      const file = await this.#open(clip);
      if (file === null) continue;
      const source = map.backwards ? new ReversedSound(file, this.#options.sampleRate) : file;
      const voice = createVoice(source, map, clip.keepPitch);
      this.#playing.push({ clip, map, file, voice, effects: this.#effectsOf(clip) });
    }
  }

  #effectsOf({ effects }: SoundClip): SoundEffect[] {
    return effects.flatMap((effect) => {
      this.#warn('audio_effect_approximated', effect.name);
      return makeSoundEffect(effect, this.#options.sampleRate) ?? [];
    });
  }

  #add({ clip, map, voice, file, effects }: Playing): void {
    const from = Math.max(0, map.startSample - this.#mixed);
    const to = Math.min(BLOCK, map.endSample - this.#mixed);
    const count = to - from;
    if (count <= 0) return;
    const { left, right } = this.#voice;
    voice.next(count, left, right);
    this.#watch(clip, map, file);
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

  async #open({ media, reversedCopy, optional }: SoundClip): Promise<SoundFile | null> {
    const path = this.#options.resolve(reversedCopy ? { ...media, path: media.reversePath } : media);
    if (path === null) {
      this.#warn('audio_missing', media.name);
      return null;
    }
    try {
      return await this.#pool.take(path);
    } catch (error) {
      if (!(error instanceof UnreadableSound)) throw error;
      if (error.reason === 'missing') this.#warn('audio_missing', media.name);
      else if (error.reason === 'unreadable') this.#warn('audio_unreadable', media.name);
      else if (!optional) this.#warn('audio_no_stream', media.name);
      return null;
    }
  }

  #watch({ media: { name } }: SoundClip, { startSample }: TimeMap, file: SoundFile): void {
    const damage = file.takeDamage();
    if (damage === null) return;
    const atUs = (startSample * 1e6) / this.#options.sampleRate;
    this.#options.onWarning({ kind: 'audio_damaged', name, damage, atUs });
  }

  #warn(kind: Exclude<SoundWarning['kind'], 'audio_damaged'>, name: string): void {
    const key = `${kind} ${name}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#options.onWarning({ kind, name });
  }
}
