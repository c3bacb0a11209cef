import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../main/drafts/model.ts';
import { checkLimits } from '../../../main/engines/embedded/limits.ts';
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

function refusalOf(draft: Draft): StationError {
  try {
    checkLimits(draft);
  } catch (error) {
    if (error instanceof StationError) return error;
  }
  throw new Error('it was not refused');
}
