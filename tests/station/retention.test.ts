import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { stationPaths } from '../../main/paths.ts';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { TaskStore } from '../../main/queue/task-store.ts';
import { expired, type KeptTask } from '../../main/retention.ts';
import { removeExpired } from '../../main/retention-run.ts';
import { defaultSettings } from '../../main/shared/settings.ts';
import { tempFolder } from '../support/temp.ts';

const day = 86_400_000;
const gigabyte = 1024 ** 3;
const now = 1000 * day;
const kept = (id: string, daysAgo: number, videoBytes = gigabyte, hasDraft = false): KeptTask => ({
  id,
  completedMs: now - daysAgo * day,
  videoBytes,
  hasDraft,
});

describe('retention', () => {
  it('lets videos go after their days, and keeps all when there is no limit', () => {
    const tasks = [kept('new', 1), kept('old', 31), kept('gone', 99, 0)];
    const limits = { keepVideosDays: 30, keepVideosGb: 0, keepDraftsHours: 24 };
    expect(expired(tasks, limits, now).videos).toEqual(['old']);
    expect(expired(tasks, { ...limits, keepVideosDays: 0 }, now).videos).toEqual([]);
  });

  it('lets the oldest go first when all together are too large', () => {
    const tasks = [kept('a', 3), kept('b', 1), kept('c', 2)];
    expect(expired(tasks, { keepVideosDays: 0, keepVideosGb: 2, keepDraftsHours: 1 }, now).videos).toEqual(['a']);
  });

  it('lets fetched drafts go after their hours', () => {
    const tasks = [kept('a', 2, 0, true), kept('b', 0.5, 0, true), kept('c', 9, 0, false)];
    expect(expired(tasks, { keepVideosDays: 0, keepVideosGb: 0, keepDraftsHours: 24 }, now).drafts).toEqual(['a']);
  });

  it('deletes only files that the station made, and keeps the history', async () => {
    const folder = tempFolder();
    const paths = stationPaths(folder);
    const { db } = openDatabase(databaseFile(folder), 0);
    const store = new TaskStore(db);
    const finish = (id: string, videoFile: string) => {
      writeFileSync(videoFile, 'video');
      mkdirSync(path.join(paths.task(id), 'draft'), { recursive: true });
      store.submit({ id, draftKey: id, draftUrl: id, name: id, nowMs: 0 });
      store.apply(id, { type: 'taken', token: 't', nowMs: 0 }, {}, 0);
      for (const to of ['ready', 'export', 'publish'] as const)
        store.apply(id, { type: 'advanced', token: 't', to }, {}, 0);
      store.apply(id, { type: 'published', token: 't' }, { videoFile, videoBytes: 5, videoUrl: 'u' }, 0);
    };
    const ours = 'a'.repeat(18);
    const other = 'b'.repeat(18);
    const ourFile = path.join(paths.videos, `video_${ours}.mp4`);
    // A row that names a file which is not one of ours (a database that somebody has edited).
    const foreignFile = path.join(folder, 'wedding.mp4');
    finish(ours, ourFile);
    finish(other, foreignFile);
    const removed = await removeExpired(db, paths, defaultSettings, 40 * day);
    expect(removed).toEqual({ videos: 2, drafts: 2 });
    expect(existsSync(ourFile)).toBe(false);
    expect(existsSync(foreignFile)).toBe(true);
    expect(existsSync(path.join(paths.task(ours), 'draft'))).toBe(false);
    expect(store.get(ours)).toMatchObject({ state: 'completed', videoFile: null, videoUrl: 'u' });
    expect(await removeExpired(db, paths, defaultSettings, 41 * day)).toEqual({ videos: 0, drafts: 0 });
    db.close();
  });
});
