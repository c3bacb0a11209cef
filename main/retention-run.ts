import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type Database from 'better-sqlite3';
import type { StationPaths } from './paths.ts';
import { taskOfVideoName } from './publish/local.ts';
import { finishedTasks, forgetVideo } from './queue/kept-files.ts';
import { expired } from './retention.ts';
import type { Settings } from './shared/settings.ts';

/** Deletes videos and fetched drafts that were kept long enough. Only files under names that the station made. */
export async function removeExpired(
  db: Database.Database,
  paths: StationPaths,
  settings: Settings,
  nowMs: number,
): Promise<{ videos: number; drafts: number }> {
  const draftFolder = (id: string) => path.join(paths.task(id), 'draft');
  const tasks = finishedTasks(db, nowMs);
  const files = new Map(tasks.map((task) => [task.id, task.videoFile]));
  const due = expired(
    tasks.map((task) => ({
      id: task.id,
      completedMs: task.completedMs,
      videoBytes: task.videoFile === null ? 0 : task.videoBytes,
      hasDraft: existsSync(draftFolder(task.id)),
    })),
    settings,
    nowMs,
  );
  for (const id of due.videos) {
    const file = files.get(id);
    // The name proves that it is ours, whatever the row says.
    if (file != null && taskOfVideoName(path.basename(file)) === id) await rm(file, { force: true });
    forgetVideo(db, id);
  }
  for (const id of due.drafts) await rm(draftFolder(id), { recursive: true, force: true, maxRetries: 3 });
  return { videos: due.videos.length, drafts: due.drafts.length };
}
