import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDraft } from '../../../main/drafts/draft-folder.ts';
import type { Draft, MediaMaterial } from '../../../main/drafts/model.ts';
import { Studio } from '../../../main/engines/embedded/studio.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { corpusFolder, missing } from '../../support/environment.ts';
import { makeAnimation, makeMovie, makePhoto, scratchFolder } from '../../support/media.ts';

const skip = missing('corpus');
const folders = skip ? [] : readdirSync(corpusFolder);
const scratch = scratchFolder('corpus');
const moments = 12;
const preset = exportPresetSchema.parse({ resolution: '480p' });
let files: Record<MediaMaterial['kind'], string>;

beforeAll(async () => {
  const at = (name: string) => path.join(scratch.folder, name);
  const plain = (color: string) => (context: Parameters<Parameters<typeof makePhoto>[3]>[0], w: number, h: number) => {
    context.fillStyle = color;
    context.fillRect(0, 0, w, h);
  };
  const video = await makeMovie(at('movie.mp4'), { frames: 300, toneHz: 220 });
  files = {
    video,
    audio: video,
    photo: await makePhoto(at('photo.jpg'), 640, 480, plain('#4080c0')),
    gif: await makeAnimation(at('moving.gif'), ['#ff0000', '#00ff00', '#0000ff'], 120),
    sticker: await makePhoto(at('sticker.png'), 200, 200, plain('#f0c000')),
  };
});
afterAll(() => scratch.remove());

/** The draft with media of the right kind for whatever it names. */
function withStandIns(draft: Draft): Draft {
  const replaced = (media: MediaMaterial): MediaMaterial => ({ ...media, path: files[media.kind], reversePath: '' });
  return {
    ...draft,
    tracks: draft.tracks.map((track) => ({
      ...track,
      segments: track.segments.map((segment) => {
        const { content } = segment;
        if (content.type === 'media') return { ...segment, content: { ...content, media: replaced(content.media) } };
        if (content.type === 'compound')
          return { ...segment, content: { ...content, draft: withStandIns(content.draft) } };
        return segment;
      }),
    })),
  };
}

describe.skipIf(skip)('real drafts with stand-in media', () => {
  test.each(folders)('%s is drawn at moments all over its timeline, or refused with a reason', async (name) => {
    const opened = await openDraft(path.join(corpusFolder, name)).catch((error: unknown) => error);
    if (opened instanceof Error) {
      expect(opened).toBeInstanceOf(StationError);
      return;
    }
    const { draft } = opened as Awaited<ReturnType<typeof openDraft>>;
    if (draft.tracks.every(({ segments }) => segments.length === 0)) return;
    const studio = new Studio(withStandIns(draft), { preset, resolve: (file) => file });
    const { frames } = studio.timeline;
    for (let moment = 0; moment < moments; moment += 1) {
      const frame = Math.min(frames - 1, Math.floor(((moment + 0.5) * frames) / moments));
      const canvas = await studio.still(frame);
      expect(Math.min(canvas.width, canvas.height)).toBe(480);
      await studio.stage.scene.retire(frame);
    }
    expect(studio.warnings.list().filter(({ code }) => code === 'MEDIA_NOT_DRAWN')).toEqual([]);
    await studio.close();
  });
});
