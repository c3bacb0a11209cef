import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookAtMedia } from '../../../main/drafts/inspect/known-media.ts';
import { draftFolderPlaceholder } from '../../../main/drafts/media-path.ts';
import { readDraft } from '../../../main/drafts/read/index.ts';
import type { MediaFacts } from '../../../main/media/facts.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { draftJson, video } from '../read/fixture.ts';

const facts: MediaFacts = {
  kind: 'video',
  width: 2,
  height: 2,
  durationUs: 1,
  fps: 30,
  hasAudio: false,
  videoCodec: 'h264',
  audioCodec: null,
  bytes: 9,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'known-media-'));
  await mkdir(path.join(folder, 'assets/video'), { recursive: true });
  await writeFile(path.join(folder, 'assets/video/a.mp4'), 'x');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function look(written: string, probe: Parameters<typeof lookAtMedia>[2] = null) {
  const draft = readDraft(draftJson({}, { videos: [video({ path: written, material_name: 'clip' })] }));
  return (await lookAtMedia(draft, folder, probe)).get('m1');
}

describe('media on disk', () => {
  it.each([
    [`${draftFolderPlaceholder}/assets/video/a.mp4`, 'present'],
    ['./assets/video/a.mp4', 'present'],
    ['D:\\elsewhere\\video\\A.mp4', 'present'],
    ['/gone/b.mp4', 'missing'],
    ['', 'missing'],
    ['https://x.example/a.mp4', 'remote'],
  ])('%s is %s', async (written, state) => {
    expect(await look(written)).toBe(state);
  });

  it('is opened when there is something to open it with', async () => {
    const opened: string[] = [];
    const probe = async (file: string) => {
      opened.push(file);
      return facts;
    };
    const known = await look('./assets/video/a.mp4', { probe });
    expect(known).toEqual(facts);
    expect(opened).toEqual([path.join(folder, 'assets/video/a.mp4')]);
  });

  it('that cannot be opened is unreadable', async () => {
    const probe = () => Promise.reject(new StationError('INTERNAL', { reason: 'no moov atom' }));
    expect(await look('./assets/video/a.mp4', { probe })).toBe('unreadable');
  });

  it('looking can be stopped', async () => {
    const draft = readDraft(draftJson());
    await expect(lookAtMedia(draft, folder, null, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});
