import { describe, expect, it } from 'vitest';
import type { KeyframeTracks } from '../../../main/drafts/model.ts';
import { readDraftWithProblems } from '../../../main/drafts/read/index.ts';
import { draftJson, type Json, keyframe, range, second, segment, track } from './fixture.ts';

function read(common_keyframes: unknown, fields: Json = {}): KeyframeTracks {
  return problemsOf(common_keyframes, fields).keyframes;
}

function problemsOf(common_keyframes: unknown, fields: Json = {}): { keyframes: KeyframeTracks; kinds: string[] } {
  const json = draftJson({ tracks: [track('video', [segment({ common_keyframes, ...fields })])] });
  const { draft, problems } = readDraftWithProblems(json);
  return { keyframes: draft.tracks[0]?.segments[0]?.keyframes ?? {}, kinds: problems.map(({ kind }) => kind) };
}

const list = (property_type: string, ...keyframe_list: unknown[]) => ({ property_type, keyframe_list });
const times = (tracks: KeyframeTracks, property: keyof KeyframeTracks) =>
  tracks[property]?.map(({ offsetUs, value }) => [offsetUs, value]);

describe('keyframes', () => {
  it.each([
    ['KFTypePositionX', 'x'],
    ['KFTypePositionY', 'y'],
    ['KFTypeRotation', 'rotation'],
    ['KFTypeScaleX', 'scaleX'],
    ['KFTypeScaleY', 'scaleY'],
    ['UNIFORM_SCALE', 'scale'],
    ['KFTypeScale', 'scale'],
    ['KFTypeAlpha', 'alpha'],
    ['KFTypeVolume', 'volume'],
    ['KFTypeSaturation', 'saturation'],
    ['KFTypeContrast', 'contrast'],
    ['KFTypeBrightness', 'brightness'],
  ] as const)('%s is %s', (type, property) => {
    expect(times(read([list(type, keyframe(0, [0.5]), keyframe(second, [1]))]), property)).toEqual([
      [0, 0.5],
      [second, 1],
    ]);
  });

  it('unknown properties and broken lists are left out', () => {
    expect(read([list('KFTypeDream', keyframe(0, [1])), list('KFTypeAlpha'), null, 'x', { property_type: 7 }])).toEqual(
      {},
    );
    expect(read('none')).toEqual({});
    expect(
      read([list('KFTypeAlpha', { time_offset: 'x', values: [1] }, { time_offset: 0, values: [] }, null)]),
    ).toEqual({});
  });

  it('of adjustments are switched off with the adjustments of their segment', () => {
    const moving = ['KFTypeBrightness', 'KFTypeContrast', 'KFTypeSaturation', 'KFTypeAlpha'].map((type) =>
      list(type, keyframe(0, [0.5]), keyframe(second, [1])),
    );
    expect(Object.keys(read(moving, { enable_adjust: false }))).toEqual(['alpha']);
    expect(Object.keys(read(moving, { enable_adjust: true })).sort()).toEqual([
      'alpha',
      'brightness',
      'contrast',
      'saturation',
    ]);
  });

  it('of unknown properties are told when they move something', () => {
    const moving = [
      list('KFTypeCommonMaskFeather', keyframe(0, [0]), keyframe(second, [1])),
      list('KFTypeDream', keyframe(0, [1])),
    ];
    expect(problemsOf(moving).kinds).toEqual(['keyframe_unknown']);
  });

  it('of a negative scale are as large as positive ones, and told', () => {
    const { keyframes, kinds } = problemsOf([list('KFTypeScaleX', keyframe(0, [-0.5]), keyframe(second, [-1]))]);
    expect(times(keyframes, 'scaleX')).toEqual([
      [0, 0.5],
      [second, 1],
    ]);
    expect(kinds).toContain('value_far_outside');
  });

  it('are in order of time, the later written one holding at one time', () => {
    const written = [keyframe(second, [1]), keyframe(0, [0.2]), keyframe(0, [0.4])];
    expect(times(read([list('KFTypeAlpha', ...written)]), 'alpha')).toEqual([
      [0, 0.4],
      [second, 1],
    ]);
  });

  it('a scale of two values is two properties, of equal values one', () => {
    const two = read([list('KFTypeScale', keyframe(0, [1, 1]), keyframe(second, [2, 3]))]);
    expect(times(two, 'scaleX')).toEqual([
      [0, 1],
      [second, 2],
    ]);
    expect(times(two, 'scaleY')).toEqual([
      [0, 1],
      [second, 3],
    ]);
    expect(two.scale).toBeUndefined();
    expect(times(read([list('KFTypeScale', keyframe(0, [2, 2]))]), 'scale')).toEqual([[0, 2]]);
  });

  it('are bounded, and pixels for positions are told', () => {
    const { keyframes, kinds } = problemsOf([
      list('KFTypeAlpha', keyframe(0, [7])),
      list('KFTypePositionX', keyframe(0, [400])),
    ]);
    expect(times(keyframes, 'alpha')).toEqual([[0, 1]]);
    expect(times(keyframes, 'x')).toEqual([[0, 400]]);
    expect(kinds).toContain('value_far_outside');
  });
});

describe('the clock of keyframes', () => {
  const moves = (...offsets: number[]) => [list('KFTypePositionX', ...offsets.map((offset) => keyframe(offset, [0])))];
  const offsets = (tracks: KeyframeTracks) => tracks.x?.map(({ offsetUs }) => offsetUs);
  const trimmed = { source_timerange: range(10 * second, 2 * second) };

  it('is the source’s when the application wrote them on a trimmed clip', () => {
    expect(offsets(read(moves(10 * second, 12 * second), trimmed))).toEqual([0, 2 * second]);
  });

  it('is the source’s when both fit', () => {
    const fields = { source_timerange: range(second, 2 * second) };
    expect(offsets(read(moves(second, 2 * second), fields))).toEqual([0, second]);
  });

  it('is the segment’s when the offsets lie in no part of the source that is used', () => {
    expect(offsets(read(moves(0, 2 * second), trimmed))).toEqual([0, 2 * second]);
  });

  it('runs with the speed when it is the source’s', () => {
    const fields = { speed: 2, source_timerange: range(10 * second, 4 * second) };
    expect(offsets(read(moves(10 * second, 14 * second), fields))).toEqual([0, 2 * second]);
    const late = { speed: 2, source_timerange: range(0, 4 * second) };
    expect(offsets(read(moves(0, 4 * second), late))).toEqual([0, 2 * second]);
    expect(offsets(read(moves(0, 2 * second), late))).toEqual([0, 2 * second]);
  });
});

describe('curves between keyframes', () => {
  const curve = (first: Json, second_: Json, fields: Json = {}) =>
    read([list('KFTypePositionX', { ...keyframe(0, [0]), ...first }, { ...keyframe(second, [1]), ...second_ })], fields)
      .x?.[0];
  const out = { curveType: 'FreeCurveOut', right_control: { x: 300_000, y: 0.9 } };
  const into = { curveType: 'FreeCurveIn', left_control: { x: -400_000, y: -0.1 } };

  it('are straight by default, whatever controls say', () => {
    expect(curve({ right_control: { x: 5, y: 5 } }, {})).toMatchObject({
      curve: 'line',
      rightControl: null,
      leftControl: null,
    });
  });

  it('bend where either end bends', () => {
    expect(curve(out, into)).toMatchObject({
      curve: 'bezier',
      rightControl: { x: 300_000, y: 0.9 },
      leftControl: { x: -400_000, y: -0.1 },
    });
    expect(curve(out, {})).toMatchObject({ curve: 'bezier', leftControl: { x: 0, y: 0 } });
    expect(curve({}, into)).toMatchObject({ curve: 'bezier', rightControl: { x: 0, y: 0 } });
    expect(curve({ curveType: 'FreeCurveInOut' }, { curveType: 'FreeCurveInOut' })).toMatchObject({ curve: 'line' });
  });

  it('follow the clock', () => {
    const fields = { speed: 2, source_timerange: range(0, 4 * second) };
    const points = [{ ...keyframe(0, [0]), ...out }, keyframe(4 * second, [1])];
    expect(read([list('KFTypePositionX', ...points)], fields).x?.[0]?.rightControl).toEqual({ x: 150_000, y: 0.9 });
  });

  it('the last keyframe leads nowhere', () => {
    expect(read([list('KFTypePositionX', { ...keyframe(0, [0]), ...out })]).x?.[0]).toMatchObject({
      curve: 'line',
      rightControl: null,
    });
  });

  it('hold when they say so', () => {
    expect(curve({ curveType: 'Hold' }, {})).toMatchObject({ curve: 'hold' });
  });
});
