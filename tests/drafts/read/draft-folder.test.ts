import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDraftFile, openDraft } from '../../../main/drafts/draft-folder.ts';
import { draftJson, second, track } from './fixture.ts';

const full = (name = '') => JSON.stringify(draftJson({ name }));
const empty = JSON.stringify(draftJson({ tracks: [track('video', [])] }));
const encrypted = 'h4g8XOe6'.repeat(50);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'draft-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: string, modified?: Date): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  if (modified !== undefined) await utimes(file, modified, modified);
  return file;
}

describe('which file of a draft folder counts', () => {
  it.each([['draft_content.json'], ['draft_info.json']])('%s alone', async (name) => {
    const file = await put(name, full());
    await put('draft_meta_info.json', '{}');
    expect(await findDraftFile(folder)).toBe(file);
  });

  it('the one with segments', async () => {
    await put('draft_content.json', empty);
    const file = await put('draft_info.json', full());
    expect(await findDraftFile(folder)).toBe(file);
  });

  it('of two with segments the content file', async () => {
    await put('draft_info.json', full());
    const file = await put('draft_content.json', full());
    expect(await findDraftFile(folder)).toBe(file);
  });

  it('an empty one when there is no other', async () => {
    const file = await put('draft_info.json', empty);
    expect(await findDraftFile(folder)).toBe(file);
  });

  it('a readable one beside a damaged one', async () => {
    await put('draft_content.json', '{"tracks": [');
    const file = await put('draft_info.json', full());
    expect(await findDraftFile(folder)).toBe(file);
  });

  it('the main timeline before the root file', async () => {
    await put('draft_content.json', full('stale'));
    await put('Timelines/project.json', JSON.stringify({ main_timeline_id: 'AB-2' }));
    await put('Timelines/AB-1/draft_content.json', full('other'));
    const file = await put('Timelines/AB-2/draft_info.json', full('main'));
    expect(await findDraftFile(folder)).toBe(file);
    const opened = await openDraft(folder);
    expect(opened).toMatchObject({ folder, contentFile: file, draft: { name: 'main' } });
    expect((await openDraft(file)).folder).toBe(folder);
  });

  it('the root file when the main timeline is empty, missing or no id', async () => {
    const file = await put('draft_content.json', full());
    await put('Timelines/AB-2/draft_content.json', empty);
    for (const id of ['AB-2', 'AB-3', '../..', 7, null]) {
      await put('Timelines/project.json', JSON.stringify({ main_timeline_id: id }));
      expect(await findDraftFile(folder)).toBe(file);
    }
    await put('Timelines/project.json', 'broken');
    expect(await findDraftFile(folder)).toBe(file);
  });

  it('a draft under another name, or one folder further down, when there is exactly one', async () => {
    await put('settings.json', '{"a":1}');
    const nested = await put('inner/draft_content.json', full());
    expect(await findDraftFile(folder)).toBe(nested);
    expect((await openDraft(folder)).folder).toBe(path.join(folder, 'inner'));
    const file = await put('my draft.json', full());
    expect(await findDraftFile(folder)).toBe(file);
    await put('second.json', full());
    await expect(findDraftFile(folder)).rejects.toMatchObject({ code: 'DRAFT_FILE_MISSING' });
  });

  it('the saved answer of a draft service', async () => {
    const file = await put('draft_content.json', JSON.stringify({ code: 200, data: draftJson() }));
    expect(await findDraftFile(folder)).toBe(file);
    expect((await openDraft(folder)).draft.durationUs).toBe(2 * second);
  });
});

describe('draft folders that cannot be read', () => {
  it('encrypted by Jianying, by name, in the main timeline or after the plain file', async () => {
    await put('draft_info.json', encrypted);
    await expect(findDraftFile(folder)).rejects.toMatchObject({ code: 'DRAFT_ENCRYPTED' });
    await put('draft_content.json', full(), new Date('2026-01-01'));
    await expect(findDraftFile(folder)).rejects.toMatchObject({ code: 'DRAFT_ENCRYPTED' });
    await put('draft_info.json', encrypted, new Date('2026-01-01'));
    expect(await findDraftFile(folder)).toBe(path.join(folder, 'draft_content.json'));
    await put('Timelines/project.json', JSON.stringify({ main_timeline_id: 'AB' }));
    await put('Timelines/AB/draft_content.json', encrypted);
    await expect(findDraftFile(folder)).rejects.toMatchObject({ code: 'DRAFT_ENCRYPTED' });
  });

  it.each([
    ['{"tracks":[', 'DRAFT_DAMAGED'],
    ['', 'DRAFT_DAMAGED'],
    ['<html>', 'DRAFT_NOT_RECOGNISED'],
  ])('%j: %s', async (content, code) => {
    await put('draft_content.json', content);
    await expect(findDraftFile(folder)).rejects.toMatchObject({ code });
  });

  it('JSON that is no draft', async () => {
    const file = await put('draft_content.json', '{"a":1}');
    await expect(openDraft(folder)).rejects.toMatchObject({ code: 'DRAFT_NOT_RECOGNISED' });
    await expect(openDraft(file)).rejects.toMatchObject({ code: 'DRAFT_NOT_RECOGNISED' });
  });

  it('an empty folder, no folder', async () => {
    await expect(findDraftFile(folder)).rejects.toMatchObject({ code: 'DRAFT_FILE_MISSING' });
    await expect(findDraftFile(path.join(folder, 'gone'))).rejects.toMatchObject({ code: 'DRAFT_FILE_MISSING' });
    await expect(openDraft(path.join(folder, 'gone'))).rejects.toMatchObject({ code: 'DRAFT_FILE_MISSING' });
  });

  it('a file beyond the limit', async () => {
    const file = await put('draft_content.json', '{');
    const { truncate } = await import('node:fs/promises');
    await truncate(file, 300_000_000);
    await expect(findDraftFile(folder)).rejects.toMatchObject({ code: 'DRAFT_TOO_LARGE', params: { megabytes: 300 } });
  });
});

describe('the title of a draft', () => {
  it('is that of the meta file, else of the timeline, else of the folder', async () => {
    await put('draft_content.json', full('timeline'));
    expect((await openDraft(folder)).draft.name).toBe('timeline');
    await put('draft_meta_info.json', JSON.stringify({ draft_name: '我的草稿' }));
    expect((await openDraft(folder)).draft.name).toBe('我的草稿');
    await put('draft_meta_info.json', encrypted);
    await put('draft_content.json', full());
    expect((await openDraft(folder)).draft.name).toBe(path.basename(folder));
  });
});
