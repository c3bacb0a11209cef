import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Draft, EffectMaterial, SegmentExtras } from '../../../main/drafts/model.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { sentence } from '../../../main/shared/errors/index.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { aDraft, aMask, aMedia, anEffect, aSegment, aText, second } from '../../support/drafts.ts';
import { makeMovie, makePhoto, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('told');
const at = (name: string) => path.join(scratch.folder, name);
let movie = '';
beforeAll(async () => {
  movie = await makeMovie(at('movie.mp4'), { frames: 30, toneHz: 300 });
});
afterAll(() => scratch.remove());

/** What a real render says of a draft: the first sentence of each warning. */
async function told(draft: Draft, language: 'zh' | 'en' = 'en'): Promise<string[]> {
  const preset = exportPresetSchema.parse({});
  const warnings = await renderDraft(draft, { preset, output: at('out.mp4'), resolve: (file) => file });
  return warnings.map((warning) => sentence(warning, language).replace(/\. [A-Z].*/, '')).sort();
}

describe('the time of media that cannot be used is that of the video', () => {
  const inside = () =>
    aDraft([
      { type: 'video', segments: [aSegment(aMedia('video', movie))] },
      {
        type: 'video',
        segments: [aSegment(aMedia('photo', at('gone.png')), { startUs: 800_000, durationUs: 100_000 })],
      },
    ]);

  test.each([
    [
      'is trimmed and plays faster',
      { startUs: 100_000, durationUs: 300_000, sourceStartUs: 400_000, speed: 2 },
      '0.30',
    ],
    ['plays backwards', { reverse: true }, '0.10'],
  ])('inside a compound clip that %s', async (_, spec, seconds) => {
    const compound = aSegment({ type: 'compound', draft: inside() }, spec);
    expect(await told(aDraft([{ type: 'video', segments: [compound] }]))).toEqual([
      `The media "gone.png" could not be drawn (the file is missing) in 1 segment, the first at 0:0${seconds}`,
    ]);
  });

  test('for sounds and backgrounds, each told once with its segments counted', async () => {
    const canvas = { type: 'image', path: at('back.jpg') } as const;
    const small = { durationUs: 100_000, transform: { scaleX: 0.5, scaleY: 0.5 } };
    const clip = aMedia('video', movie);
    const song = aMedia('audio', at('song.mp3'));
    const draft = aDraft([
      {
        type: 'video',
        segments: [
          aSegment(clip, small),
          aSegment(clip, { ...small, startUs: 100_000, extras: { canvas } }),
          aSegment(clip, { ...small, startUs: 200_000, extras: { canvas } }),
        ],
      },
      // No background is drawn behind a clip that lies over others.
      { type: 'video', segments: [aSegment(clip, { ...small, extras: { canvas } })] },
      {
        type: 'audio',
        segments: [200_000, 100_000].map((startUs) => aSegment(song, { startUs, durationUs: 100_000 })),
      },
    ]);
    expect(await told(draft)).toEqual([
      'The media "back.jpg" could not be drawn (the file is missing) in 2 segments, the first at 0:00.10',
      'The sound of "song.mp3" could not be read (the file is missing) in 2 segments, the first at 0:00.10',
    ]);
  });
});

test('a sticker is either drawn or missing, and told once as what it is', async () => {
  const star = await makePhoto(at('star.png'), 100, 100, (context) => context.fillRect(20, 20, 60, 60));
  const on = (file: string, startUs: number) => aSegment(aMedia('sticker', file), { startUs, durationUs: second / 10 });
  const draft = aDraft([
    { type: 'video', segments: [aSegment(aMedia('video', movie), { durationUs: second / 2 })] },
    { type: 'sticker', segments: [on(at('lost.png'), 0), on(star, 200_000), on(star, 300_000)] },
  ]);
  expect(await told(draft)).toEqual([
    'The media "lost.png" could not be drawn (the file is missing) in 1 segment, the first at 0:00.00',
    'The sticker "star.png" was approximated 2 times',
  ]);
});

describe('a colour table that cannot be used', () => {
  const written = (name: string, text: string) => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const graded = (file: string, more: Partial<EffectMaterial>, startUs = 0) =>
    aSegment(aMedia('video', movie), {
      startUs,
      durationUs: 100_000,
      extras: { effects: [{ ...anEffect('lut', 'film'), path: file, ...more }] },
    });

  test('is named with the reason, its segments and the first of them, in both languages', async () => {
    const short = written('short.cube', 'LUT_3D_SIZE 2\n0 0 0\n');
    const draft = aDraft([
      {
        type: 'video',
        segments: [graded(short, { value: 0 }), graded(short, {}, 100_000), graded(short, {}, 200_000)],
      },
    ]);
    expect(await told(draft)).toEqual([
      'The media "short.cube" could not be drawn (it has 1 rows, not 8) in 2 segments, the first at 0:00.10',
    ]);
    expect(await told(draft, 'zh')).toEqual([
      '素材“short.cube”未能画出（有 1 行，应为 8 行），涉及 2 个片段，首个位于 0:00.10。请更换该素材后重新导出。',
    ]);
  });

  test.each<[string, () => string, string]>([
    ['missing', () => at('nowhere.cube'), 'the file is missing'],
    ['of another kind', () => written('film.3dl', '0 1 2'), 'it is no .cube file'],
    [
      'gigantic',
      () => {
        truncateSync(written('huge.cube', ''), 2 ** 36);
        return at('huge.cube');
      },
      'it is too large for a colour table',
    ],
  ])('%s: the clip is drawn without it', async (_, make, reason) => {
    const file = make();
    expect(await told(aDraft([{ type: 'video', segments: [graded(file, {})] }]))).toEqual([
      `The media "${path.basename(file)}" could not be drawn (${reason}) in 1 segment, the first at 0:00.00`,
    ]);
  });

  test('is told by its title when the draft has no path for it; one that is read is not told', async () => {
    const good = written('good.cube', 'LUT_1D_SIZE 2\n0 0 0\n1 1 1\n');
    const segments = [graded('', {}), graded(good, {}, 100_000)];
    expect(await told(aDraft([{ type: 'video', segments }]))).toEqual([
      'The media "film" could not be drawn (the draft does not say where it is) in 1 segment, the first at 0:00.00',
    ]);
  });
});

describe('what shows nothing in Jianying either', () => {
  const short = { durationUs: 100_000 };
  const clip = (extras: Partial<SegmentExtras>, startUs = 0) =>
    aSegment(aMedia('video', movie), { ...short, startUs, extras });
  const transition = { name: '信号故障', resourceId: '', durationUs: 60_000, overlap: true };
  const off = (type: string, name: string) => ({ ...anEffect(type, name), value: 0 });

  test.each<[string, Partial<SegmentExtras>]>([
    ['a transition without a clip to go over into', { transition }],
    ['a filter of strength 0', { effects: [off('filter', '高清')] }],
    ['a smart colour of strength 0', { effects: [off('smart_color_adjust', '智能调色')] }],
    ['a chroma key of strength 0', { chroma: { color: '#00ff00', intensity: 0, shadow: 0 } }],
  ])('is not told: %s', async (_, extras) => {
    expect(await told(aDraft([{ type: 'video', segments: [clip(extras), clip({}, 300_000)] }]))).toEqual([]);
  });

  test('is not told: what only pictures can have, on a sound; a filter layer of strength 0', async () => {
    const effects = [anEffect('filter', '高清'), anEffect('video_effect', '没有这个')];
    const sound = aSegment(aMedia('audio', movie), {
      ...short,
      extras: { effects, transition, masks: [aMask({ shape: 'other', name: '怪' })] },
    });
    const layer = aSegment({ type: 'effect', effect: off('filter', '高清') }, short);
    const draft = aDraft([
      { type: 'video', segments: [clip({})] },
      { type: 'audio', segments: [sound] },
      { type: 'filter', segments: [layer] },
    ]);
    expect(await told(draft)).toEqual([]);
  });

  test('but a transition into the next clip is told, also with a frame between them', async () => {
    const segments = [clip({ transition }), clip({}, 133_000)];
    expect(await told(aDraft([{ type: 'video', segments }]))).toEqual([
      'The transition "信号故障" was approximated 1 time',
    ]);
  });
});

test('what is left out is told as left out: filters of texts, colour ranges of another kind', async () => {
  const hsl = (range: string) => ({ range, hue: 0.3, saturation: 0, lightness: 0 });
  const effects = [anEffect('filter', '高清'), { ...anEffect('lut', 'film'), path: at('nowhere.cube') }];
  const length = { durationUs: 100_000 };
  const draft = aDraft([
    {
      type: 'video',
      segments: [
        aSegment(aMedia('video', movie), { ...length, extras: { hsl: [hsl('1'), hsl('2'), hsl('#123456')] } }),
      ],
    },
    { type: 'text', segments: [aSegment(aText('字'), { ...length, extras: { effects } })] },
  ]);
  expect(await told(draft)).toEqual([
    'The adjustment "HSL #123456" could not be drawn, 1 time',
    'The adjustment "HSL" was approximated 1 time',
    'The colour table "film" could not be drawn, 1 time',
    'The filter "高清" could not be drawn, 1 time',
  ]);
});
