import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDraft } from '../../../main/drafts/draft-folder.ts';
import { inspectDraft, type MediaKnowledge, nothingDrawn } from '../../../main/drafts/inspect/index.ts';
import { lookAtMedia } from '../../../main/drafts/inspect/known-media.ts';
import { everyMedia } from '../../../main/drafts/walk.ts';
import { type Inspection, inspectionSchema } from '../../../main/shared/inspection.ts';
import { corpusFolder, missing } from '../../support/environment.ts';

const skip = missing('corpus');
const folders = skip ? [] : readdirSync(corpusFolder).filter((name) => !/^5[78]-/.test(name));
const folderOf = (number: string) => folders.find((name) => name.startsWith(`${number}-`)) ?? '';

/** Inspects with all media in place, or as the folder really is. */
async function inspect(name: string, media: 'complete' | 'as it is'): Promise<Inspection> {
  const { draft, problems, folder } = await openDraft(path.join(corpusFolder, name));
  const complete = new Map(everyMedia(draft).map(({ id }): [string, MediaKnowledge] => [id, 'present']));
  const known = media === 'complete' ? complete : await lookAtMedia(draft, folder, null);
  return inspectDraft(draft, known, nothingDrawn, { problems, nowMs: Date.UTC(2026, 10, 1) });
}

const told = (inspection: Inspection, kind: string) =>
  inspection.findings
    .filter((finding) => finding.kind === kind)
    .map(({ subject, count }) => `${subject} ${count}`)
    .sort();

describe.skipIf(skip)('inspections of real drafts', () => {
  it.each(folders)('%s is what the API promises, and exportable once its media are there', async (name) => {
    const inspection = await inspect(name, 'complete');
    expect(() => inspectionSchema.parse(inspection)).not.toThrow();
    const shell = /^0[234]-/.test(name);
    expect(inspection.embedded === 'impossible').toBe(shell);
    expect(told(inspection, 'no_segments')).toHaveLength(shell ? 1 : 0);
    for (const { zh, en } of inspection.findings)
      expect(zh + en).not.toMatch(/\{(subject|count|noun)\}|undefined|null/);
  });

  it('healthy drafts overlap nowhere, not even where old transitions do', async () => {
    for (const name of folders)
      expect([name, told(await inspect(name, 'complete'), 'track_overlap')]).toEqual([name, []]);
  });

  it('says which media are not there', async () => {
    const inspection = await inspect(folderOf('15'), 'as it is');
    expect(told(inspection, 'media_missing')).toHaveLength(1);
    expect(inspection.media.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing', 'missing']);
    expect(inspection.embedded).toBe('impossible');
  });

  it('knows remote media and expired addresses', async () => {
    const inspection = await inspect(folderOf('01'), 'as it is');
    expect(inspection.media.every(({ state }) => state === 'remote')).toBe(true);
    expect(inspection.findings.find(({ kind }) => kind === 'media_link_expired')?.count).toBe(12);
    expect(told(inspection, 'duration_mismatch')).toEqual(['10.0 s 1']);
    expect(JSON.stringify(inspection)).not.toContain('x-signature');
  });

  it('names what it cannot draw', async () => {
    expect(told(await inspect(folderOf('30'), 'complete'), 'transition_not_drawn')).toEqual(['Dissolve 1', 'Mix 8']);
    expect(told(await inspect(folderOf('37'), 'complete'), 'effect_not_drawn')).toHaveLength(13);
    expect(told(await inspect(folderOf('46'), 'complete'), 'sticker_not_drawn')).toHaveLength(3);
    expect(told(await inspect(folderOf('19'), 'complete'), 'mask_not_drawn')).toEqual(['圆形 3', '线性 3']);
    expect(told(await inspect(folderOf('52'), 'complete'), 'text_template_not_drawn').join()).toMatch(/ 19$/);
    expect(told(await inspect(folderOf('10'), 'complete'), 'effect_not_drawn')).toEqual(['胶片暖棕 1']);
  });
});
