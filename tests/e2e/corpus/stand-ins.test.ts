import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { localMediaPath } from '../../../main/drafts/media-path.ts';
import { everyMedia } from '../../../main/drafts/walk.ts';
import { probeMedia } from '../../../main/media/probe.ts';
import { cutDraft } from '../../support/cut-draft.ts';
import { draftJson } from '../../support/draft-json.ts';
import { standInMedia } from '../../support/stand-in-media.ts';
import { tempFolder } from '../../support/temp.ts';

describe('media that stand in for those of a real draft', () => {
  it('are of the same kind, shape and length, hours included', async () => {
    const from = path.join(tempFolder(), 'draft');
    mkdirSync(from);
    const json = draftJson([
      { path: 'C:\\films\\long.mp4', durationUs: 1_000_000, sourceStartUs: 3_600_000_000 },
      { path: '/Users/x/photo.jpg', type: 'photo', startUs: 1_000_000, durationUs: 1_000_000 },
      { path: 'https://example.com/moving', type: 'gif', startUs: 2_000_000, durationUs: 1_000_000 },
      { path: 'C:\\films\\long.mp4', startUs: 3_000_000, durationUs: 1_000_000 },
    ]) as { materials: { videos: { width: number; height: number }[] } };
    Object.assign(json.materials.videos[1] ?? {}, { width: 3000, height: 4000 });
    writeFileSync(path.join(from, 'draft_content.json'), JSON.stringify(json));

    const { folder, draft, files } = await standInMedia(from, path.join(tempFolder(), 'target'));
    expect(files).toBe(3);
    const [long, photo, gif, again] = await Promise.all(
      everyMedia(draft).map(({ path: written }) => probeMedia(localMediaPath(written, folder) ?? '')),
    );
    expect(long).toMatchObject({ kind: 'video', hasAudio: true });
    expect(long?.durationUs).toBeGreaterThan(3_601_000_000);
    expect(photo).toMatchObject({ kind: 'photo', width: 120, height: 160 });
    expect(gif).toMatchObject({ kind: 'gif' });
    expect(again).toEqual(long);
    expect(readdirSync(path.join(folder, 'media'))).toHaveLength(3);
    expect(statSync(path.join(folder, 'draft_content.json')).size).toBeGreaterThan(100);
  });

  it('are needed only for the stretch that a draft is cut to', () => {
    const timeline = draftJson([
      { path: 'a.mp4', durationUs: 3_000_000 },
      { path: 'b.mp4', startUs: 3_000_000, durationUs: 4_000_000, sourceStartUs: 500_000 },
      { path: 'c.mp4', startUs: 7_000_000, durationUs: 1_000_000 },
    ]) as Record<string, unknown>;
    cutDraft(timeline, 5);
    expect(timeline).toMatchObject({
      duration: 5_000_000,
      tracks: [
        {
          segments: [
            { target_timerange: { duration: 3_000_000 } },
            {
              target_timerange: { start: 3_000_000, duration: 2_000_000 },
              source_timerange: { start: 500_000, duration: 2_000_000 },
            },
          ],
        },
      ],
    });
  });
});
