import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelMask, stereoMatrix } from '../../../../main/engines/embedded/audio/downmix.ts';
import { applyGain, gainAt, segmentGains } from '../../../../main/engines/embedded/audio/gain.ts';
import { Limiter } from '../../../../main/engines/embedded/audio/limiter.ts';
import { planSound } from '../../../../main/engines/embedded/audio/plan.ts';
import { compose, segmentStretches, sourceEnd } from '../../../../main/engines/embedded/timeline/stretches.ts';
import { draft, media, segment, track } from './drafts.ts';

const second = 1_000_000;

describe('planSound', () => {
  it('lists what sounds, by start, and names the effects it leaves out', () => {
    const voice = segment(media('voice.mp3'), 2 * second, second);
    const plan = planSound(
      draft([
        track([
          {
            ...voice,
            extras: {
              ...voice.extras,
              audioEffects: [
                {
                  id: 'e',
                  type: 'audio_effect',
                  name: '萝莉',
                  resourceId: '',
                  value: 1,
                  path: '',
                  applyTarget: 0,
                  params: [],
                },
              ],
            },
          },
        ]),
        track(
          [
            segment(media('clip.mp4', { kind: 'video' }), 0, second),
            segment(media('photo.png', { kind: 'photo' }), second, second),
            segment(media('quiet.mp4', { kind: 'video' }), 2 * second, second, { volume: 0 }),
          ],
          { type: 'video' },
        ),
      ]),
    );
    expect(plan.clips.map(({ media: { name }, optional }) => [name, optional])).toEqual([
      ['clip.mp4', true],
      ['voice.mp3', false],
    ]);
    expect(plan.skippedEffects).toMatchObject([{ name: '萝莉', atUs: 2 * second }]);
  });

  it('looks through compound clips of any depth, with speed and reverse of all levels', () => {
    const innermost = draft(
      [track([segment(media('a.wav'), second, 2 * second, { speed: 2, volume: 0.5 })])],
      4 * second,
    );
    const middle = draft([
      track([segment({ type: 'compound', draft: innermost }, 0, 4 * second, { volume: 0.5 })], { type: 'video' }),
    ]);
    const outer = draft([
      track([segment({ type: 'compound', draft: middle }, 10 * second, 2 * second, { speed: 2, reverse: true })], {
        type: 'video',
      }),
    ]);
    const [clip] = planSound(outer).clips;
    // Inner time 1..3 s, doubled and from its end: timeline 10.5..11.5 s; source 4 s down to 0 at 4x.
    expect(clip?.stretches).toEqual([{ startUs: 10.5 * second, endUs: 11.5 * second, sourceUs: 4 * second, rate: -4 }]);
    expect(clip?.gains.map((line) => gainAt(line, 11 * second)).reduce((a, b) => a * b, 1)).toBe(0.25);
  });

  it('stops at a draft that contains itself in effect', () => {
    let inner = draft([track([segment(media('deep.wav'), 0, second)])]);
    for (let depth = 0; depth < 40; depth += 1)
      inner = draft([track([segment({ type: 'compound', draft: inner }, 0, second)], { type: 'video' })]);
    expect(planSound(inner).clips).toEqual([]);
  });
});

describe('time', () => {
  it('covers the clip without gaps and uses up the source, whatever the curve', () => {
    const curve = fc.array(
      fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
      {
        minLength: 2,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(curve, fc.integer({ min: second, max: 60 * second }), (speedCurve, durationUs) => {
        const clip = segment(media('x'), 500, durationUs, {
          speedCurve,
          source: { startUs: 7, durationUs: 3 * second },
        });
        const pieces = segmentStretches(clip);
        expect(pieces[0]?.startUs).toBe(500);
        expect(pieces.at(-1)?.endUs).toBeCloseTo(500 + durationUs, 2);
        let [time, source] = [500, 7];
        for (const piece of pieces) {
          expect(piece.startUs).toBeCloseTo(time, 3);
          expect(Math.abs(piece.sourceUs - source)).toBeLessThan(2);
          expect(piece.rate).toBeGreaterThan(0);
          time = piece.endUs;
          source = sourceEnd(piece);
        }
        expect(Math.abs(source - 7 - 3 * second)).toBeLessThan(10);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('is silent where nested speeds leave nothing to hear', () => {
    const fast = { startUs: 0, endUs: 10, sourceUs: 0, rate: 100 };
    expect(compose([fast], [{ startUs: 0, endUs: 1000, sourceUs: 0, rate: 100 }])).toEqual([]);
  });

  it('composes pieces: the part that both cover', () => {
    const outer = [{ startUs: 0, endUs: 10, sourceUs: 100, rate: 2 }];
    const inner = [{ startUs: 110, endUs: 200, sourceUs: 0, rate: 1 }];
    expect(compose(outer, inner)).toEqual([{ startUs: 5, endUs: 10, sourceUs: 0, rate: 2 }]);
  });
});

describe('gain', () => {
  it('holds, ramps and bends between keyframes', () => {
    const key = (offsetUs: number, value: number, curve: 'line' | 'hold' | 'bezier') => ({
      offsetUs,
      value,
      curve,
      rightControl: null,
      leftControl: null,
    });
    const clip = segment(media('x'), second, 10 * second, {
      volume: 3,
      keyframes: {
        volume: [key(0, 1, 'hold'), key(second, 0.5, 'line'), key(2 * second, 0, 'bezier'), key(3 * second, 1, 'line')],
      },
    });
    const [line] = segmentGains(clip);
    const at = (seconds: number): number => gainAt(line ?? [], seconds * second);
    expect([at(0), at(1.9), at(2), at(2.5), at(3), at(9)]).toEqual([1, 1, 0.5, 0.25, 0, 1]);
    expect(at(3.5)).toBeCloseTo(0.5, 2);
  });

  it('changes sample by sample, without steps between blocks', () => {
    const line = [
      { us: 0, gain: 0 },
      { us: 100_000, gain: 1 },
    ];
    const whole = new Float32Array(6000).fill(1);
    const pieces = new Float32Array(6000).fill(1);
    applyGain(line, 48000, 0, 6000, whole, new Float32Array(6000));
    for (let start = 0; start < 6000; start += 500)
      applyGain(line, 48000, start, 500, pieces.subarray(start, start + 500), new Float32Array(500));
    for (let index = 0; index < 6000; index += 97) {
      expect(whole[index]).toBeCloseTo(Math.min(1, index / 4800), 5);
      expect(pieces[index]).toBeCloseTo(whole[index] ?? 0, 5);
    }
  });
});

describe('downmix', () => {
  it('has a sane row for every count of channels', () => {
    for (let channels = 1; channels <= 16; channels += 1) {
      const { left, right } = stereoMatrix(channels, 0n);
      expect(left).toHaveLength(channels);
      expect(right).toHaveLength(channels);
      expect(Math.max(...left, ...right)).toBeLessThanOrEqual(1);
      expect(channelMask(channels, 0n)).toBeGreaterThan(0n);
    }
    expect(stereoMatrix(2, 3n)).toEqual({ left: [1, 0], right: [0, 1] });
  });
});

describe('limiter', () => {
  function run(input: Float32Array): Float32Array {
    const limiter = new Limiter(48000);
    const out = new Float32Array(input.length + limiter.delay);
    const padded = new Float32Array(input.length + limiter.delay);
    padded.set(input);
    const written = limiter.push(padded, padded, padded.length, out, new Float32Array(out.length));
    expect(written).toBe(input.length);
    return out.subarray(0, written);
  }

  it('passes anything below the ceiling bit for bit', () => {
    const input = Float32Array.from({ length: 20_000 }, (_, index) => 0.98 * Math.sin(index * 0.31));
    expect(run(input)).toEqual(input);
  });

  it('never lets a sample over, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 3000 }),
        (values) => {
          expect(Math.max(...run(Float32Array.from(values)).map(Math.abs))).toBeLessThanOrEqual(0.9900001);
        },
      ),
      { seed: 9, numRuns: 50 },
    );
  });

  it('comes back to the untouched signal after a burst', () => {
    const input = Float32Array.from(
      { length: 200_000 },
      (_, index) => (index < 5000 ? 3 : 0.5) * Math.sin(index * 0.2),
    );
    const out = run(input);
    expect(out.subarray(150_000)).toEqual(input.subarray(150_000));
    expect(out[40_000]).toBeCloseTo(input[40_000] ?? 0, 1);
  });
});
