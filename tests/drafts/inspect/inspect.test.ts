import { describe, expect, it } from 'vitest';
import {
  type Drawability,
  type Fidelity,
  inspectDraft,
  type MediaKnowledge,
} from '../../../main/drafts/inspect/index.ts';
import { readDraftWithProblems } from '../../../main/drafts/read/index.ts';
import { embeddedDrawability } from '../../../main/engines/embedded/drawability.ts';
import type { MediaFacts } from '../../../main/media/facts.ts';
import { type Inspection, inspectionSchema } from '../../../main/shared/inspection.ts';
import {
  draftJson,
  type Json,
  range,
  richDraftJson,
  second,
  segment,
  textMaterial,
  track,
  video,
} from '../read/fixture.ts';

const drawsAll: Drawability = { fidelity: () => 'exact' };

function inspect(
  json: unknown,
  media: Record<string, MediaKnowledge> = { m1: 'present' },
  drawing: Drawability = drawsAll,
  nowMs?: number,
): Inspection {
  const { draft, problems } = readDraftWithProblems(json);
  const options = nowMs === undefined ? { problems } : { problems, nowMs };
  return inspectDraft(draft, new Map(Object.entries(media)), drawing, options);
}

const kinds = (inspection: Inspection) => inspection.findings.map(({ severity, kind }) => `${severity} ${kind}`);

function facts(fields: Partial<MediaFacts>): MediaFacts {
  return {
    kind: 'video',
    width: 640,
    height: 360,
    durationUs: 60 * second,
    fps: 30,
    hasAudio: true,
    videoCodec: 'h264',
    audioCodec: 'aac',
    bytes: 1000,
    ...fields,
  };
}

describe('the facts of an inspection', () => {
  it('are those of the draft', () => {
    const inspection = inspect(draftJson({ name: 'trip' }));
    expect(inspection).toMatchObject({
      name: 'trip',
      app: { source: 'lv', version: '5.9.0', os: 'windows' },
      newVersion: '110.0.0',
      canvas: { width: 1920, height: 1080 },
      fps: 30,
      durationUs: 2 * second,
      tracks: [{ type: 'video', segments: 1 }],
      findings: [],
      embedded: 'exact',
      membership: [],
    });
  });

  it('are what the API promises', () => {
    expect(() => inspectionSchema.parse(inspect(richDraftJson(), {}, { fidelity: () => 'not_drawn' }))).not.toThrow();
  });
});

describe('media', () => {
  const states = (media: Record<string, MediaKnowledge>, json = draftJson()) =>
    inspect(json, media).media.map(({ state }) => state);

  it.each([
    ['present', []],
    ['remote', []],
    ['missing', ['fatal media_missing']],
    ['unreadable', ['fatal media_unreadable']],
  ] as const)('%s', (known, findings) => {
    expect(states({ m1: known })).toEqual([known]);
    expect(kinds(inspect(draftJson(), { m1: known }))).toEqual(findings);
  });

  it('that nobody has looked at is judged by its path', () => {
    const of = (path: string) => states({}, draftJson({}, { videos: [video({ path })] }));
    expect(of('https://x.example/a')).toEqual(['remote']);
    expect(of('')).toEqual(['missing']);
    expect(of('##_material_placeholder_23B2EC28-0000-0000-0000-000000000000_##')).toEqual(['missing']);
    expect(of('C:/a.mp4')).toEqual(['present']);
  });

  it('is not missed where nothing shows it', () => {
    const hidden = draftJson({ tracks: [track('video', [segment({ visible: false })])] });
    expect(kinds(inspect(hidden, { m1: 'missing' }))).toEqual(['note media_unused_missing']);
    const muted = (type: string) => draftJson({ tracks: [track(type, [segment()], { attribute: 1 })] });
    expect(kinds(inspect(muted('audio'), { m1: 'missing' }))).toEqual(['note media_unused_missing']);
    expect(kinds(inspect(muted('video'), { m1: 'missing' }))).toEqual(['fatal media_missing']);
  });

  it('has probed sizes before declared ones', () => {
    expect(inspect(draftJson(), { m1: facts({ durationUs: 3 * second }) }).media[0]).toMatchObject({
      width: 640,
      height: 360,
      durationUs: 3 * second,
      bytes: 1000,
    });
    expect(inspect(draftJson()).media[0]).toMatchObject({
      width: 1280,
      height: 720,
      durationUs: 60 * second,
      bytes: null,
    });
  });

  it('shorter than its use is told', () => {
    const inspection = inspect(draftJson(), { m1: facts({ durationUs: second }) });
    expect(inspection.media[0]?.state).toBe('too_short');
    expect(kinds(inspection)).toEqual(['degraded media_too_short']);
    expect(inspection.embedded).toBe('degraded');
  });

  it.each([
    ['a photo', { type: 'photo' }, facts({ kind: 'photo', durationUs: 0 })],
    ['a gif', { type: 'gif' }, facts({ kind: 'gif', durationUs: second / 2 })],
    ['almost long enough', {}, facts({ durationUs: 1_950_000 })],
  ])('%s is long enough', (_, fields, known) => {
    expect(states({ m1: known }, draftJson({}, { videos: [video(fields)] }))).toEqual(['present']);
  });

  it('used beyond its declared length is noted until it is probed', () => {
    const json = draftJson({}, { videos: [video({ duration: second })] });
    expect(kinds(inspect(json))).toEqual(['note media_shorter_than_declared_use']);
    expect(kinds(inspect(json, { m1: facts({}) }))).toEqual([]);
  });

  it('of the wrong kind is told', () => {
    expect(states({ m1: facts({ kind: 'audio' }) })).toEqual(['wrong_kind']);
    const sound = draftJson({ tracks: [track('audio', [segment()])] });
    expect(states({ m1: facts({ hasAudio: false }) }, sound)).toEqual(['wrong_kind']);
    expect(states({ m1: facts({}) }, sound)).toEqual(['present']);
  });

  it('is named without signature and account', () => {
    const json = draftJson(
      {},
      { videos: [video({ path: 'https://user:pass@x.example/p/a.mp4?x-expires=1700000000&x-signature=secret#f' })] },
    );
    expect(inspect(json, {}).media[0]?.source).toBe('https://x.example/p/a.mp4');
    expect(JSON.stringify(inspect(json, {}))).not.toContain('secret');
  });

  it('whose signed address has expired is told, when the time is given', () => {
    const json = draftJson(
      {},
      { videos: [video({ path: 'https://x.example/a.mp4?x-expires=1700000000&x-signature=s' })] },
    );
    expect(kinds(inspect(json, {}, drawsAll, 1_800_000_000_000))).toEqual(['degraded media_link_expired']);
    expect(kinds(inspect(json, {}, drawsAll, 1_600_000_000_000))).toEqual([]);
    expect(kinds(inspect(json, {}))).toEqual([]);
  });

  it('of compound clips counts, too', () => {
    const json = draftJson(
      { tracks: [track('video', [segment({ material_id: 'g', extra_material_refs: ['d'] })])] },
      { videos: [video({ id: 'g', path: '', extra_type_option: 2 })], drafts: [{ id: 'd', draft: draftJson() }] },
    );
    expect(inspect(json, { m1: 'missing' }).media).toMatchObject([{ materialId: 'm1', state: 'missing' }]);
  });
});

describe('the timeline', () => {
  const at = (start: number, duration: number, fields: Json = {}) =>
    segment({ target_timerange: range(start, duration), source_timerange: range(0, duration), ...fields });
  const onTrack = (...segments: Json[]) =>
    draftJson(
      { duration: 4 * second, tracks: [track('video', segments)] },
      { transitions: [{ id: 'cut', name: 'Mix', duration: second }] },
    );

  it('without segments cannot be exported', () => {
    const inspection = inspect(draftJson({ duration: 0, tracks: [] }));
    expect(kinds(inspection)).toContain('fatal no_segments');
    expect(inspection.embedded).toBe('impossible');
  });

  it('overlaps are told, touching and rounding are none', () => {
    expect(kinds(inspect(onTrack(at(0, 2 * second), at(second, 3 * second))))).toEqual(['degraded track_overlap']);
    expect(kinds(inspect(onTrack(at(0, 2 * second), at(2 * second - 10, 2 * second))))).toEqual([]);
  });

  it('tracks are named in the language of the sentence', () => {
    const [overlap] = inspect(onTrack(at(0, 2 * second), at(second, 3 * second))).findings;
    expect(overlap?.zh).toMatch(/^视频轨道上有 1 处/);
    expect(overlap?.en).toContain('on the track video');
  });

  it('each segment under a long one overlaps', () => {
    const inspection = inspect(onTrack(at(0, 4 * second), at(second, second), at(2 * second, second)));
    expect(inspection.findings).toMatchObject([{ kind: 'track_overlap', count: 2 }]);
  });

  it('a transition of old versions overlaps by its length', () => {
    expect(
      kinds(inspect(onTrack(at(0, 2 * second, { extra_material_refs: ['cut'] }), at(second, 3 * second)))),
    ).toEqual([]);
  });

  it('a wrong length, odd sides and members’ material are noted', () => {
    expect(kinds(inspect(draftJson({ duration: 60 * second })))).toEqual(['note duration_mismatch']);
    expect(kinds(inspect(draftJson({ canvas_config: { width: 1920, height: 1013 } })))).toEqual(['note canvas_odd']);
    const members = inspect(draftJson({}, { effects: [{ id: 'e', name: '电影感', is_vip: true }] }));
    expect(kinds(members)).toEqual(['note membership']);
    expect(members.membership).toEqual(['电影感']);
  });

  it('tells what the reader had to mend, worst first', () => {
    const json = draftJson({
      fps: 0,
      tracks: [
        track('video', [
          segment({ speed: 0 }),
          segment({
            material_id: 'gone',
            target_timerange: range(2 * second, second),
            source_timerange: range(0, second),
          }),
        ]),
      ],
    });
    expect(kinds(inspect(json))).toEqual([
      'degraded material_dangling',
      'degraded speed_invalid',
      'note duration_mismatch',
      'note fps_invalid',
    ]);
  });
});

describe('what the embedded engine cannot draw', () => {
  const drawing = (fidelity: Fidelity): Drawability => ({ fidelity: () => fidelity });

  it('is told by name and count', () => {
    const effects = [{ id: 'f', type: 'filter', name: '高清', resource_id: '7' }];
    const json = draftJson(
      {
        duration: 3 * second,
        tracks: [
          track('video', [
            segment({ extra_material_refs: ['f'] }),
            segment({
              target_timerange: range(2 * second, second),
              source_timerange: range(0, second),
              extra_material_refs: ['f'],
            }),
          ]),
        ],
      },
      { effects },
    );
    const [finding] = inspect(json, undefined, drawing('not_drawn')).findings;
    expect(finding).toMatchObject({ kind: 'filter_not_drawn', severity: 'degraded', subject: '高清', count: 2 });
    expect(finding?.zh).toContain('滤镜「高清」（2 处）');
    expect(finding?.en).toContain('filter "高清" (2)');
    expect(inspect(json, undefined, drawing('approximated')).findings[0]).toMatchObject({
      kind: 'filter_approximated',
      severity: 'degraded',
    });
    expect(inspect(json, undefined, drawing('exact')).findings).toEqual([]);
  });

  it('covers every kind of thing', () => {
    const asked: string[] = [];
    const fidelity: Drawability['fidelity'] = ({ kind, name }) => {
      asked.push(`${kind} ${name}`);
      return 'exact';
    };
    inspect(richDraftJson(), {}, { fidelity });
    expect(asked.sort()).toEqual([
      'adjust brightness',
      'animation 渐显',
      'audio_effect 大厅',
      'chroma #00ff00',
      'curve_speed curve',
      'effect 胶片',
      'filter 高清',
      'hsl HSL',
      'mask 圆形',
      'mix_mode 正片叠底',
      'sticker star',
      'text_template pop',
      'transition 叠化',
    ]);
  });

  it('asks about boxes behind every line, which are drawn by what is likely, where there is more than one line', () => {
    const told = (text: string, background_style: number) => {
      const material = textMaterial({ content: text, check_flag: 23, background_color: '#102030', background_style });
      const json = draftJson({ tracks: [track('text', [segment()])] }, { videos: [], texts: [material] });
      return inspect(json, {}, embeddedDrawability).findings.filter(({ kind }) => kind.startsWith('text_background'));
    };
    expect(told('一\n二', 2)).toMatchObject([{ kind: 'text_background_approximated' }]);
    expect([told('一', 2), told('一\n二', 1), told('一\n二', 0)]).toEqual([[], [], []]);
  });

  it('asks with the resource id, so that an engine can know names of all languages', () => {
    const transitions = [{ id: 't', name: 'Dissolve', resource_id: '6724239388189921806', duration: second }];
    const json = draftJson({ tracks: [track('video', [segment({ extra_material_refs: ['t'] })])] }, { transitions });
    const byId: Drawability = {
      fidelity: ({ resourceId }) => (resourceId === '6724239388189921806' ? 'exact' : 'not_drawn'),
    };
    expect(inspect(json, undefined, byId).findings).toEqual([]);
  });

  it('flower text is one thing though it is written twice', () => {
    const content = JSON.stringify({ text: 'a', styles: [{ range: [0, 1], effectStyle: { id: '9' } }] });
    const written = (effects: Json[]) => {
      const json = draftJson(
        { tracks: [track('text', [segment({ source_timerange: null, extra_material_refs: ['e'] })])] },
        { videos: [], texts: [textMaterial({ content })], effects },
      );
      return inspect(json, {}, drawing('not_drawn')).findings.map(({ kind, subject }) => `${kind} ${subject}`);
    };
    expect(written([{ id: 'e', type: 'text_effect', name: '金色', resource_id: '9' }])).toEqual([
      'flower_text_not_drawn 金色',
    ]);
    expect(written([{ id: 'x' }])).toContain('flower_text_not_drawn 9');
  });

  it('sliders that are back at zero ask for nothing', () => {
    const effects = [
      { id: 'a', type: 'figure', name: '瘦脸', value: 0 },
      { id: 'b', type: 'brightness', value: 0 },
      { id: 'c', type: 'bloom', name: 'glow', value: 0 },
    ];
    const json = draftJson(
      { tracks: [track('video', [segment({ extra_material_refs: ['a', 'b', 'c'] })])] },
      { effects },
    );
    expect(inspect(json, undefined, drawing('not_drawn')).findings.map(({ subject }) => subject)).toEqual(['glow']);
  });

  it('is asked what kind of animation, which shape, whose', () => {
    const asked: string[] = [];
    const fidelity: Drawability['fidelity'] = ({ kind, detail, onText }) => {
      asked.push(`${kind} ${detail}${onText ? ' on a text' : ''}`);
      return 'exact';
    };
    const animations = ['in', 'loop'].map((type) => ({ type, name: '渐显', duration: 5 }));
    const materials = {
      material_animations: [{ id: 'a', animations }],
      masks: [{ id: 'b', resource_type: 'circle' }],
      effects: [{ id: 'c', type: 'face_effect', name: 'x' }],
    };
    const refs = { extra_material_refs: ['a', 'b', 'c'] };
    const json = draftJson(
      { tracks: [track('video', [segment(refs)]), track('text', [segment({ ...refs, material_id: 't' })])] },
      { ...materials, texts: [textMaterial({ id: 't' })] },
    );
    inspect(json, undefined, { fidelity });
    expect(asked.sort()).toEqual([
      'animation in',
      'animation loop',
      'effect face_effect',
      'effect face_effect on a text',
      'mask circle',
      'text_animation in',
      'text_animation loop',
    ]);
  });

  it('another font is a note', () => {
    const json = draftJson(
      { tracks: [track('text', [segment({ source_timerange: null })])] },
      { videos: [], texts: [textMaterial({ font_title: '梦桃体' })] },
    );
    const inspection = inspect(json, {}, drawing('not_drawn'));
    expect(inspection.findings).toMatchObject([{ severity: 'note', kind: 'font_not_drawn', subject: '梦桃体' }]);
    expect(inspection.embedded).toBe('exact');
  });

  it('a name that is spelled in two ways is one thing, told as it is first spelled', () => {
    const fonts = ['Arial', 'arial', 'ARIAL'];
    const texts = fonts.map((title, n) => textMaterial({ id: `t${n}`, font_title: title }));
    const segments = texts.map((_, n) =>
      segment({ material_id: `t${n}`, target_timerange: range(n * second, second), source_timerange: null }),
    );
    const inspection = inspect(
      draftJson({ duration: 3 * second, tracks: [track('text', segments)] }, { videos: [], texts }),
      {},
      drawing('not_drawn'),
    );
    expect(inspection.findings).toMatchObject([{ kind: 'font_not_drawn', subject: 'Arial', count: 3 }]);
  });

  it('invisible segments ask for nothing', () => {
    const effects = [{ id: 'f', type: 'filter', name: '高清' }];
    const json = draftJson(
      { tracks: [track('video', [segment({ visible: false, extra_material_refs: ['f'] })])] },
      { effects },
    );
    expect(inspect(json, undefined, drawing('not_drawn')).findings).toEqual([]);
  });
});
