import type Database from 'better-sqlite3';
import { type StageTiming, stages, stageTimingSchema } from '../shared/task.ts';
import type { Statistics } from '../shared/task-query.ts';

const dayMs = 86_400_000;
const days = 30;
const sampled = 500;

/** Numbers for the statistics page: finished tasks of the last thirty local days, mean times of the latest ones. */
export function statistics(db: Database.Database, nowMs: number): Statistics {
  const rows = db
    .prepare(
      `SELECT date(completed_ms / 1000, 'unixepoch', 'localtime') AS day, state, count(*) AS n FROM tasks
       WHERE completed_ms >= ? GROUP BY day, state`,
    )
    .all(nowMs - days * dayMs) as { day: string; state: string; n: number }[];
  const byDay = new Map<string, { completed: number; failed: number; cancelled: number }>();
  for (let n = days - 1; n >= 0; n--) byDay.set(localDay(nowMs - n * dayMs), { completed: 0, failed: 0, cancelled: 0 });
  for (const { day, state, n } of rows) {
    const counts = byDay.get(day);
    if (counts !== undefined && (state === 'completed' || state === 'failed' || state === 'cancelled'))
      counts[state] = n;
  }
  return { days: [...byDay].map(([day, counts]) => ({ day, ...counts })), stageMs: stageMeans(db) };
}

function localDay(ms: number): string {
  const date = new Date(ms);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

function stageMeans(db: Database.Database): Statistics['stageMs'] {
  const rows = db
    .prepare(`SELECT timings FROM tasks WHERE state = 'completed' ORDER BY seq DESC LIMIT ?`)
    .all(sampled) as { timings: string }[];
  const timings: StageTiming[] = rows.flatMap((row) => stageTimingSchema.array().parse(JSON.parse(row.timings)));
  const mean = (stage: StageTiming['stage']) => {
    const total = timings
      .filter((timing) => timing.stage === stage)
      .reduce((sum, timing) => sum + timing.durationMs, 0);
    return rows.length === 0 ? 0 : total / rows.length;
  };
  return Object.fromEntries(stages.map((stage) => [stage, mean(stage)])) as Statistics['stageMs'];
}
