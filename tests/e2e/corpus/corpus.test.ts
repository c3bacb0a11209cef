import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { canBeRendered, corpusNames, emptyDrafts, encryptedDrafts, examineVideo } from '../../support/corpus.ts';
import { corpusFolder, missing } from '../../support/environment.ts';
import { standInMedia } from '../../support/stand-in-media.ts';
import { startTestStation } from '../../support/station.ts';
import { tempFolder } from '../../support/temp.ts';

/** Seconds of each draft; `npm run corpus` does them whole. */
const stretch = 4;
const preset = exportPresetSchema.parse({ resolution: '480p', quality: 30 });

describe.skipIf(missing('corpus'))('real drafts, each through the whole station', () => {
  it('become videos of their length with their sound', { timeout: 400_000 }, async () => {
    const names = corpusNames().filter(canBeRendered);
    expect(names).toHaveLength(35);
    const station = await startTestStation({ settings: { engine: 'embedded', preset, embeddedLanes: 2 } });
    const scratch = tempFolder();
    const drafts = new Map(
      await Promise.all(
        names.map(async (name) => {
          const target = path.join(scratch, name);
          return [name, await standInMedia(path.join(corpusFolder, name), target, { firstSeconds: stretch })] as const;
        }),
      ),
    );
    for (const { folder } of drafts.values()) await station.submit(folder);

    const troubles: Record<string, unknown> = {};
    for (const [name, { folder, draft }] of drafts) {
      const last = (await station.finished(folder, 390_000)).at(-1);
      if (last?.status !== 'completed') {
        troubles[name] = last?.error_message ?? 'no answer';
        continue;
      }
      const video = path.join(station.data, 'videos', path.basename(new URL(last.video_url).pathname));
      const wrong = await examineVideo(video, draft, preset);
      if (wrong.length > 0) troubles[name] = wrong;
    }
    expect(troubles).toEqual({});
  });

  it('say why when they are empty or encrypted', async () => {
    const names = corpusNames().filter((name) => !canBeRendered(name));
    const station = await startTestStation({ settings: { engine: 'embedded', preset } });
    const said = await Promise.all(
      names.map(async (name) => {
        const link = path.join(corpusFolder, name);
        const refused = await station.post('/v1/gen_video', { draft_url: link });
        if (refused.status !== 200) return [name, JSON.stringify(await refused.json())] as const;
        const last = (await station.finished(link)).at(-1);
        expect([name, last?.status]).toEqual([name, 'failed']);
        return [name, last?.error_message ?? ''] as const;
      }),
    );
    const sentences = (kind: RegExp) => said.filter(([name]) => kind.test(name)).map(([, sentence]) => sentence);
    expect(sentences(emptyDrafts)).toHaveLength(3);
    for (const sentence of sentences(emptyDrafts)) expect(sentence).toMatch(/没有任何片段|空/);
    expect(sentences(encryptedDrafts)).toHaveLength(2);
    for (const sentence of sentences(encryptedDrafts)) expect(sentence).toMatch(/加密/);
  });
});
