import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../main/drafts/model.ts';
import { readDraft, readDraftWithProblems } from '../../../main/drafts/read/index.ts';
import { everyDraft, everyMedia } from '../../../main/drafts/walk.ts';
import { draftJson, type Json, range, second, segment, textMaterial, track, video } from './fixture.ts';

const kinds = (json: unknown) => readDraftWithProblems(json).problems.map(({ kind }) => kind);

describe('the draft as a whole', () => {
  it('takes its length from the segments, not from the field', () => {
    const draft = readDraft(
      draftJson({ duration: 10, tracks: [track('video', [segment({ target_timerange: range(second, 4 * second) })])] }),
    );
    expect(draft).toMatchObject({ durationUs: 5 * second, declaredDurationUs: 10 });
  });

  it('does without platform, version, name and frame rate', () => {
    const draft = readDraft({ tracks: [], materials: {} });
    expect(draft).toMatchObject({
      name: '',
      app: { source: '', version: '', os: '' },
      newVersion: '',
      fps: 30,
      tracks: [],
    });
  });

  it('names the application that saved last', () => {
    const draft = readDraft(draftJson({ last_modified_platform: { app_source: 'cc', app_version: '6.1', os: 'mac' } }));
    expect(draft.app).toEqual({ source: 'cc', version: '6.1', os: 'mac' });
  });

  it('the given name wins over the one in the file', () => {
    expect(readDraft(draftJson({ name: 'x' }), { name: 'title' }).name).toBe('title');
  });

  it.each([
    ['0x0', { width: 0, height: 0 }],
    ['none', null],
    ['nonsense', { width: 'wide', height: -5 }],
  ])('a canvas of %s becomes the size of the first picture', (_, canvas) => {
    const json = draftJson({ canvas_config: canvas });
    expect(readDraft(json).canvas).toMatchObject({ width: 1280, height: 720 });
    expect(kinds(json)).toContain('canvas_missing');
  });

  it('without any picture the canvas is 1920x1080', () => {
    expect(readDraft(draftJson({ canvas_config: {}, tracks: [] })).canvas).toMatchObject({ width: 1920, height: 1080 });
  });

  it.each([[Number.NaN], [0], [-1], ['abc'], [1e9]])('a frame rate of %s becomes 30', (fps) => {
    expect(readDraft(draftJson({ fps })).fps).toBe(30);
  });

  it('fractional frame rates stay', () => {
    expect(readDraft(draftJson({ fps: 29.97 })).fps).toBe(29.97);
  });

  it('keeps tracks in file order with their place, also where some are left out', () => {
    const json = draftJson({
      tracks: [track('text', []), track('hologram', [segment()]), track('video', [segment()]), null, 'x'],
    });
    expect(readDraft(json).tracks.map(({ type, index }) => [type, index])).toEqual([
      ['text', 0],
      ['video', 2],
    ]);
    expect(readDraftWithProblems(json).problems).toContainEqual({
      kind: 'track_unknown',
      subject: 'hologram',
      count: 1,
      firstAtUs: null,
    });
  });

  it('reads muted tracks from the first bit', () => {
    const muted = [0, 1, 2, 3, 4, undefined, '1'].map(
      (attribute) => readDraft(draftJson({ tracks: [track('audio', [], { attribute })] })).tracks[0]?.muted,
    );
    expect(muted).toEqual([false, true, false, true, false, false, true]);
  });

  it('orders the segments of a track by time', () => {
    const at = (start: number) => segment({ id: `S${start}`, target_timerange: range(start, 10) });
    const draft = readDraft(draftJson({ tracks: [track('video', [at(30), at(10), at(20)])] }));
    expect(draft.tracks[0]?.segments.map(({ id }) => id)).toEqual(['S10', 'S20', 'S30']);
  });

  it('names material that the file marks as members only', () => {
    expect(readDraft(draftJson()).membership).toBeUndefined();
    expect(readDraft(draftJson({}, { effects: [{ id: 'e', name: '电影感', is_vip: true }] })).membership).toEqual([
      '电影感',
    ]);
  });
});

describe('media', () => {
  const media = (fields: Json, list = 'videos') =>
    [...readDraft(draftJson({}, { videos: [], [list]: [video(fields)] })).media.values()][0];

  it.each([
    [{ type: 'video' }, 'videos', 'video'],
    [{ type: 'photo' }, 'videos', 'photo'],
    [{ type: 'gif' }, 'videos', 'gif'],
    [{ type: 'video', path: 'C:\\a\\B.GIF' }, 'videos', 'gif'],
    [{ type: 'extract_music' }, 'audios', 'audio'],
    [{ type: 'sticker' }, 'stickers', 'sticker'],
  ])('%j in %s is %s', (fields, list, kind) => {
    expect(media(fields, list)?.kind).toBe(kind);
  });

  it('says where it can be fetched', () => {
    expect(media({ path: 'online_https://x.example/a' })?.remoteUrl).toBe('https://x.example/a');
    expect(media({ remote_url: 'https://x.example/b' })?.remoteUrl).toBe('https://x.example/b');
    expect(media({})?.remoteUrl).toBeNull();
  });

  it('bounds what it declares', () => {
    expect(media({ width: -4, height: 1e12, duration: 'long' })).toMatchObject({
      width: 0,
      height: 65_536,
      durationUs: 0,
    });
  });

  it('reads a crop, and none where it is the whole picture or nothing', () => {
    const corners = (left: number, right: number) => ({
      crop: {
        upper_left_x: left,
        upper_left_y: 0,
        upper_right_x: right,
        upper_right_y: 0,
        lower_left_x: left,
        lower_left_y: 1,
        lower_right_x: right,
        lower_right_y: 1,
      },
    });
    expect(media(corners(0.25, 0.75))?.crop?.upperLeft).toEqual({ x: 0.25, y: 0 });
    expect(media(corners(0, 1))?.crop).toBeNull();
    expect(media(corners(0.5, 0.5))?.crop).toBeNull();
    expect(media({})?.crop).toBeNull();
  });

  it('names what the application computes on it', () => {
    const smart = { matting: { flag: 3 }, video_algorithm: { algorithms: [{ type: 'motion_blur' }] } };
    expect(media(smart)?.algorithms).toEqual(['motion_blur', 'matting']);
    expect(media({ matting: { flag: 0 } })?.algorithms).toBeUndefined();
  });

  it('a name of last resort is the file name without its query', () => {
    expect(media({ material_name: '', path: 'https://x.example/p/a.png?sign=1' })?.name).toBe('a.png');
  });
});

describe('compound clips', () => {
  const compound = (inner: unknown, fields: Json = {}) =>
    draftJson(
      { tracks: [track('video', [segment({ extra_material_refs: ['group'], ...fields })])] },
      {
        videos: [video({ path: '', extra_type_option: 2 })],
        drafts: [{ id: 'group', type: 'combination', draft: inner }],
      },
    );
  const contentOf = (draft: Draft) => draft.tracks[0]?.segments[0]?.content;

  it('hold a whole draft, and their stand-in is no missing file', () => {
    const draft = readDraft(compound(draftJson()));
    expect(contentOf(draft)).toMatchObject({
      type: 'compound',
      draft: { canvas: { width: 1920 }, durationUs: 2 * second },
    });
    expect([...draft.media.keys()]).toEqual([]);
    expect(everyMedia(draft).map(({ path }) => path)).toEqual(['/m/a.mp4']);
  });

  it('a file that claims to be one is used when the nested draft is gone', () => {
    expect(contentOf(readDraft(compound(null)))).toEqual({ type: 'unresolved', materialId: 'm1' });
  });

  it('one nested draft shown often is read once', () => {
    const shown = [0, 1, 2].map((n) =>
      segment({ extra_material_refs: ['group'], target_timerange: range(n * 10, 10) }),
    );
    const json = { ...compound(draftJson()), tracks: [track('video', shown)] };
    expect(everyDraft(readDraft(json))).toHaveLength(2);
  });

  it('deep nesting ends, and so does a draft inside itself', () => {
    const circle = compound(null);
    (circle.materials as Json).drafts = [{ id: 'group', draft: circle }];
    const { draft, problems } = readDraftWithProblems(circle);
    expect(everyDraft(draft).length).toBeLessThan(12);
    expect(problems.map(({ kind }) => kind)).toContain('compound_too_deep');
  });

  it('a missing canvas is that of the nested draft', () => {
    const json = {
      ...compound(draftJson({ canvas_config: { width: 720, height: 1280 } })),
      canvas_config: { width: 0, height: 0 },
    };
    expect(readDraft(json).canvas).toMatchObject({ width: 720, height: 1280 });
  });
});

describe('what segments show', () => {
  const content = (type: string, materials: Json) =>
    readDraft(draftJson({ tracks: [track(type, [segment()])] }, { videos: [], ...materials })).tracks[0]?.segments[0]
      ?.content;

  it('text, templates, stickers, effects', () => {
    expect(content('text', { texts: [textMaterial()] })).toMatchObject({ type: 'text', text: { text: '你好' } });
    const template = {
      id: 'm1',
      name: 'pop',
      resource_id: '7',
      text_info_resources: [
        { text_material_id: 't', attach_info: { clip: { transform: { x: 0, y: 0.5 } } } },
        { text_material_id: 'gone' },
      ],
    };
    expect(content('text', { text_templates: [template], texts: [textMaterial({ id: 't' })] })).toMatchObject({
      type: 'text_template',
      template: { name: 'pop', resourceId: '7', texts: [{ text: { text: '你好' }, transform: { y: 0.5, scaleX: 1 } }] },
    });
    const sticker = { id: 'm1', name: '红包', resource_id: '70', icon_url: 'https://x.example/i.png' };
    expect(content('sticker', { stickers: [sticker] })).toMatchObject({
      type: 'media',
      media: { kind: 'sticker', resourceId: '70', previewUrl: 'https://x.example/i.png' },
    });
    expect(
      content('effect', { video_effects: [{ id: 'm1', type: 'video_effect', name: '胶片', apply_target_type: 2 }] }),
    ).toMatchObject({ type: 'effect', effect: { name: '胶片', applyTarget: 2 } });
    expect(content('filter', { effects: [{ id: 'm1', type: 'filter', name: '高清', value: 0.4 }] })).toMatchObject({
      type: 'effect',
      effect: { type: 'filter', value: 0.4, applyTarget: 2 },
    });
    expect(content('sticker', { shapes: [{ id: 'm1', type: 'shape', name: '矩形' }] })).toMatchObject({
      type: 'effect',
      effect: { type: 'shape' },
    });
  });

  it('texts of a template with their own animations', () => {
    const template = {
      id: 'm1',
      text_info_resources: [
        { text_material_id: 't', extra_material_refs: ['a', 'gone'] },
        { text_material_id: 't', extra_material_refs: null },
      ],
    };
    const animations = [{ type: 'in', name: '打字机', resource_id: '5', start: 0, duration: 300 }];
    const shown = content('text', {
      text_templates: [template],
      texts: [textMaterial({ id: 't' })],
      material_animations: [{ id: 'a', animations }],
    });
    expect(shown).toMatchObject({
      template: { texts: [{ animations: [{ kind: 'in', name: '打字机', durationUs: 300 }] }, { animations: [] }] },
    });
  });

  it('texts of a template at their times, in their layers', () => {
    const attached = (order_in_layer: number, attach_info: Json) => ({
      text_material_id: 't',
      order_in_layer,
      attach_info,
    });
    const shown = content('text', {
      text_templates: [
        {
          id: 'm1',
          text_info_resources: [
            attached(2, { start_time: 100, duration: 300 }),
            attached(1, { start_time: -5, duration: 0 }),
            { text_material_id: 't' },
          ],
        },
      ],
      texts: [textMaterial({ id: 't' })],
    });
    expect(shown).toMatchObject({
      template: {
        texts: [
          { startUs: 0, durationUs: null },
          { startUs: 0, durationUs: null },
          { startUs: 100, durationUs: 300 },
        ],
      },
    });
  });

  it('nothing, when the id leads nowhere', () => {
    expect(content('video', {})).toEqual({ type: 'unresolved', materialId: 'm1' });
    expect(kinds(draftJson({}, { videos: [] }))).toContain('material_dangling');
  });

  it('ids that are words of the language are only ids', () => {
    const json = JSON.parse(
      '{"tracks":[{"type":"video","segments":[{"material_id":"__proto__","target_timerange":{"start":0,"duration":5},"extra_material_refs":["constructor","__proto__"]}]}],"materials":{"videos":[{"id":"__proto__","path":"/m/a.mp4"}],"__proto__":{"polluted":true}}}',
    );
    const draft = readDraft(json);
    expect(draft.tracks[0]?.segments[0]?.content).toMatchObject({ type: 'media', media: { path: '/m/a.mp4' } });
    expect(({} as Json).polluted).toBeUndefined();
  });
});
