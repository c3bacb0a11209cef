import { describe, expect, it } from 'vitest';
import type { Segment } from '../../../main/drafts/model.ts';
import { readDraftWithProblems } from '../../../main/drafts/read/index.ts';
import { draftJson, type Json, range, second, segment, track } from './fixture.ts';

function read(
  fields: Json,
  materials: Json = {},
  trackType = 'video',
): { segment: Segment | undefined; kinds: string[] } {
  const { draft, problems } = readDraftWithProblems(
    draftJson({ tracks: [track(trackType, [segment(fields)])] }, materials),
  );
  return { segment: draft.tracks[0]?.segments[0], kinds: problems.map(({ kind }) => kind) };
}

describe('time', () => {
  it('a missing start is 0', () => {
    expect(read({ target_timerange: { duration: 5 } }).segment?.target).toEqual({ startUs: 0, durationUs: 5 });
  });

  it.each([
    [null],
    [{}],
    [{ start: 5 }],
    [{ start: 0, duration: 0 }],
    [{ start: 0, duration: -1 }],
    [{ start: 1e30, duration: 5 }],
  ])('a segment at %j is left out and told', (target_timerange) => {
    const { segment, kinds } = read({ target_timerange });
    expect(segment).toBeUndefined();
    expect(kinds).toContain('segment_without_time');
  });

  it('no time is later than two days', () => {
    const target = read({ target_timerange: range(1e10, 1e300) }).segment?.target;
    expect((target?.startUs ?? 0) + (target?.durationUs ?? 0)).toBe(48 * 3600 * second);
  });

  it('without a source range the segment plays from the start, as long as its speed needs', () => {
    expect(read({ source_timerange: null, speed: 2 }).segment?.source).toEqual({ startUs: 0, durationUs: 4 * second });
  });

  it('text, stickers and effects have no source', () => {
    const texts = [{ id: 'm1', content: 'x' }];
    expect(read({}, { videos: [], texts }, 'text').segment?.source).toBeNull();
    expect(read({}, { videos: [], stickers: [{ id: 'm1' }] }, 'sticker').segment?.source).toBeNull();
  });
});

describe('speed', () => {
  it('is the segment’s own', () => {
    const speeds = [{ id: 'v', mode: 0, speed: 3 }];
    expect(
      read({ speed: 2, source_timerange: range(0, 4 * second), extra_material_refs: ['v'] }, { speeds }).segment?.speed,
    ).toBe(2);
  });

  it('falls back on the speed material, then on the two ranges', () => {
    const speeds = [{ id: 'v', mode: 0, speed: 3 }];
    expect(read({ speed: null, extra_material_refs: ['v'] }, { speeds }).segment?.speed).toBe(3);
    expect(read({ speed: undefined, source_timerange: range(0, 4 * second) }).segment?.speed).toBe(2);
    expect(read({ speed: undefined }).kinds).not.toContain('speed_invalid');
  });

  it.each([[0], [-1], ['fast'], [Number.NaN], [1e9]])('%s is no speed', (speed) => {
    const { segment, kinds } = read({ speed, source_timerange: range(0, 6 * second) });
    expect(segment?.speed).toBe(3);
    expect(kinds).toContain('speed_invalid');
  });

  it('tells a source range that does not fit, unless it is a photo or a curve', () => {
    const off = { source_timerange: range(0, 9 * second) };
    expect(read(off).kinds).toContain('source_range_mismatch');
    expect(read(off, { videos: [{ id: 'm1', type: 'photo', path: 'p.png' }] }).kinds).not.toContain(
      'source_range_mismatch',
    );
  });

  it('reads speed curves in order and bounded', () => {
    const curve = (points: unknown, mode = 1) =>
      read({ extra_material_refs: ['v'] }, { speeds: [{ id: 'v', mode, curve_speed: { speed_points: points } }] })
        .segment?.speedCurve;
    expect(
      curve([
        { x: 1, y: 500 },
        { x: 0, y: 0 },
        { x: 'a', y: 1 },
      ]),
    ).toEqual([
      { x: 0, y: 0.01 },
      { x: 1, y: 100 },
    ]);
    expect(curve([{ x: 0, y: 1 }])).toBeNull();
    expect(
      curve(
        [
          { x: 0, y: 1 },
          { x: 1, y: 2 },
        ],
        0,
      ),
    ).toBeNull();
    expect(curve('x')).toBeNull();
  });
});

describe('place on the canvas', () => {
  it('without a clip everything is in its middle', () => {
    expect(read({ clip: null, uniform_scale: null }).segment?.transform).toEqual({
      alpha: 1,
      flipX: false,
      flipY: false,
      rotation: 0,
      scaleX: 1,
      scaleY: 1,
      x: 0,
      y: 0,
    });
  });

  it('y follows x when the scale is uniform', () => {
    const clip = { scale: { x: 2, y: 3 } };
    expect(read({ clip }).segment).toMatchObject({ uniformScale: true, transform: { scaleX: 2, scaleY: 2 } });
    expect(read({ clip, uniform_scale: { on: false } }).segment).toMatchObject({
      uniformScale: false,
      transform: { scaleX: 2, scaleY: 3 },
    });
    expect(read({ clip, uniform_scale: null }).segment).toMatchObject({
      uniformScale: false,
      transform: { scaleY: 3 },
    });
    expect(read({ clip: { scale: { x: 2, y: 2 } }, uniform_scale: null }).segment?.uniformScale).toBe(true);
  });

  it('pixels where shares belong are told', () => {
    const { segment, kinds } = read({ clip: { transform: { x: 400, y: 0 } } });
    expect(segment?.transform.x).toBe(400);
    expect(kinds).toContain('value_far_outside');
  });

  it.each([
    [{ alpha: 7 }, { alpha: 1 }],
    [{ alpha: 'x' }, { alpha: 1 }],
    [{ rotation: Number.POSITIVE_INFINITY }, { rotation: 0 }],
    [{ scale: { x: -3, y: -3 } }, { scaleX: 3, scaleY: 3, flipX: true, flipY: true }],
    [{ scale: { x: -1, y: 1 } }, { scaleX: 1, scaleY: 1, flipX: true, flipY: false }],
    [
      { scale: { x: -1, y: -1 }, flip: { horizontal: true } },
      { scaleX: 1, flipX: false, flipY: true },
    ],
    [{ scale: { x: -1e300, y: 0 } }, { scaleX: 1000, flipX: true, flipY: false }],
    [{ scale: [] }, { scaleX: 1 }],
    [{ transform: { x: 1e300, y: null } }, { x: 1000, y: 0 }],
    [{ flip: { horizontal: 'yes', vertical: true } }, { flipX: false, flipY: true }],
  ])('%j becomes %j', (clip, transform) => {
    expect(read({ clip }).segment?.transform).toMatchObject(transform);
  });
});

describe('sound and visibility', () => {
  it.each([
    [6.79, 6.79, false],
    [-1, 0, true],
    [50, 10, true],
    ['loud', 1, false],
    [null, 1, false],
  ])('volume %s is %s', (volume, read_, told) => {
    const { segment, kinds } = read({ volume });
    expect(segment?.volume).toBe(read_);
    expect(kinds.includes('value_far_outside')).toBe(told);
  });

  it('pitch is kept unless the draft says that it follows the speed', () => {
    expect(read({}).segment?.keepPitch).toBe(true);
    expect(read({ is_tone_modify: true }).segment?.keepPitch).toBe(false);
  });

  it('is visible unless it says no', () => {
    expect(read({ visible: undefined }).segment?.visible).toBe(true);
    expect(read({ visible: false }).segment?.visible).toBe(false);
  });
});
