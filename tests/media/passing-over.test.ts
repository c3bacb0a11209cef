import { AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP9 } from 'node-av';
import { describe, expect, test } from 'vitest';
import { hasPassableFrames, PassingOver } from '../../main/media/passing-over.ts';

const frameUs = 1e6 / 30;
const span = (frame: number) => ({ startUs: frame * frameUs, endUs: (frame + 1) * frameUs });
const frames = Array.from({ length: 60 }, (_, index) => index);

/** Asks for times in frames of the film, and says which of its frames nobody will ask for then. */
function passed(asked: readonly number[], { until = Number.POSITIVE_INFINITY }: { until?: number } = {}): number[] {
  const passing = new PassingOver();
  passing.goOnUntil(until * frameUs);
  for (const frame of asked) passing.ask(Math.round(frame * frameUs) + 1000);
  return frames.filter((frame) => passing.canPass(span(frame)));
}

describe('of a film nobody asks for', () => {
  test('what is well before the wanted time', () => {
    expect(passed([20])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('every second frame where it plays twice as quickly', () => {
    expect(passed([0, 2, 4]).slice(0, 5)).toEqual([5, 7, 9, 11, 13]);
  });

  test('every third frame at one and a half times its speed', () => {
    expect(passed([0, 1.5, 3]).slice(0, 4)).toEqual([5, 8, 11, 14]);
  });

  test.each([
    ['its own speed', [0, 1, 2]],
    ['half its speed', [0, 0.5, 1]],
    ['a speed that changes', [0, 2, 5]],
    ['one frame that stays', [3, 3, 3]],
    ['backwards', [9, 7, 5]],
    ['the first frame only', [0]],
  ])('nothing at %s', (_, asked) => {
    expect(passed(asked)).toEqual([]);
  });

  test('nothing of what comes after the clip', () => {
    expect(passed([0, 2, 4], { until: 10 })).toEqual([5, 7, 9]);
    expect(passed([0, 2, 4], { until: Number.NEGATIVE_INFINITY })).toEqual([]);
  });
});

describe('what was left out and is wanted after all is noticed', () => {
  test('unless a later frame is shown, or the frame came all the same', () => {
    const passing = new PassingOver();
    passing.passed(span(4));
    expect(passing.lacks(span(3).startUs, span(3).endUs - 1)).toBe(false);
    expect(passing.lacks(span(3).startUs, span(4).startUs)).toBe(true);
    expect(passing.lacks(span(5).startUs, span(5).startUs)).toBe(false);
    passing.passed(span(6));
    passing.came(span(6).startUs);
    expect(passing.lacks(span(5).startUs, span(6).startUs)).toBe(false);
  });

  test('until the film is read elsewhere', () => {
    const passing = new PassingOver();
    passing.passed(span(4));
    expect(passing.endUs).toBe(span(4).endUs);
    passing.jumped();
    expect(passing.lacks(span(3).startUs, span(4).startUs)).toBe(false);
    expect(passing.endUs).toBe(Number.NEGATIVE_INFINITY);
  });

  test('and from then on every frame is decoded', () => {
    const passing = new PassingOver();
    passing.ask(1e6);
    expect(passing.canPass(span(0))).toBe(true);
    passing.stop();
    expect(passing.canPass(span(0))).toBe(false);
  });
});

test('frames are left out only where a decoder knows which no other frame needs', () => {
  /** An HEVC record with so many temporal layers. */
  const record = (layers: number) => Buffer.from([1, ...Array<number>(20).fill(0), (layers << 3) | 7, 0]);
  expect(hasPassableFrames({ codecId: AV_CODEC_ID_H264, extradata: null })).toBe(true);
  expect(hasPassableFrames({ codecId: AV_CODEC_ID_VP9, extradata: null })).toBe(false);
  expect(hasPassableFrames({ codecId: AV_CODEC_ID_HEVC, extradata: record(1) })).toBe(true);
  for (const extradata of [null, Buffer.from([0, 0, 0, 1]), record(0), record(2)])
    expect(hasPassableFrames({ codecId: AV_CODEC_ID_HEVC, extradata })).toBe(false);
});
