import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDraft } from '../../../../main/drafts/read/index.ts';
import { renderDraft } from '../../../../main/engines/embedded/render.ts';
import { exportPresetSchema } from '../../../../main/shared/settings.ts';
import { compose } from '../../../../scripts/gallery/compose.ts';
import { makeGalleryMedia } from '../../../../scripts/gallery/media.ts';
import { clip, type Scene, scaled, seconds } from '../../../../scripts/gallery/scene.ts';
import { draftOf, type MediaFiles } from '../../../../scripts/gallery/scene-draft.ts';
import { framesOf, scratchFolder } from '../../../support/media.ts';

const scratch = scratchFolder('determinism');
let files: MediaFiles;
beforeAll(async () => {
  files = await makeGalleryMedia(scratch.folder);
});
afterAll(() => scratch.remove());

const animation = (type: string, name: string, duration: number) =>
  ['material_animations', { type: 'sticker_animation', animations: [{ type, name, start: 0, duration }] }] as const;

/** Whatever could depend on chance, on the clock or on what was drawn before: noise, particles, scattering, transitions. */
const everything: Scene = {
  id: 'everything',
  group: '',
  title: '',
  // x264's MB-tree reads past the ends of rows whose length is no multiple of 8 macroblocks on processors with AVX-512,
  // and then moves a few bits: a whole number of them asks about the renderer alone.
  canvas: { width: 512, height: 288 },
  lines: [
    {
      type: 'video',
      items: [
        { media: 'film', duration: 1, refs: [['transitions', { name: '信号故障', duration: seconds(0.6) }]] },
        { media: 'card', start: 1, duration: 1, refs: [['transitions', { name: '水墨', duration: seconds(0.6) }]] },
        { media: 'film', start: 2, duration: 1 },
      ],
    },
    {
      type: 'video',
      items: [
        { media: 'moving', duration: 3, segment: clip(scaled(0.4)), refs: [animation('in', '左右抖动', seconds(1))] },
      ],
    },
    {
      type: 'effect',
      items: [
        {
          shows: ['video_effects', { type: 'video_effect', name: '老电影', value: 1, apply_target_type: 2 }],
          duration: 1.5,
        },
        {
          shows: ['video_effects', { type: 'video_effect', name: '飘雪', value: 1, apply_target_type: 2 }],
          start: 1.5,
          duration: 1.5,
        },
      ],
    },
    {
      type: 'text',
      items: [
        {
          text: { content: JSON.stringify({ text: '一模一样 same', styles: [{ range: [0, 9], size: 14 }] }) },
          duration: 3,
          segment: clip(),
          refs: [animation('in', '随机飞入', seconds(1)), animation('loop', '故障', seconds(0.5))],
        },
      ],
    },
  ],
  at: [0.1, 0.5, 0.9, 1.2, 1.7, 2.05, 2.6, 2.9],
};

const hashed = (data: Uint8Array | Uint8ClampedArray): string => createHash('sha256').update(data).digest('hex');

describe('the same draft', () => {
  it('gives the same video every time', async () => {
    const draft = readDraft(draftOf(everything, files));
    const preset = exportPresetSchema.parse({ quality: 28 });
    const outputs = [path.join(scratch.folder, 'first.mp4'), path.join(scratch.folder, 'second.mp4')];
    const videos: string[][] = [];
    for (const output of outputs) {
      await renderDraft(draft, { preset, output, resolve: (written) => written });
      videos.push((await framesOf(output)).map(({ data }) => hashed(data)));
    }
    expect(videos[0]).toHaveLength(90);
    expect(videos[1]).toEqual(videos[0]);
    const [first, second] = outputs.map((output) => hashed(readFileSync(output)));
    expect(second).toBe(first);
  });

  it.each(['h264', 'hevc', 'av1'] as const)(
    'gives the same frames with %s, however many cores the machine has',
    async (codec) => {
      const draft = readDraft(draftOf({ ...everything, canvas: { width: 256, height: 144 } }, files));
      const preset = exportPresetSchema.parse({ quality: 28, codec });
      const videos: string[][] = [];
      for (const cores of [1, 8]) {
        const output = path.join(scratch.folder, `${codec}-${cores}.mp4`);
        await renderDraft(draft, { preset, output, cores, resolve: (written) => written });
        videos.push((await framesOf(output)).map(({ data }) => hashed(data)));
      }
      expect(videos[0]).toHaveLength(90);
      expect(videos[1]).toEqual(videos[0]);
    },
  );

  it('gives the same frame whether the frames before it were drawn or not', async () => {
    const pixels = ({ frames }: Awaited<ReturnType<typeof compose>>) => frames.map((frame) => hashed(frame.data()));
    const inOrder = pixels(await compose(everything, files));
    const alone: string[] = [];
    for (const at of everything.at) alone.push(...pixels(await compose({ ...everything, at: [at] }, files)));
    expect(alone).toEqual(inOrder);
    expect(new Set(inOrder).size).toBe(everything.at.length);
  });
});
