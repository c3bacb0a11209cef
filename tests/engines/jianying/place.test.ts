import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/engines/jianying/clock.ts';
import { diskFiles } from '../../../main/engines/jianying/files.ts';
import { winePaths } from '../../../main/engines/jianying/paths.ts';
import { placeholder, rewriteContent } from '../../../main/engines/jianying/place/content.ts';
import { register, restoreIfBroken, unregister, withEntry } from '../../../main/engines/jianying/place/draft-index.ts';
import { isOurs } from '../../../main/engines/jianying/place/marker.ts';
import {
  type PlaceTools,
  place,
  provokeRescan,
  registerPlaced,
  removeOwn,
  sweep,
} from '../../../main/engines/jianying/place/place.ts';
import { StationError } from '../../../main/shared/errors/index.ts';

let base = '';
let tools: PlaceTools;
const draft = () => ({
  folder: path.join(base, 'fetched'),
  contentFile: path.join(base, 'fetched', 'draft_content.json'),
  name: '标题',
  durationUs: 2_000_000,
});

beforeEach(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'place-'));
  const root = path.join(base, '草稿');
  await mkdir(root);
  await mkdir(path.join(base, 'fetched', 'media'), { recursive: true });
  await writeFile(path.join(base, 'fetched', 'media', '片段 1.mp4'), Buffer.alloc(1_200_000, 7));
  await writeFile(
    draft().contentFile,
    JSON.stringify({
      id: 'old',
      fps: 25,
      canvas_config: { width: 1080, height: 1920 },
      tracks: [{ type: 'audio', segments: [{ volume: 1 }] }],
      materials: {
        videos: [
          {
            id: 'v1',
            type: 'video',
            material_name: '片段 1.mp4',
            path: `${placeholder}/media/片段 1.mp4`,
            duration: 5,
            width: 10,
            height: 20,
          },
          { id: 'v2', type: 'photo', path: path.join(base, 'fetched', 'media', 'gone.png') },
        ],
        audios: [{ id: 'a1', name: 'song', path: 'https://example.com/a.mp3' }],
      },
    }),
  );
  tools = { files: diskFiles, paths: winePaths, clock: systemClock, root, station: 'station-1' };
});
afterEach(() => rm(base, { recursive: true, force: true }));

const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'));

describe('placing a draft', () => {
  it('makes a copy that the client can open: short name, both main files, matching meta, client paths', async () => {
    const placed = await place(tools, draft(), 'task', 1);
    expect(placed.name).toMatch(/^q-[0-9a-f]{6}$/);
    const content = await json(path.join(placed.folder, 'draft_content.json'));
    expect(await json(path.join(placed.folder, 'draft_info.json'))).toEqual(content);
    expect(content.materials.videos[0].path).toBe(winePaths.toClient(path.join(placed.folder, 'media', '片段 1.mp4')));
    expect(content.materials.audios[0].path).toBe('https://example.com/a.mp3');
    const meta = await json(path.join(placed.folder, 'draft_meta_info.json'));
    expect(meta.draft_name).toBe(placed.name);
    expect(meta.draft_id).toBe(content.id);
    expect(meta.draft_fold_path).toBe(winePaths.toClient(placed.folder).replaceAll('\\', '/'));
    expect(meta.draft_materials.map((entry: { type: number }) => entry.type)).toEqual([0, 1, 2, 3, 6, 7, 8]);
    expect(meta.draft_materials[0].value.map((entry: { id: string }) => entry.id)).toEqual(['v1', 'v2']);
    expect(placed.missing).toEqual(['gone.png', 'song']);
    expect(placed.content).toMatchObject({ audible: true, fps: 25, canvas: { width: 1080, height: 1920 } });
  });

  it('does not change the fetched draft, and links its media instead of copying gigabytes', async () => {
    const before = await readFile(draft().contentFile, 'utf8');
    const placed = await place(tools, draft(), 'task', 1);
    expect(await readFile(draft().contentFile, 'utf8')).toBe(before);
    const [ours, theirs] = await Promise.all([
      stat(path.join(placed.folder, 'media', '片段 1.mp4')),
      stat(path.join(base, 'fetched', 'media', '片段 1.mp4')),
    ]);
    expect(ours.ino).toBe(theirs.ino);
    await removeOwn(tools, placed.folder);
    expect((await stat(path.join(base, 'fetched', 'media', '片段 1.mp4'))).size).toBe(1_200_000);
  });

  it('refuses a draft that is no JSON, leaving nothing', async () => {
    await writeFile(draft().contentFile, 'ZW5jcnlwdGVk');
    await expect(place(tools, draft(), 'task', 1)).rejects.toMatchObject({ code: 'JIANYING_DRAFT_UNREADABLE' });
    expect(await readdir(tools.root)).toEqual([]);
  });

  it('drops what a newer client left in the copy, which would win over our JSON', async () => {
    await mkdir(path.join(base, 'fetched', 'Timelines'));
    await writeFile(path.join(base, 'fetched', 'Timelines', 'x.json'), '{}');
    const placed = await place(tools, draft(), 'task', 1);
    expect(await readdir(placed.folder)).not.toContain('Timelines');
  });

  it('says so when the folder cannot be written', async () => {
    await expect(place({ ...tools, root: path.join(base, 'absent', 'x') }, draft(), 'task', 1)).rejects.toThrow(
      StationError,
    );
  });

  it('provokes a rescan with a short-lived copy without media', async () => {
    const placed = await place(tools, draft(), 'task', 1);
    await provokeRescan(tools, placed);
    expect(await readdir(tools.root)).toEqual([placed.name]);
  });
});

describe('ownership', () => {
  it('removes only folders with a marker of this station and this name', async () => {
    const placed = await place(tools, draft(), 'task', 1);
    const foreign = path.join(tools.root, 'q-aaaaaa');
    await diskFiles.copyFolder(placed.folder, foreign);
    const mine = path.join(tools.root, '我的草稿');
    await diskFiles.copyFolder(placed.folder, mine);
    expect(await isOurs(diskFiles, foreign, 'station-1')).toBe(false);
    expect(await isOurs(diskFiles, placed.folder, 'station-2')).toBe(false);
    expect(await removeOwn(tools, foreign)).toBe(false);
    expect(await removeOwn(tools, mine)).toBe(false);
    expect(await sweep(tools, false)).toEqual([placed.name]);
    expect((await readdir(tools.root)).sort()).toEqual(['q-aaaaaa', '我的草稿'].sort());
  });
});

describe("the client's list of drafts", () => {
  const file = () => path.join(tools.root, 'root_meta_info.json');
  const entryOf = async () =>
    (await json(file())).all_draft_store.map((entry: { draft_name: string }) => entry.draft_name);

  it('gets our draft in front, and loses only it again', async () => {
    await writeFile(
      file(),
      JSON.stringify({ all_draft_store: [{ draft_name: '旅行', extra: 1 }], draft_ids: 1, root_path: 'r' }),
    );
    const before = await json(file());
    const placed = await place(tools, draft(), 'task', 1);
    expect(await registerPlaced(tools, placed)).toBe(true);
    expect(await entryOf()).toEqual([placed.name, '旅行']);
    expect((await json(file())).draft_ids).toBe(2);
    await unregister(diskFiles, tools.root, new Set([placed.name]));
    expect(await json(file())).toEqual(before);
    expect(await readdir(tools.root)).not.toContain('root_meta_info.json.station-backup');
  });

  it('is left alone when it is absent or damaged', async () => {
    expect(await register(diskFiles, tools.root, { draft_name: 'x' })).toBe(false);
    await writeFile(file(), '{"all_draft_store": "no list"}');
    expect(await register(diskFiles, tools.root, { draft_name: 'x' })).toBe(false);
    expect(await readFile(file(), 'utf8')).toBe('{"all_draft_store": "no list"}');
    expect(withEntry('not json', {})).toBeNull();
  });

  it('is restored when it became unreadable after our change', async () => {
    await writeFile(file(), JSON.stringify({ all_draft_store: [] }));
    await register(diskFiles, tools.root, { draft_name: 'q-123456' });
    await writeFile(file(), '{"all_draf');
    expect(await restoreIfBroken(diskFiles, tools.root)).toBe(true);
    expect(await entryOf()).toEqual([]);
  });
});

it('paths that point elsewhere stay as they are', () => {
  const source = JSON.stringify({ tracks: [], materials: { videos: [{ id: 'x', path: 'D:\\素材\\a.mp4' }] } });
  const { text, media } = rewriteContent(source, '/from', '/to', winePaths, 'id');
  expect(JSON.parse(text).materials.videos[0].path).toBe('D:\\素材\\a.mp4');
  expect(media[0]?.clientPath).toBe('D:\\素材\\a.mp4');
});
