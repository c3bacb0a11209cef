import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Draft } from '../../../main/drafts/model.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { sentence } from '../../../main/shared/errors/index.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { aDraft, aMedia, aSegment, second } from '../../support/drafts.ts';
import { makeMovie, makePhoto, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('told');
const at = (name: string) => path.join(scratch.folder, name);
let movie = '';
beforeAll(async () => {
  movie = await makeMovie(at('movie.mp4'), { frames: 30, toneHz: 300 });
});
afterAll(() => scratch.remove());

/** What a real render says of a draft: the first sentence of each warning. */
async function told(draft: Draft): Promise<string[]> {
  const preset = exportPresetSchema.parse({});
  const warnings = await renderDraft(draft, { preset, output: at('out.mp4'), resolve: (file) => file });
  return warnings.map((warning) => sentence(warning, 'en').replace(/\. [A-Z].*/, '')).sort();
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
      `The media "gone.png" could not be drawn (the file is missing) in 1 segments, the first at 0:0${seconds}`,
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
    'The media "lost.png" could not be drawn (the file is missing) in 1 segments, the first at 0:00.00',
    'The sticker "star.png" was approximated 2 times',
  ]);
});
