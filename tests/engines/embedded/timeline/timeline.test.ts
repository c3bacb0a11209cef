import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Segment, Transition } from '../../../../main/drafts/model.ts';
import {
  clock,
  frameAtOrAfter,
  frameCount,
  frameRate,
  frameTimeUs,
} from '../../../../main/engines/embedded/timeline/frame-grid.ts';
import { buildTimeline, type Layer } from '../../../../main/engines/embedded/timeline/timeline.ts';
import { aDraft, aMedia, aSegment, second } from '../../../support/drafts.ts';

const media = aMedia('video', 'm.mp4');
const rate = frameRate(30);
const runs = { seed: 4, numRuns: 200 } as const;

function transition(durationUs: number, overlap = false): Transition {
  return { name: '叠化', resourceId: '', durationUs, overlap };
}

function idsAt(draft: Parameters<typeof buildTimeline>[0], frame: number): string[] {
  return buildTimeline(draft, rate)
    .layersAt(frame)
    .map((layer) =>
      layer.type === 'clip' ? layer.placed.segment.id : `${layer.from.segment.id}>${layer.to.segment.id}`,
    );
}

const offsetOf = (layer: Layer | undefined) => (layer?.type === 'clip' ? layer.offsetUs : null);

describe('the frame grid', () => {
  test('NTSC rates are exact fractions', () => {
    expect(frameRate(29.97)).toEqual({ num: 30_000, den: 1001 });
    expect(frameRate(23.976)).toEqual({ num: 24_000, den: 1001 });
    expect(frameRate(25)).toEqual({ num: 25, den: 1 });
  });

  test.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY])('a rate of %s becomes 30', (fps) => {
    expect(frameRate(fps)).toEqual({ num: 30, den: 1 });
  });

  test.each([
    [0, '0:00.00'],
    [62_500_000, '1:02.50'],
    [59_999_900, '1:00.00'],
    [3_600_000_000, '60:00.00'],
    [-5, '0:00.00'],
  ])('%i µs are %s for people', (timeUs, words) => {
    expect(clock(timeUs)).toBe(words);
  });

  test('a time rounded to whole µs is the frame it was made from', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom(24, 25, 29.97, 30, 50, 59.94, 60), (frame, fps) => {
        const grid = frameRate(fps);
        const exact = frameTimeUs(frame, grid);
        for (const written of [Math.floor(exact), Math.round(exact), Math.ceil(exact)])
          expect(frameAtOrAfter(written, grid)).toBe(frame);
      }),
      runs,
    );
  });

  test('a cut between frames moves to the next one', () => {
    expect(frameAtOrAfter(50_000, rate)).toBe(2);
    expect(frameAtOrAfter(34_000, rate)).toBe(2);
    expect(frameCount(168_725_000, rate)).toBe(5062);
  });
});

/** Segments of one track without gaps or overlaps, of odd lengths. */
const aRow = fc.array(fc.integer({ min: 1_000, max: 3 * second }), { minLength: 1, maxLength: 12 }).map((lengths) => {
  let startUs = 0;
  return lengths.map((durationUs) => {
    const segment = aSegment(media, { startUs, durationUs });
    startUs += durationUs;
    return segment;
  });
});

describe('what is on screen', () => {
  test('touching segments cover every frame once, none twice', () => {
    fc.assert(
      fc.property(aRow, (segments) => {
        const timeline = buildTimeline(aDraft([{ type: 'video', segments }]), rate);
        for (let frame = 0; frame < timeline.frames; frame += 1) expect(timeline.layersAt(frame)).toHaveLength(1);
        expect(timeline.layersAt(timeline.frames)).toHaveLength(0);
      }),
      { ...runs, numRuns: 60 },
    );
  });

  test('with transitions still every frame shows one layer, and every offset moves on frame by frame', () => {
    const withTransitions = aRow.chain((segments) =>
      fc
        .array(fc.integer({ min: 0, max: 4 * second }), { minLength: segments.length, maxLength: segments.length })
        .map((lengths) =>
          segments.map(
            (segment, index): Segment => ({
              ...segment,
              extras: { ...segment.extras, transition: transition(lengths[index] ?? 0) },
            }),
          ),
        ),
    );
    fc.assert(
      fc.property(withTransitions, (segments) => {
        const timeline = buildTimeline(aDraft([{ type: 'video', segments }]), rate);
        for (let frame = 0; frame < timeline.frames; frame += 1) {
          const layers = timeline.layersAt(frame);
          expect(layers.length).toBeGreaterThanOrEqual(1);
          for (const layer of layers) {
            if (layer.type !== 'transition') continue;
            expect(layer.progress).toBeGreaterThan(0);
            expect(layer.progress).toBeLessThan(1);
            expect(layer.fromOffsetUs).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { ...runs, numRuns: 60 },
    );
  });

  test('layers lie in the order of their render indices, whatever the order in the file', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 2, maxLength: 8 }), (indices) => {
        const draft = aDraft(
          indices.map((renderIndex) => ({ type: 'video', segments: [aSegment(media, { renderIndex })] })),
        );
        const shown = buildTimeline(draft, rate)
          .layersAt(0)
          .map((layer) => (layer.type === 'clip' ? layer.placed.segment.renderIndex : -1));
        expect(shown).toEqual([...indices].sort((a, b) => a - b));
      }),
      runs,
    );
  });

  test('equal render indices: later tracks in front, effects above pictures, stickers and texts above all', () => {
    const text = { type: 'unresolved', materialId: '' } as const;
    const draft = aDraft([
      { type: 'text', segments: [aSegment(text, { id: 'text' })] },
      { type: 'video', segments: [aSegment(media, { id: 'main' })] },
      { type: 'effect', segments: [aSegment(text, { id: 'effect' })] },
      { type: 'video', segments: [aSegment(media, { id: 'overlay' })] },
      { type: 'sticker', segments: [aSegment(media, { id: 'sticker' })] },
    ]);
    expect(idsAt(draft, 0)).toEqual(['main', 'overlay', 'effect', 'text', 'sticker']);
  });

  test('hidden segments and sound are not drawn', () => {
    const draft = aDraft([
      { type: 'video', segments: [aSegment(media, { id: 'seen' })] },
      { type: 'video', segments: [aSegment(media, { id: 'hidden', visible: false })] },
      { type: 'audio', segments: [aSegment(media, { id: 'heard' })] },
    ]);
    expect(idsAt(draft, 3)).toEqual(['seen']);
  });

  test('only the lowest video track has the canvas background', () => {
    const draft = aDraft([
      { type: 'text', segments: [aSegment(media)] },
      { type: 'video', segments: [aSegment(media)] },
      { type: 'video', segments: [aSegment(media)] },
    ]);
    const { placed } = buildTimeline(draft, rate);
    expect(placed.filter(({ bottom }) => bottom).map(({ segment }) => segment.trackIndex)).toEqual([1]);
  });
});

describe('transitions', () => {
  /** Clips one after the other, and the transitions between them, in ms. */
  const row = (clips: readonly number[], transitions: readonly number[]) => {
    let startUs = 0;
    const segments = clips.map((ms, index) => {
      const made = aSegment(media, {
        startUs,
        durationUs: ms * 1000,
        extras: { transition: transition((transitions[index] ?? 0) * 1000) },
      });
      startUs += ms * 1000;
      return made;
    });
    return aDraft([{ type: 'video', segments }]);
  };

  const windowsOf = (draft: ReturnType<typeof aDraft>) =>
    buildTimeline(draft, rate).transitions.map(({ firstFrame, endFrame }) => [firstFrame, endFrame]);

  const pair = (durationUs: number, more = {}) =>
    aDraft([
      {
        type: 'video',
        segments: [
          aSegment(media, { id: 'a', durationUs: second, extras: { transition: transition(durationUs) } }),
          aSegment(media, { id: 'b', startUs: second, durationUs: second, ...more }),
        ],
      },
    ]);

  test('are centred on the cut and leave the length as it is', () => {
    const draft = pair(400_000);
    expect(idsAt(draft, 23)).toEqual(['a']);
    expect(idsAt(draft, 24)).toEqual(['a>b']);
    expect(idsAt(draft, 35)).toEqual(['a>b']);
    expect(idsAt(draft, 36)).toEqual(['b']);
    expect(buildTimeline(draft, rate).frames).toBe(60);
  });

  test('borrow frames beyond the cut on both sides', () => {
    const [first] = buildTimeline(pair(400_000), rate).layersAt(24);
    expect(first?.type === 'transition' && first.toOffsetUs).toBe(-200_000);
    const [last] = buildTimeline(pair(400_000), rate).layersAt(35);
    expect(last?.type === 'transition' && Math.round(last.fromOffsetUs)).toBe(1_166_667);
  });

  test('longer than their clips take no more than the clips have', () => {
    const draft = pair(10 * second);
    expect(idsAt(draft, 0)).toEqual(['a>b']);
    expect(idsAt(draft, 59)).toEqual(['a>b']);
  });

  test('longer than one of their clips stay centred on the cut', () => {
    expect(windowsOf(pair(second, { durationUs: 300_000 }))).toEqual([[21, 39]]);
  });

  test('close to each other share the clip between them', () => {
    expect(windowsOf(row([1000, 400, 1000], [600, 600]))).toEqual([
      [24, 36],
      [36, 48],
    ]);
    // The one that needs little leaves the rest to the other.
    expect(windowsOf(row([1000, 400, 1000], [600, 200]))).toEqual([
      [21, 39],
      [39, 45],
    ]);
  });

  test('never run into each other, and are always centred on their cuts', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 2, maxLength: 8 });
    const durations = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(lengths, durations, (clips, wanted) => {
        const { transitions } = buildTimeline(row(clips, wanted), rate);
        for (const [index, { firstFrame, endFrame, to }] of transitions.entries()) {
          const [before, after] = [to.firstFrame - firstFrame, endFrame - to.firstFrame];
          expect([0, 1]).toContain(after - before);
          expect(firstFrame).toBeGreaterThanOrEqual(transitions[index - 1]?.endFrame ?? 0);
        }
      }),
      runs,
    );
  });

  test('do nothing across a gap', () => {
    const draft = pair(400_000, { startUs: 2 * second });
    expect(idsAt(draft, 29)).toEqual(['a']);
    expect(idsAt(draft, 31)).toEqual([]);
  });

  test('of segments that really overlap last as long as the overlap', () => {
    const draft = pair(400_000, { startUs: 600_000 });
    expect(idsAt(draft, 17)).toEqual(['a']);
    expect(idsAt(draft, 18)).toEqual(['a>b']);
    expect(idsAt(draft, 29)).toEqual(['a>b']);
    expect(idsAt(draft, 30)).toEqual(['b']);
  });
});

test('offsets count from the segment, not from its first frame', () => {
  const draft = aDraft([{ type: 'video', segments: [aSegment(media, { startUs: 50_000, durationUs: second })] }]);
  const timeline = buildTimeline(draft, rate);
  expect(timeline.layersAt(1)).toEqual([]);
  expect(Math.round(offsetOf(timeline.layersAt(2)[0]) ?? -1)).toBe(16_667);
});

test('a compound clip that contains itself is cut off', () => {
  let draft = aDraft([{ type: 'video', segments: [aSegment(media)] }]);
  for (let depth = 0; depth < 30; depth += 1)
    draft = aDraft([{ type: 'video', segments: [aSegment({ type: 'compound', draft })] }]);
  let timeline = buildTimeline(draft, rate);
  let depth = 0;
  for (; timeline.placed[0]?.nested; depth += 1) timeline = timeline.placed[0].nested;
  expect(depth).toBe(8);
});
