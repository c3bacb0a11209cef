import { afterAll, describe, expect, it } from 'vitest';
import {
  makeSoundEffect,
  soundEffectFidelity,
  soundEffects,
} from '../../../../main/engines/embedded/audio/effects/index.ts';
import { createAudioMixer, type SoundWarning } from '../../../../main/engines/embedded/audio/index.ts';
import { amplitudeAt, rms, type Signal, samplesOf, soundFolder, tone, writeWav } from '../../../support/sound.ts';
import { draft, media, segment, track } from './drafts.ts';

const RATE = 48_000;
const folder = soundFolder();
afterAll(() => folder.remove());

interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

const named = (name: string, strength?: number, slider = '强度') => ({
  name,
  params: strength === undefined ? [] : [{ name: slider, value: strength }],
});

function heard(name: string, signal: Signal, seconds = 1, strength?: number, step = 4096): Sound {
  const effect = makeSoundEffect(named(name, strength), RATE);
  if (effect === null) throw new Error(`${name} is not built`);
  const left = samplesOf(signal, seconds, RATE);
  const right = left.slice();
  for (let from = 0; from < left.length; from += step) {
    const to = Math.min(left.length, from + step);
    effect.apply(left.subarray(from, to), right.subarray(from, to), to - from);
  }
  return { left, right };
}

/** How loud a tone comes out, against how loud it went in. */
function gainAt(name: string, hertz: number, strength?: number): number {
  const { left } = heard(name, tone(hertz, 0.1), 1, strength);
  return amplitudeAt(left.subarray(RATE / 2), hertz, RATE) / 0.1;
}

const click: Signal = (seconds) => (seconds < 0.5 / RATE ? 1 : 0);
const voice: Signal = (seconds) => tone(220, 0.2)(seconds) + tone(1_300, 0.15)(seconds) + tone(5_200, 0.1)(seconds);

describe.each(soundEffects.map((entry) => [entry.family, entry] as const))('%s', (_, { make }) => {
  const run = (signal: Signal, step: number, amount = 1): Sound => {
    const effect = make(RATE, amount);
    const [left, right] = [samplesOf(signal, 1, RATE), samplesOf((s) => 0.9 * signal(s), 1, RATE)];
    for (let from = 0; from < left.length; from += step) {
      const to = Math.min(left.length, from + step);
      effect.apply(left.subarray(from, to), right.subarray(from, to), to - from);
    }
    return { left, right };
  };

  it('changes the sound, and never beyond measure', () => {
    const { left, right } = run(voice, 4096);
    const before = samplesOf(voice, 1, RATE);
    expect(rms(left.map((sample, index) => sample - (before[index] ?? 0)))).toBeGreaterThan(0.01);
    for (const channel of [left, right]) {
      expect(channel.every(Number.isFinite)).toBe(true);
      expect(Math.max(...channel.map(Math.abs))).toBeLessThan(1.6);
      expect(rms(channel)).toBeGreaterThan(rms(before) / 6);
    }
  });

  it('sounds the same in blocks of any size', () => {
    const [whole, parts] = [run(voice, RATE), run(voice, 777)];
    const apart = whole.left.map((sample, index) => Math.abs(sample - (parts.left[index] ?? 0)));
    expect(Math.max(...apart)).toBeLessThan(1e-5);
  });

  it('leaves silence silent, and everything as it is at strength 0', () => {
    expect(rms(run(() => 0, 4096).left)).toBe(0);
    expect(run(voice, 4096, 0).left).toEqual(samplesOf(voice, 1, RATE));
  });

  it('lives on after a damaged sample', () => {
    const effect = make(RATE, 1);
    const [left, right] = [samplesOf(voice, 1, RATE), samplesOf(voice, 1, RATE)];
    left[100] = Number.NaN;
    right[200] = Number.POSITIVE_INFINITY;
    for (let from = 0; from < RATE; from += 4096)
      effect.apply(left.subarray(from, from + 4096), right.subarray(from, from + 4096), Math.min(4096, RATE - from));
    expect(left.subarray(RATE / 2).every(Number.isFinite)).toBe(true);
    expect(rms(right.subarray(RATE / 2))).toBeGreaterThan(0.01);
  });
});

describe('what some do', () => {
  it('a telephone has neither depth nor brightness', () => {
    const middle = gainAt('电话', 1_000);
    expect(gainAt('电话', 80)).toBeLessThan(middle / 8);
    expect(gainAt('电话', 10_000)).toBeLessThan(middle / 6);
  });

  it('a clear voice is brighter, less boomy, and does not rumble', () => {
    expect(gainAt('人声增强3', 3_200)).toBeGreaterThan(1.4);
    expect(gainAt('人声增强3', 260)).toBeLessThan(0.85);
    expect(gainAt('人声增强3', 30)).toBeLessThan(0.3);
    expect(gainAt('人声增强3', 3_200, 0.5)).toBeCloseTo((1 + gainAt('人声增强3', 3_200)) / 2, 1);
  });

  it('more bass is more bass, and nothing else', () => {
    expect(gainAt('低音增强', 50)).toBeGreaterThan(1.5);
    expect(gainAt('超重低音', 50)).toBeGreaterThan(gainAt('低音增强', 50));
    expect(Math.abs(gainAt('低音增强', 3_000) - 0.8)).toBeLessThan(0.05);
  });

  it('an echo comes back again and again, quieter', () => {
    const { left } = heard('回音', click, 1);
    const around = (seconds: number) => {
      const at = Math.round(seconds * RATE);
      return Math.max(...left.subarray(at - 200, at + 400).map(Math.abs));
    };
    expect(around(0.26)).toBeGreaterThan(0.2);
    expect(around(0.52)).toBeGreaterThan(0.05);
    expect(around(0.52)).toBeLessThan(around(0.26) / 2);
    expect(Math.max(...left.subarray(RATE * 0.1, RATE * 0.2).map(Math.abs))).toBe(0);
  });

  it('a church rings much longer than a room, and the ears do not hear the same', () => {
    const tail = (name: string) => rms(heard(name, click, 2).left.subarray(RATE * 1.2));
    expect(tail('教堂')).toBeGreaterThan(50 * tail('房间'));
    const { left, right } = heard('教堂', click, 1);
    expect(rms(left.map((sample, index) => sample - (right[index] ?? 0)))).toBeGreaterThan(rms(left) / 4);
  });

  it('sound that goes round is on one side, then on the other', () => {
    const { left, right } = heard('环绕音', tone(440, 0.3), 4);
    const louder = (seconds: number) => {
      const [from, to] = [seconds * RATE, (seconds + 0.3) * RATE];
      return rms(left.subarray(from, to)) > rms(right.subarray(from, to)) ? 'left' : 'right';
    };
    expect([louder(0.85), louder(2.85)]).toEqual(['right', 'left']);
  });
});

describe('names', () => {
  it.each([
    ['人声增强', 'clear-voice'],
    ['楼道回声', 'echo'],
    ['楼道', 'hallway'],
    ['低保真扩音器', 'megaphone'],
    ['复古收音机2', 'radio'],
    ['360度环绕音', 'around'],
    ['Telephone', 'telephone'],
  ])('%s is %s', (name, family) => {
    expect(soundEffects.find(({ words }) => words.test(name.toLowerCase()))?.family).toBe(family);
    expect(soundEffectFidelity({ name })).toBe('approximated');
  });

  it.each(['Autotune', '萝莉', '下雨', '没电了', '', 'constructor'])('%s is left out, and reported', (name) => {
    expect(soundEffectFidelity({ name })).toBe('not_drawn');
    expect(makeSoundEffect(named(name), RATE)).toBeNull();
  });
});

describe('a clip with sound effects', () => {
  it('is heard through them, and says so; what cannot be built is named', async () => {
    const file = writeWav(folder.at('two.wav'), [(s) => tone(90, 0.3)(s) + tone(1_000, 0.3)(s)], 1, { float: true });
    const effect = (name: string) => ({
      id: name,
      type: 'audio_effect',
      name,
      resourceId: '',
      value: 1,
      path: '',
      applyTarget: 0,
      params: [],
    });
    const plain = segment(media(file), 0, 1e6);
    const clip = { ...plain, extras: { ...plain.extras, audioEffects: [effect('电话'), effect('Autotune')] } };
    const warnings: SoundWarning[] = [];
    const mixer = createAudioMixer(draft([track([clip])]), {
      sampleRate: RATE,
      resolve: ({ path }) => path,
      signal: new AbortController().signal,
      onWarning: (warning) => warnings.push(warning),
    });
    const mixed = await mixer.read(RATE);
    mixer.close();
    const left = mixed?.left.subarray(RATE / 2) ?? new Float32Array(1);
    expect(amplitudeAt(left, 90, RATE)).toBeLessThan(amplitudeAt(left, 1_000, RATE) / 6);
    expect(warnings).toMatchObject([
      { kind: 'audio_effect_skipped', name: 'Autotune' },
      { kind: 'audio_effect_approximated', name: '电话' },
    ]);
  });
});
