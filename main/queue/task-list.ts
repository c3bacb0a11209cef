import type Database from 'better-sqlite3';
import type { TaskQuery } from '../shared/task-query.ts';
import { readRow, type TaskRecord } from './task-record.ts';

export interface TaskRecordPage {
  readonly tasks: readonly TaskRecord[];
  /** Where the next page starts; null = this was the last. */
  readonly next: string | null;
}

interface Clause {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** A page of tasks by filter; every order is served by an index, so that a million tasks page as fast as ten. */
export function listTasks(db: Database.Database, query: TaskQuery): TaskRecordPage {
  const clauses = [...filters(query), ...startOfPage(query)];
  const where = clauses.length === 0 ? '' : `WHERE ${clauses.map((clause) => clause.sql).join(' AND ')}`;
  const order = { newest: 'seq DESC', oldest: 'seq', line: 'rank, seq' }[query.sort];
  const rows = db
    .prepare(`SELECT * FROM tasks ${where} ORDER BY ${order} LIMIT ?`)
    .all(...clauses.flatMap((clause) => clause.values), query.limit + 1)
    .map(readRow);
  const tasks = rows.slice(0, query.limit);
  const last = tasks.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return { tasks, next: more ? (query.sort === 'line' ? `${last.rank}:${last.seq}` : String(last.seq)) : null };
}

function filters(query: TaskQuery): Clause[] {
  const clauses: Clause[] = [];
  if (query.sort === 'line') clauses.push({ sql: `state = 'pending'`, values: [] });
  if (query.state !== undefined && query.state.length > 0) {
    clauses.push({ sql: `state IN (${query.state.map(() => '?').join(', ')})`, values: query.state });
  }
  if (query.engine !== undefined) clauses.push({ sql: 'engine = ?', values: [query.engine] });
  if (query.from !== undefined) clauses.push({ sql: 'created_ms >= ?', values: [Date.parse(query.from)] });
  if (query.to !== undefined) clauses.push({ sql: 'created_ms < ?', values: [Date.parse(query.to)] });
  if (query.search !== undefined && query.search !== '') clauses.push(search(query.search));
  return clauses;
}

/**
 * Trigrams find three characters and more in finished tasks; live tasks, of which there are few, and shorter words,
 * frequent in Chinese, are looked for row by row.
 */
function search(text: string): Clause {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const plain = `(name LIKE ? ESCAPE '\\' OR draft_url LIKE ? ESCAPE '\\' OR id LIKE ? ESCAPE '\\')`;
  if ([...text].length < 3) return { sql: plain, values: [pattern, pattern, pattern] };
  return {
    sql: `(seq IN (SELECT rowid FROM task_words WHERE task_words MATCH ?) OR (completed_ms IS NULL AND ${plain}))`,
    values: [`"${text.replaceAll('"', '""')}"`, pattern, pattern, pattern],
  };
}

function startOfPage(query: TaskQuery): Clause[] {
  if (query.after === undefined) return [];
  const numbers = query.after.split(':').map(Number);
  if (numbers.some((number) => !Number.isFinite(number))) return [{ sql: 'FALSE', values: [] }];
  const [first = 0, second = 0] = numbers;
  switch (query.sort) {
    case 'newest':
      return [{ sql: 'seq < ?', values: [first] }];
    case 'oldest':
      return [{ sql: 'seq > ?', values: [first] }];
    case 'line':
      return [{ sql: '(rank, seq) > (?, ?)', values: [first, second] }];
    default:
      return query.sort satisfies never;
  }
}
