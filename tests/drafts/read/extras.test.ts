import { describe, expect, it } from 'vitest';
import { adjustmentNames } from '../../../main/drafts/adjustments.ts';
import type { SegmentExtras } from '../../../main/drafts/model.ts';
import { readDraftWithProblems } from '../../../main/drafts/read/index.ts';
import { draftJson, type Json, segment, track, video } from './fixture.ts';

/** The extras of a segment that refers to every given material. */
function read(materials: Record<string, Json[]>, fields: Json = {}): SegmentExtras {
  const named = Object.fromEntries(
    Object.entries(materials).map(([list, entries]) => [
      list,
      entries.map((entry, n) => ({ id: `${list}${n}`, ...entry })),
    ]),
  );
  const extra_material_refs = Object.values(named).flatMap((entries) => entries.map(({ id }) => id));
  const json = draftJson({ tracks: [track('video', [segment({ extra_material_refs, ...fields })])] }, named);
  const extras = readDraftWithProblems(json).draft.tracks[0]?.segments[0]?.extras;
  if (extras === undefined) throw new Error('no segment');
  return extras;
}

describe('canvas behind a clip', () => {
  it.each([
    [
      { type: 'canvas_color', color: '#112233' },
      { type: 'color', color: '#112233' },
    ],
    [
      { type: 'canvas_color', color: 'aabbccdd' },
      { type: 'color', color: '#aabbccdd' },
    ],
    [
      { type: 'canvas_color', color: 'tomato' },
      { type: 'color', color: 'tomato' },
    ],
    [{ type: 'canvas_color', color: '' }, null],
    [
      { type: 'canvas_blur', blur: 0.75 },
      { type: 'blur', blur: 0.75 },
    ],
    [
      { type: 'canvas_image', image: '/c.png' },
      { type: 'image', path: '/c.png' },
    ],
    [{ type: 'canvas_image', image: '' }, null],
    [{ type: 'none' }, null],
  ])('%j: %j', (material, canvas) => {
    expect(read({ canvases: [material] }).canvas).toEqual(canvas);
  });

  it.each([
    [63_487, true],
    [62_978_047, true],
    [63_487 - 4096, false],
    // From before the flag, or a generator's own.
    [511, true],
    [2047, true],
    [7, true],
    ['odd', true],
  ])('check_flag %s of the clip switches it: %s', (check_flag, shown) => {
    const canvases = [{ type: 'canvas_color', color: '#112233' }];
    expect(read({ canvases, videos: [video({ check_flag })] }).canvas !== null).toBe(shown);
  });
});

describe('what else segments refer to', () => {
  it('transitions', () => {
    expect(
      read({ transitions: [{ name: '叠化', resource_id: '1', duration: 5, is_overlap: true }] }).transition,
    ).toEqual({ name: '叠化', resourceId: '1', durationUs: 5, overlap: true });
    expect(read({ transitions: [{ name: '叠化', duration: 0 }] }).transition).toBeNull();
  });

  it('animations, the combined ones called group', () => {
    const animations = ['in', 'out', 'group', 'loop', 'caption', 'dance'].map((type) => ({
      type,
      name: type,
      id: '1',
      resource_id: '2',
      start: 3,
      duration: 4,
    }));
    const found = read({ material_animations: [{ animations }] }).animations;
    expect(found.map(({ kind }) => kind)).toEqual(['in', 'out', 'combo', 'loop', 'caption']);
    expect(found[0]).toEqual({ kind: 'in', name: 'in', id: '1', resourceId: '2', startUs: 3, durationUs: 4 });
    expect(read({ material_animations: [{ animations: [{ type: 'in', duration: 0 }] }] }).animations).toEqual([]);
  });

  it.each([
    [{ resource_type: 'line' }, 'line'],
    [{ resource_type: 'circle' }, 'circle'],
    [{ resource_type: 'geometric_shape', name: '爱心' }, 'heart'],
    [{ resource_type: 'geometric_shape', name: '星形' }, 'star'],
    [{ resource_type: '', name: 'Rectangle' }, 'rectangle'],
    [{ resource_type: 'text', name: '文字' }, 'other'],
  ])('mask %j is a %s', (material, shape) => {
    expect(read({ masks: [material] }).masks[0]?.shape).toBe(shape);
    expect(read({ common_mask: [material] }).masks[0]?.shape).toBe(shape);
  });

  it('masks have their place, and none when they are switched off', () => {
    const config = {
      centerX: 0.1,
      centerY: 0.2,
      width: 0.3,
      height: 0.4,
      rotation: 90,
      invert: true,
      feather: 0.5,
      roundCorner: 7,
      aspectRatio: 2,
    };
    expect(read({ masks: [{ resource_type: 'circle', config }] }).masks[0]).toMatchObject({
      ...config,
      roundCorner: 1,
    });
    expect(read({ masks: [{ resource_type: 'circle' }] }, { enable_video_mask: false }).masks).toEqual([]);
  });

  it('fades, keys and colours', () => {
    expect(read({ audio_fades: [{ fade_in_duration: 1, fade_out_duration: 2 }] }).fade).toEqual({ inUs: 1, outUs: 2 });
    expect(read({ audio_fades: [{}] }).fade).toBeNull();
    expect(read({ chromas: [{ color: '#00ff00', intensity_value: 0.2, shadow_value: 0.1 }] }).chroma).toEqual({
      color: '#00ff00',
      intensity: 0.2,
      shadow: 0.1,
    });
    expect(read({ hsl: [{ hsl_color_type: 1, hue: 10 }, { hue: 0 }] }).hsl).toEqual([
      { range: '1', hue: 10, saturation: 0, lightness: 0 },
    ]);
  });

  it('effects of every kind, blend modes apart', () => {
    const extras = read({
      effects: [
        { type: 'filter', name: '高清', resource_id: 7, value: 0.5 },
        { type: 'mix_mode', name: '变暗', value: 1 },
        { type: 'text_effect', name: '', resource_id: '689' },
      ],
      video_effects: [{ type: 'video_effect', name: '抖动', adjust_params: [{ name: 'speed', value: 0.3 }] }],
      color_curves: [{}],
    });
    expect(extras.mixMode?.name).toBe('变暗');
    expect(extras.effects).toMatchObject([
      { type: 'filter', name: '高清', resourceId: '7', value: 0.5 },
      { type: 'text_effect', name: '689' },
      { type: 'video_effect', name: '抖动', params: [{ name: 'speed', value: 0.3 }] },
      { type: 'color_curve' },
    ]);
  });

  it('what is switched off is left out', () => {
    const effects = [
      { type: 'brightness', value: 1 },
      { type: 'lut', name: 'film' },
      { type: 'filter', name: 'x', visible: false },
    ];
    expect(read({ effects }, { enable_adjust: false, enable_lut: false }).effects).toEqual([]);
    expect(read({ effects }).effects.map(({ type }) => type)).toEqual(['brightness', 'lut']);
  });

  describe('a switch of the segment turns off its own group and no other', () => {
    const materials = {
      effects: [
        ...[...adjustmentNames.keys()].map((type) => ({ type, value: 0.5 })),
        { type: 'lut', name: 'film' },
        { type: 'filter', name: '高清' },
        { type: 'smart_color_adjust', value: 0.5 },
        { type: 'color_match', value: 0.5 },
        { type: 'color_correct', value: 0.5 },
      ],
      hsl: [{ type: 'hsl', hsl_color_type: 1, hue: 10 }],
      color_curves: [{}],
      hsl_curves: [{}],
      log_color_wheels: [{}],
      primary_color_wheels: [{}],
    };
    const found = (fields: Json) => {
      const { effects, hsl } = read(materials, fields);
      return [...effects.map(({ type }) => type), ...hsl.map(() => 'hsl')];
    };
    const all = found({});
    const adjustments = [...adjustmentNames.keys()];

    it.each([
      ['enable_adjust', [...adjustments, 'hsl']],
      ['enable_lut', ['lut']],
      ['enable_hsl', ['hsl']],
      ['enable_color_curves', ['color_curve']],
      ['enable_hsl_curves', ['hsl_curve']],
      ['enable_color_wheels', ['log_color_wheel', 'primary_color_wheel']],
      ['enable_smart_color_adjust', ['smart_color_adjust']],
      ['enable_color_match_adjust', ['color_match']],
      ['enable_color_correct_adjust', ['color_correct']],
    ])('%s', (name, off) => {
      expect(all).toHaveLength(adjustments.length + 10);
      expect(all.filter((type) => !found({ [name]: false }).includes(type))).toEqual(off);
      expect(found({ [name]: true })).toEqual(all);
    });

    it('HSL stays on by its own switch where it has one', () => {
      expect(found({ enable_adjust: false, enable_hsl: true })).toContain('hsl');
    });
  });

  it('sound effects, and bookkeeping only where it does something', () => {
    const named = (materials: Record<string, Json[]>) => read(materials).audioEffects.map(({ name }) => name);
    expect(named({ audio_effects: [{ name: '大厅' }] })).toEqual(['大厅']);
    expect(named({ vocal_separations: [{ choice: 0 }], loudnesses: [{ enable: false }] })).toEqual([]);
    expect(named({ vocal_separations: [{ choice: 1 }], loudnesses: [{ enable: true }] })).toEqual([
      'vocal_separation',
      'loudness',
    ]);
  });

  it('sound treatment that is switched off is left out', () => {
    const found = read({
      vocal_beautifys: [{ enable: false }, { enable: true }],
      realtime_denoises: [{ is_denoise: false }],
    });
    expect(found.audioEffects.map(({ name }) => name)).toEqual(['vocal_beautify']);
  });

  it('the fade that old versions write into the material', () => {
    const json = draftJson({}, { videos: [video({ audio_fade: { fade_in_duration: 7, fade_out_duration: 0 } })] });
    expect(readDraftWithProblems(json).draft.tracks[0]?.segments[0]?.extras.fade).toEqual({ inUs: 7, outUs: 0 });
  });

  it('adjustments of an adjustment track, whatever its own material is', () => {
    const effects = [{ id: 'b', type: 'brightness', value: 0.5 }];
    const adjusting = segment({ material_id: 'none', extra_material_refs: ['b'], source_timerange: null });
    const { draft, problems } = readDraftWithProblems(
      draftJson({ tracks: [track('adjust', [adjusting])] }, { effects }),
    );
    const [found] = draft.tracks[0]?.segments ?? [];
    expect(found?.content).toMatchObject({ type: 'effect', effect: { type: 'adjust', applyTarget: 2 } });
    expect(found?.extras.effects).toMatchObject([{ type: 'brightness', value: 0.5 }]);
    expect(problems).toEqual([]);
  });

  it('ids that lead nowhere are skipped and counted', () => {
    const json = draftJson({ tracks: [track('video', [segment({ extra_material_refs: ['a', 'b', 'a', null, {}] })])] });
    expect(readDraftWithProblems(json).problems).toEqual([
      { kind: 'reference_dangling', subject: 'video', count: 3, firstAtUs: 0 },
    ]);
  });
});
