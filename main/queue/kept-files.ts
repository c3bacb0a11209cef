import type Database from 'better-sqlite3';

export interface FinishedTask {
  readonly id: string;
  readonly completedMs: number;
  readonly videoFile: string | null;
  readonly videoBytes: number;
}

/** Finished tasks whose files may still be on disk. */
export function finishedTasks(db: Database.Database, completedBeforeMs: number): FinishedTask[] {
  return db
    .prepare(
      `SELECT id, completed_ms AS completedMs, video_file AS videoFile, coalesce(video_bytes, 0) AS videoBytes FROM tasks
       WHERE completed_ms <= ? AND (video_file IS NOT NULL OR completed_ms > ?)`,
    )
    .all(completedBeforeMs, completedBeforeMs - 90 * 86_400_000) as FinishedTask[];
}

/** Remembers that a task's video is no longer kept; its history stays. */
export function forgetVideo(db: Database.Database, id: string): void {
  db.prepare('UPDATE tasks SET video_file = NULL WHERE id = ?').run(id);
}
