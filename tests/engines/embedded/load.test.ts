import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../main/drafts/model.ts';
import { checkLimits, checkShape } from '../../../main/engines/embedded/limits.ts';
import { loadOf } from '../../../main/engines/embedded/load.ts';
import { StationError, sentence } from '../../../main/shared/errors/index.ts';
import { aDraft, aMedia, aSegment, second } from '../../support/drafts.ts';

const video = aMedia('video', '/film.mp4');
const clip = (startUs: number, more = {}) => aSegment(video, { startUs, durationUs: second, ...more });

/** The draft inside as many compound clips as told, each of which shows the one inside it `times` at once. */
function nested(inner: Draft, levels: number, times: number): Draft {
  if (levels === 0) return inner;
  const draft = nested(inner, levels - 1, times);
  const segments = () => [aSegment({ type: 'compound', draft }, { durationUs: second })];
  return aDraft(Array.from({ length: times }, () => ({ type: 'video' as const, segments: segments() })));
}

describe('the load of a draft', () => {
  test('counts what plays at one moment, not what follows on it', () => {
    const cuts = aDraft([{ type: 'video', segments: [clip(0), clip(second), clip(2 * second)] }]);
    expect(loadOf(cuts)).toMatchObject({ segments: 3, videosAtOnce: 1, soundsAtOnce: 1, nesting: 0 });
    const crumbs = Array.from({ length: 50 }, (_, index) => clip(index * 1000, { durationUs: 1000 }));
    expect(loadOf(aDraft([{ type: 'video', segments: crumbs }]))).toMatchObject({ videosAtOnce: 1, soundsAtOnce: 50 });
    const layers = aDraft([
      { type: 'video', segments: [clip(0), clip(second)] },
      { type: 'video', segments: [clip(second / 2, { volume: 0 })] },
      { type: 'video', segments: [clip(0, { visible: false })] },
      { type: 'audio', segments: [aSegment(aMedia('audio', '/song.mp3'), { durationUs: second })] },
    ]);
    expect(loadOf(layers)).toMatchObject({ segments: 5, videosAtOnce: 2, soundsAtOnce: 2 });
  });

  test('counts a compound clip as often as it is shown', () => {
    const inner = aDraft([{ type: 'video', segments: [clip(0)] }]);
    expect(loadOf(nested(inner, 2, 3))).toMatchObject({ segments: 3 + 9 + 9, videosAtOnce: 9, nesting: 2 });
    expect(loadOf(nested(inner, 1, 1)).nestedUs).toBe(second);
  });

  test('of a small file that means a billion clips is known at once, and refused in the language of the reader', () => {
    const inner = aDraft([{ type: 'video', segments: [clip(0)] }]);
    const laughs = nested(inner, 8, 14);
    expect(loadOf(laughs).segments).toBeGreaterThan(1e9);
    const refusal = refusalOf(laughs);
    expect(refusal.code).toBe('RENDER_LIMIT');
    expect(sentence(refusal, 'zh')).toContain('片段数量为');
    expect(sentence(refusal, 'en')).toContain('the number of segments is');
    expect(sentence(refusalOf(nested(inner, 2, 9)), 'en')).toContain('videos on screen at once is 81, at most 64');
  });

  test('nine compound clips inside each other are too many, eight are not', () => {
    const inner = aDraft([{ type: 'video', segments: [clip(0)] }]);
    expect(() => checkLimits(nested(inner, 8, 1))).not.toThrow();
    expect(sentence(refusalOf(nested(inner, 9, 1)), 'zh')).toContain('复合片段的嵌套层数为 9');
  });
});

describe('a refusal says what it is about in numbers that', () => {
  const short = aDraft([{ type: 'video', segments: [clip(0)] }]);
  const hour = 3600 * second;
  const canvas = (width: number, height: number) => ({ ...short, canvas: { width, height, ratio: '' } });
  const lasting = (durationUs: number) => ({ ...short, durationUs });
  const inside = (startUs: number) =>
    nested(aDraft([{ type: 'video', segments: [clip(startUs)] }], { durationUs: second }), 1, 1);

  test.each<[string, Draft, string]>([
    ['a µs too long', lasting(24 * hour + 1), 'the duration (hours) is 24.01, at most 24'],
    ['some minutes too long', lasting(24.36 * hour), 'the duration (hours) is 24.36, at most 24'],
    ['longer than any time that is read', lasting(48 * hour), 'the duration (hours) is 48+, at most 24'],
    ['endless', lasting(Number.POSITIVE_INFINITY), 'the duration (hours) is 48+, at most 24'],
    ['of no length that is a number', lasting(Number.NaN), 'its duration is 0 µs'],
    ['shorter than anything that can be seen', lasting(1), 'its duration is 1 µs'],
    ['a pixel too wide', canvas(8193, 90), 'the canvas width (px) is 8193, at most 8192'],
    ['far too high', canvas(160, 16_384), 'the canvas height (px) is 16384+, at most 8192'],
    ['a pixel too narrow', canvas(15, 90), 'the canvas is 15x90 pixels, at least 16x16'],
    ['too long inside', inside(24 * hour), 'the duration of a compound clip (hours) is 24.01, at most 24'],
    ['far too long inside', inside(60 * hour), 'the duration of a compound clip (hours) is 48+, at most 24'],
  ])('fit a draft that is %s', (_, draft, words) => {
    const refusal = refusalOf(draft);
    expect(sentence(refusal, 'en')).toContain(words);
    for (const number of words.match(/\d+(\.\d+)?/g) ?? []) expect(sentence(refusal, 'zh')).toContain(number);
  });

  test('are never the limit itself, nor more digits than anybody reads', () => {
    expect(refusedShape(8194, 16)).toContain('is 8194, at most 8192');
    expect(refusedShape(8192, 4396)).toContain('is 36.02, at most 36');
    expect(refusedShape(8192, 8192)).toContain('is 67.11, at most 36');
    expect(() => checkShape({ width: 8192, height: 4394 }, 'h264')).not.toThrow();
  });
});

function refusedShape(width: number, height: number): string {
  return sentence(
    refusalOf(() => checkShape({ width, height }, 'h264')),
    'en',
  );
}

function refusalOf(asked: Draft | (() => void)): StationError {
  try {
    if (typeof asked === 'function') asked();
    else checkLimits(asked);
  } catch (error) {
    if (error instanceof StationError) return error;
  }
  throw new Error('it was not refused');
}
