import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createAudioMixer } from '../../../../main/engines/embedded/audio/index.ts';
import { picture } from '../../../support/pictures.ts';
import {
  amplitudeAt,
  from,
  onset,
  peak,
  rms,
  soundFolder,
  tone,
  writeEncoded,
  writeWav,
} from '../../../support/sound.ts';
import { draft, media, segment, track } from './drafts.ts';
import { mix } from './mix.ts';

const RATE = 48000;
const folder = soundFolder();
afterAll(() => folder.remove());

const seconds = (value: number): number => Math.round(value * 1e6);
const at = (value: number): number => Math.round(value * RATE);

describe('placement', () => {
  it('puts a clip at its exact sample and leaves silence around it', async () => {
    const file = writeWav(folder.at('ones.wav'), [() => 0.5], 1, { float: true });
    const startUs = 333_333;
    const { left, right } = await mix(draft([track([segment(media(file), startUs, 500_000)])], seconds(1)));
    const start = Math.round((startUs * RATE) / 1e6);
    const end = Math.round(((startUs + 500_000) * RATE) / 1e6);
    expect(left[start - 1]).toBe(0);
    expect(left[start]).toBe(0.5);
    expect(left[end - 1]).toBe(0.5);
    expect(left[end]).toBe(0);
    expect(right).toEqual(left);
  });

  it('takes the part of the source that the clip asks for', async () => {
    const file = writeWav(folder.at('step.wav'), [from(2.5, () => 0.25)], 3, { float: true });
    const clip = segment(media(file), 0, seconds(1), { source: { startUs: seconds(2), durationUs: seconds(1) } });
    const { left } = await mix(draft([track([clip])]));
    expect(onset(left, 0.1)).toBe(at(0.5));
  });

  it('does not depend on how many samples are asked for at a time', async () => {
    const file = writeWav(folder.at('tone44.wav'), [tone(440)], 2, { rate: 44100 });
    const source = draft([track([segment(media(file), 100_000, seconds(1.5), { speed: 1.2 })])]);
    const a = await mix(source, 333);
    const b = await mix(source, 48000);
    expect(a.left).toEqual(b.left);
  });

  it.each([
    ['aac in mp4', 'a.m4a', 'aac', 44100],
    ['mp3', 'b.mp3', 'libmp3lame', 44100],
    ['opus in ogg', 'c.opus', 'libopus', 48000],
    ['flac', 'd.flac', 'flac', 48000],
  ] as const)('starts %s within 1 ms, from the start and from the middle of the file', async (_, name, codec, rate) => {
    const beep = (when: number) => from(when, (t) => (t < 0.3 ? tone(1000, 0.6)(t) : 0));
    const file = await writeEncoded(
      folder.at(name),
      codec,
      [(t) => beep(0.4)(t) + beep(8.2)(t), (t) => beep(0.4)(t) + beep(8.2)(t)],
      10,
      rate,
    );
    const source = draft([
      track([
        segment(media(file), 0, seconds(1)),
        segment(media(file), seconds(1), seconds(1), { source: { startUs: seconds(8), durationUs: seconds(1) } }),
        segment(media(file), seconds(2), seconds(1)),
      ]),
    ]);
    const { left, warnings } = await mix(source);
    expect(warnings).toEqual([]);
    for (const expected of [0.4, 1.2, 2.4]) {
      const window = left.subarray(at(expected - 0.2), at(expected + 0.2));
      expect(Math.abs(onset(window, 0.15) - at(0.2)), `beep at ${expected}`).toBeLessThan(at(0.001) + 6);
      expect(rms(left, at(expected + 0.05), at(expected + 0.25))).toBeCloseTo(0.6 / Math.SQRT2, 1);
    }
  });
});

describe('levels', () => {
  it('multiplies volume, keyframes and fades', async () => {
    const file = writeWav(folder.at('flat.wav'), [() => 0.4], 4, { float: true });
    const keyframe = (offsetUs: number, value: number) =>
      ({ offsetUs, value, curve: 'line', rightControl: null, leftControl: null }) as const;
    const base = segment(media(file), 0, seconds(4));
    const clip = {
      ...base,
      keyframes: { volume: [keyframe(seconds(1), 1), keyframe(seconds(3), 0.5)] },
      extras: { ...base.extras, fade: { inUs: 500_000, outUs: 1_000_000 } },
    };
    const { left } = await mix(draft([track([clip])]));
    expect(left[at(0.25)]).toBeCloseTo(0.2, 3);
    expect(left[at(0.9)]).toBeCloseTo(0.4, 3);
    expect(left[at(2)]).toBeCloseTo(0.3, 3);
    expect(left[at(3.5)]).toBeCloseTo(0.1, 3);
    expect(left[at(4) - 1]).toBeLessThan(0.001);
  });

  it('sums tracks, and leaves a sum below full scale untouched', async () => {
    const a = writeWav(folder.at('sum-a.wav'), [tone(300, 0.4)], 1, { float: true });
    const b = writeWav(folder.at('sum-b.wav'), [tone(700, 0.4)], 1, { float: true });
    const { left } = await mix(
      draft([track([segment(media(a), 0, seconds(1))]), track([segment(media(b), 0, seconds(1))])]),
    );
    const expected = (index: number): number => tone(300, 0.4)(index / RATE) + tone(700, 0.4)(index / RATE);
    for (const index of [1, 777, 20_000, 47_999]) expect(left[index]).toBeCloseTo(expected(index), 5);
  });

  it('holds a sum above full scale under it without clipping its shape', async () => {
    const file = writeWav(folder.at('loud.wav'), [tone(440, 0.5)], 2, { float: true });
    const { left } = await mix(draft([track([segment(media(file), 0, seconds(2), { volume: 4 })])]));
    expect(peak(left)).toBeLessThanOrEqual(0.99);
    expect(peak(left, at(1))).toBeGreaterThan(0.95);
    const harmonics = [2, 3, 5].map((n) => amplitudeAt(left, 440 * n, RATE, at(0.5), at(1.5)));
    expect(Math.max(...harmonics)).toBeLessThan(0.02);
  });

  it.each([
    ['mono', 1, 0.5],
    ['5.1 with sound in the centre', 6, 0.5 * Math.SQRT1_2],
    ['7.1 with sound in the centre', 8, 0.5 * Math.SQRT1_2],
  ])('mixes %s down as loud as it was', async (_, channels, level) => {
    const signals = Array.from({ length: channels }, (__, index) =>
      channels === 1 || index === 2 ? tone(500, 0.5) : () => 0,
    );
    const file = writeWav(folder.at(`ch${channels}.wav`), signals, 1, { rate: 44100 });
    const { left, right } = await mix(draft([track([segment(media(file), 0, seconds(1))])]));
    expect(amplitudeAt(left, 500, RATE, at(0.1), at(0.9))).toBeCloseTo(level, 2);
    expect(amplitudeAt(right, 500, RATE, at(0.1), at(0.9))).toBeCloseTo(level, 2);
  });

  it.each([2, 6, 8])('keeps left left and right right, of %d channels', async (channels) => {
    const others = Array.from({ length: channels - 2 }, () => () => 0);
    const file = writeWav(folder.at(`lr${channels}.wav`), [tone(500), tone(900), ...others], 1, { rate: 32000 });
    const { left, right } = await mix(draft([track([segment(media(file), 0, seconds(1))])]));
    expect(amplitudeAt(left, 500, RATE)).toBeCloseTo(0.5, 2);
    expect(amplitudeAt(left, 900, RATE)).toBeLessThan(0.005);
    expect(amplitudeAt(right, 900, RATE)).toBeCloseTo(0.5, 2);
  });
});

describe('speed', () => {
  const source = writeWav(folder.at('speed.wav'), [tone(440)], 8, { rate: 44100 });

  it.each([0.5, 1.5, 2, 4])('keeps the pitch at %s times the speed', async (speed) => {
    const { left } = await mix(draft([track([segment(media(source), 0, seconds(1.5), { speed })])]));
    expect(amplitudeAt(left, 440, RATE, at(0.2), at(1.3))).toBeGreaterThan(0.45);
    expect(amplitudeAt(left, 440 * speed, RATE, at(0.2), at(1.3))).toBeLessThan(0.03);
  });

  it.each([0.5, 1.5, 2, 3])('keeps the loudness of rustle and applause at %s times the speed', async (speed) => {
    let state = 1;
    const noise = () => {
      state = (state * 48_271) % 2_147_483_647;
      return 0.4 * (state / 1_073_741_824 - 1);
    };
    const file = writeWav(folder.at('noise.wav'), [noise], 8, { float: true });
    const { left } = await mix(draft([track([segment(media(file), 0, seconds(2), { speed })])]));
    expect(rms(left)).toBeGreaterThan((0.4 / Math.sqrt(3)) * 0.97);
  });

  it.each([0.5, 1.5, 2])('lets the pitch follow %s times the speed when asked to', async (speed) => {
    const { left } = await mix(draft([track([segment(media(source), 0, seconds(1.5), { speed, keepPitch: false })])]));
    expect(amplitudeAt(left, 440 * speed, RATE, at(0.2), at(1.3))).toBeCloseTo(0.5, 2);
    expect(amplitudeAt(left, 440, RATE, at(0.2), at(1.3))).toBeLessThan(0.01);
  });

  it.each([true, false])(
    'reaches the same place of the source at the same time (pitch kept: %s)',
    async (keepPitch) => {
      const step = writeWav(folder.at('mark.wav'), [from(3, tone(800, 0.5))], 4);
      const { left } = await mix(draft([track([segment(media(step), 0, seconds(2), { speed: 2, keepPitch })])]));
      expect(Math.abs(onset(left, 0.1) - at(1.5))).toBeLessThan(keepPitch ? at(0.012) : at(0.001));
    },
  );

  it('follows a speed curve', async () => {
    // 4 s of source, half of it at 2x, half at 0.5x, no ramp worth speaking of: 1 s + 4 s.
    const mark = writeWav(folder.at('curve.wav'), [from(2, tone(800, 0.5))], 4);
    const clip = segment(media(mark), 0, seconds(5), {
      source: { startUs: 0, durationUs: seconds(4) },
      speed: 0.8,
      speedCurve: [
        { x: 0, y: 2 },
        { x: 0.4999, y: 2 },
        { x: 0.5001, y: 0.5 },
        { x: 1, y: 0.5 },
      ],
    });
    const { left } = await mix(draft([track([clip])]));
    expect(Math.abs(onset(left, 0.1) - at(1))).toBeLessThan(at(0.015));
    expect(amplitudeAt(left, 800, RATE, at(2), at(4))).toBeGreaterThan(0.45);
  });

  it('survives the slowest and the fastest speeds', async () => {
    for (const speed of [0.1, 100]) {
      const { left } = await mix(draft([track([segment(media(source), 0, 60_000, { speed })])]));
      expect(left.every(Number.isFinite)).toBe(true);
      expect(rms(left)).toBeGreaterThan(0.2);
    }
  });
});

describe('reverse', () => {
  const file = writeWav(folder.at('reverse.wav'), [from(1, (t) => (t < 0.5 ? 0.5 : 0))], 5, { float: true });

  it('plays backwards from the end of the part that it uses', async () => {
    const clip = segment(media(file), 0, seconds(5), { reverse: true });
    const { left } = await mix(draft([track([clip])]));
    expect(onset(left, 0.1)).toBe(at(3.5));
    expect(rms(left, at(3.5), at(4))).toBeCloseTo(0.5, 4);
    expect(rms(left, at(4), at(5))).toBe(0);
  });

  it('uses the copy that is reversed already', async () => {
    const copy = writeWav(folder.at('copy.wav'), [from(3.5, (t) => (t < 0.5 ? 0.25 : 0))], 5, { float: true });
    const withCopy = media(file, { reversePath: copy, durationUs: seconds(5) });
    const first = await mix(draft([track([segment(withCopy, 0, seconds(5), { reverse: true })])]));
    expect(first.left[at(3.7)]).toBe(0.25);
  });
});

describe('compound clips', () => {
  it('plays what is inside at its place, with both volumes', async () => {
    const file = writeWav(folder.at('inner.wav'), [() => 0.8], 4, { float: true });
    const inner = draft([track([segment(media(file), seconds(1), seconds(2), { volume: 0.5 })])], seconds(4));
    const outer = segment({ type: 'compound', draft: inner }, seconds(1), seconds(2), {
      trackType: 'video',
      volume: 0.5,
      source: { startUs: seconds(0.5), durationUs: seconds(2) },
    });
    const { left } = await mix(draft([track([outer], { type: 'video' })]));
    expect(onset(left, 0.01)).toBe(at(1.5));
    expect(left[at(2)]).toBeCloseTo(0.2, 5);
    expect(left[at(3) - 1]).toBeCloseTo(0.2, 5);
  });
});

describe('what cannot be heard', () => {
  it('is silent and says so once of each segment, with its time: missing, unreadable, without sound', async () => {
    const broken = folder.at('broken.mp3');
    writeFileSync(broken, 'not sound at all');
    const mute = folder.at('mute.png');
    writeFileSync(mute, picture(8, 8, '#fff').toBuffer('image/png'));
    const good = writeWav(folder.at('good.wav'), [tone(440)], 1);
    const { left, warnings } = await mix(
      draft([
        track([
          segment(media('gone.mp3'), 0, 100_000),
          segment(media(broken), 100_000, 100_000),
          segment(media(good), 200_000, 100_000),
        ]),
        track([segment(media('gone.mp3'), 0, 100_000), segment(media(mute), 100_000, 100_000)]),
        track([segment(media(mute, { kind: 'video' }), 0, 100_000)]),
      ]),
    );
    expect(warnings).toMatchObject([
      { kind: 'audio_lost', name: 'gone.mp3', reason: 'the file is missing', atUs: 0 },
      { kind: 'audio_lost', name: 'gone.mp3', reason: 'the file is missing', atUs: 0 },
      { kind: 'audio_lost', name: 'broken.mp3', atUs: 100_000 },
      { kind: 'audio_lost', name: 'mute.png', reason: 'it has no sound', atUs: 100_000 },
    ]);
    expect(rms(left, 0, at(0.2))).toBe(0);
    expect(rms(left, at(0.2))).toBeGreaterThan(0.3);
  });

  it('is silent after the end of a source that is too short', async () => {
    const short = writeWav(folder.at('short.wav'), [() => 0.5], 0.5, { float: true });
    const { left, warnings } = await mix(draft([track([segment(media(short), 0, seconds(2))])]));
    expect(rms(left, 0, at(0.49))).toBeCloseTo(0.5, 3);
    expect(rms(left, at(0.51))).toBe(0);
    expect(warnings).toEqual([]);
  });

  it('leaves out muted tracks and clips that are switched off', async () => {
    const file = writeWav(folder.at('muted.wav'), [() => 0.5], 1, { float: true });
    const { left } = await mix(
      draft([
        track([segment(media(file), 0, seconds(1))], { muted: true }),
        track([segment(media(file), 0, seconds(1), { visible: false })]),
      ]),
    );
    expect(peak(left)).toBe(0);
  });

  it('stops at once when aborted, and answers null when closed', async () => {
    const controller = new AbortController();
    const file = writeWav(folder.at('abort.wav'), [() => 0.5], 1);
    const mixer = createAudioMixer(draft([track([segment(media(file), 0, seconds(1))])]), {
      sampleRate: RATE,
      resolve: ({ path }) => path,
      signal: controller.signal,
      onWarning: () => {},
    });
    await mixer.read(100);
    controller.abort(new Error('cancelled'));
    await expect(mixer.read(100)).rejects.toThrow('cancelled');
    mixer.close();
    mixer.close();
    expect(await mixer.read(100)).toBeNull();
  });
});
