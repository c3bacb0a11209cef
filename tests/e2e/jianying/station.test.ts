import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { winePaths } from '../../../main/engines/jianying/paths.ts';
import { createMediaInspector } from '../../../main/media/index.ts';
import { databaseFile, openDatabase } from '../../../main/queue/database.ts';
import { SettingsStore } from '../../../main/queue/settings-store.ts';
import { type Station, startStation } from '../../../main/station.ts';
import { spawnNodeWorker } from '../../../main/workers/spawn.ts';
import { missing } from '../../support/environment.ts';
import { makeMovie } from '../../support/media.ts';
import { makeSmallDraft } from '../../support/small-draft.ts';
import { endFakeClients, type FakeClient, freshFolder, installFakeClient, wineSpawner } from './wine.ts';

const exportMs = 30_000;

interface Status {
  status: string;
  progress: number;
  video_url: string;
  error_message: string;
}

/** The whole station with its HTTP interface, its Jianying engine driving a Windows program under Wine. */
describe.skipIf(missing('wine'))('a station beside a client that is a real Windows program', () => {
  const folder = path.join(tmpdir(), 'render-station-wine-station');
  let client: FakeClient;
  let station: Station;
  let closeWindows = () => {};
  const media = createMediaInspector(spawnNodeWorker);

  beforeAll(async () => {
    endFakeClients();
    freshFolder(folder);
    client = installFakeClient(folder);
    const film = await makeMovie(path.join(folder, 'film.mp4'), { width: 480, height: 480, frames: 30, toneHz: 440 });
    client.behave({ video: film, loadMs: 200, exportMs: 300 });
    const data = path.join(folder, 'data');
    mkdirSync(data, { recursive: true });
    const { db } = openDatabase(databaseFile(data), Date.now());
    // Written as an operator's choice of another time: paths of this client mean nothing to this system.
    new SettingsStore(db).change({
      engine: 'jianying',
      jianyingExe: client.exe,
      jianyingDrafts: winePaths.toClient(client.draftsFolder),
      minFreeDiskGb: 0,
      patience: 0.4,
    });
    db.close();
    const windows = wineSpawner(folder);
    closeWindows = windows.close;
    station = await startStation({
      dataFolder: data,
      port: 0,
      spawn: (name) => (name === 'windows-ui' ? windows.spawn(name) : spawnNodeWorker(name)),
      jianying: { platform: 'win32', paths: winePaths },
    });
    // The first export under a Wine that has just started may need its attempts.
    await exported('warm-up');
  }, 10 * exportMs);

  afterAll(async () => {
    await station?.stop(0);
    media.close();
    closeWindows();
    endFakeClients();
  }, exportMs);

  const call = async (route: string, draftUrl: string): Promise<Status> => {
    const response = await fetch(`${station.listening.url}/v1/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ draft_url: draftUrl }),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Status;
  };

  async function submit(name: string): Promise<string> {
    const draft = await makeSmallDraft(path.join(folder, 'drafts', name), { name, width: 480, height: 480 });
    await call('gen_video', draft);
    return draft;
  }

  async function ended(draft: string): Promise<Status> {
    for (;;) {
      const status = await call('gen_video_status', draft);
      if (status.status === 'completed' || status.status === 'failed') return status;
      await pause(100);
    }
  }

  /** Submits a draft, waits for it, opens what its link leads to. */
  async function exported(name: string): Promise<void> {
    const status = await ended(await submit(name));
    expect(status).toMatchObject({ status: 'completed', progress: 100, error_message: '' });
    await checkVideo(status.video_url);
  }

  async function checkVideo(videoUrl: string): Promise<void> {
    const answer = await fetch(videoUrl, { headers: { range: 'bytes=4-7' } });
    expect([answer.status, await answer.text()]).toEqual([206, 'ftyp']);
    const file = station.port.videoFile(path.basename(new URL(videoUrl).pathname));
    expect(await media.probe(file ?? '')).toMatchObject({ kind: 'video', width: 480, height: 480, hasAudio: true });
  }

  it(
    'exports three drafts that were submitted at once, one after another',
    async () => {
      const drafts = await Promise.all(['甲', '乙', '丙'].map(submit));
      const statuses = await Promise.all(drafts.map(ended));
      for (const status of statuses) expect(status).toMatchObject({ status: 'completed' });
      expect(new Set(statuses.map((status) => status.video_url)).size).toBe(3);
      for (const status of statuses) await checkVideo(status.video_url);
      const tasks = station.port.listTasks({ limit: 10, sort: 'newest' }).tasks;
      expect(tasks.every((task) => task.engine === 'jianying')).toBe(true);
    },
    6 * exportMs,
  );

  it(
    'has all of twenty drafts done that were queued together, each at its first attempt',
    async () => {
      const drafts = await Promise.all(Array.from({ length: 20 }, (_, round) => submit(`round ${round}`)));
      for (const draft of drafts) expect(await ended(draft)).toMatchObject({ status: 'completed' });
      const { tasks } = station.port.listTasks({ limit: 20, sort: 'newest' });
      expect(tasks.map((task) => [task.state, task.attempt, task.engine])).toEqual(
        Array(20).fill(['completed', 1, 'jianying']),
      );
    },
    20 * exportMs,
  );

  it.each(['crash exporting', 'hang exporting', 'popup home'])(
    'gets its video in spite of a client with a fault: %s',
    async (fault) => {
      client.plan(fault);
      await exported(fault);
    },
    6 * exportMs,
  );

  it(
    'says the contract’s own words when the client writes no file',
    async () => {
      station.port.changeSettings({ maxAttempts: 1 });
      client.plan('nofile');
      const status = await ended(await submit('nofile'));
      expect(status).toMatchObject({
        status: 'failed',
        progress: 0,
        video_url: '',
        error_message: '导出草稿失败: 剪映导出结束但目标文件未生成，请检查磁盘空间或剪映版本',
      });
    },
    6 * exportMs,
  );
});
