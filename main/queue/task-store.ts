import type Database from 'better-sqlite3';
import type { ErrorRecord } from '../shared/errors/index.ts';
import { type EngineId, isTerminal, type StageTiming, type TaskState } from '../shared/task.ts';
import { IllegalTransition, StaleAttempt, type TaskEvent, type TaskStatus, transition } from './state.ts';
import { type Statements, statementsOf } from './statements.ts';
import { readRow, type TaskRecord } from './task-record.ts';

/** What a submission brings. */
export interface NewTask {
  readonly id: string;
  readonly draftKey: string;
  readonly draftUrl: string;
  readonly name: string;
  readonly nowMs: number;
}

/** Facts about a task that are learned on the way; written together with the event that brings them. */
export interface TaskFacts {
  readonly name?: string;
  readonly engine?: EngineId;
  readonly durationMs?: number;
  readonly warnings?: readonly ErrorRecord[];
  /** Added to those that are there. */
  readonly timings?: readonly StageTiming[];
  readonly videoUrl?: string;
  readonly videoFile?: string;
  readonly videoBytes?: number;
  readonly hasCover?: boolean;
  /** One more ordinary failure. */
  readonly failed?: boolean;
}

const columns: Readonly<Record<Exclude<keyof TaskFacts, 'timings' | 'failed'>, string>> = {
  name: 'name',
  engine: 'engine',
  durationMs: 'duration_ms',
  warnings: 'warnings',
  videoUrl: 'video_url',
  videoFile: 'video_file',
  videoBytes: 'video_bytes',
  hasCover: 'has_cover',
};

/** Drafts whose newest task is remembered at most. */
const newestKept = 10_000;

/** Tasks on disk. The only writer of task rows; every change of state goes through `apply`. */
export class TaskStore {
  readonly #db: Database.Database;
  readonly #sql: Statements;
  readonly #ending: (task: TaskRecord, nowMs: number) => void;
  /** Answers of `newestOfDraft` since the last write: status polls ask for the same few drafts all day. */
  readonly #newest = new Map<string, TaskRecord | null>();

  /** @param ending called with every task that ends, inside the transaction that ends it */
  constructor(db: Database.Database, ending: (task: TaskRecord, nowMs: number) => void = () => {}) {
    this.#db = db;
    this.#sql = statementsOf(db);
    this.#ending = ending;
  }

  #one(text: string, ...values: unknown[]): TaskRecord | null {
    const row = this.#sql(text).get(...values);
    return row === undefined ? null : readRow(row);
  }

  #many(text: string, ...values: unknown[]): TaskRecord[] {
    return this.#sql(text)
      .all(...values)
      .map(readRow);
  }

  /** Adds a waiting task at the end of the line, or answers the live one of the same draft. On disk when it returns. */
  submit(task: NewTask): { task: TaskRecord; created: boolean } {
    this.#newest.clear();
    return this.#db
      .transaction(() => {
        const live = this.liveOfDraft(task.draftKey);
        if (live !== null) return { task: live, created: false };
        this.#sql(
          `INSERT INTO tasks (id, draft_key, draft_url, name, state, rank, created_ms)
           VALUES (?, ?, ?, ?, 'pending', (SELECT coalesce(max(seq), 0) + 1 FROM tasks), ?)`,
        ).run(task.id, task.draftKey, task.draftUrl, task.name, task.nowMs);
        const added = this.get(task.id);
        if (added === null) throw new Error('a row that was just written is gone');
        return { task: added, created: true };
      })
      .immediate();
  }

  get(id: string): TaskRecord | null {
    return this.#one('SELECT * FROM tasks WHERE id = ?', id);
  }

  liveOfDraft(draftKey: string): TaskRecord | null {
    return this.#one(`SELECT * FROM tasks WHERE draft_key = ? AND state IN ('pending', 'processing')`, draftKey);
  }

  /** As of the last write of this store; a place in line (`rank`) that moved since may be missing. */
  newestOfDraft(draftKey: string): TaskRecord | null {
    const known = this.#newest.get(draftKey);
    if (known !== undefined) return known;
    const newest = this.#one('SELECT * FROM tasks WHERE draft_key = ? ORDER BY seq DESC LIMIT 1', draftKey);
    if (this.#newest.size >= newestKept) this.#newest.clear();
    this.#newest.set(draftKey, newest);
    return newest;
  }

  /** The next task in line that may run now. */
  nextInLine(nowMs: number): TaskRecord | null {
    return this.#one(
      `SELECT * FROM tasks WHERE state = 'pending' AND (not_before_ms IS NULL OR not_before_ms <= ?)
       ORDER BY rank, seq LIMIT 1`,
      nowMs,
    );
  }

  /** When the earliest retry is due, ms; null when none waits for its time. */
  earliestRetryMs(): number | null {
    const row = this.#sql(
      `SELECT min(not_before_ms) AS at FROM tasks WHERE state = 'pending' AND not_before_ms IS NOT NULL`,
    ).get() as { at: number | null };
    return row.at;
  }

  processing(): TaskRecord[] {
    return this.#many(`SELECT * FROM tasks WHERE state = 'processing' ORDER BY seq`);
  }

  waiting(limit: number): TaskRecord[] {
    return this.#many(`SELECT * FROM tasks WHERE state = 'pending' ORDER BY rank, seq LIMIT ?`, limit);
  }

  latestFinished(limit: number): TaskRecord[] {
    return this.#many('SELECT * FROM tasks WHERE completed_ms IS NOT NULL ORDER BY completed_ms DESC LIMIT ?', limit);
  }

  failed(limit: number): TaskRecord[] {
    return this.#many(`SELECT * FROM tasks WHERE state = 'failed' ORDER BY seq DESC LIMIT ?`, limit);
  }

  counts(): Record<TaskState, number> {
    const counts: Record<TaskState, number> = { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 };
    for (const row of this.#sql('SELECT state, n FROM task_counts').all() as { state: TaskState; n: number }[]) {
      counts[row.state] = row.n;
    }
    return counts;
  }

  /**
   * Applies an event to a task and writes what it brings, in one transaction; a task that ends leaves its notice in the
   * same one.
   * @throws IllegalTransition, StaleAttempt (nothing is written then)
   */
  apply(id: string, event: TaskEvent, facts: TaskFacts, nowMs: number): TaskRecord {
    this.#newest.clear();
    return this.#db
      .transaction(() => {
        const before = this.get(id);
        if (before === null) throw new StaleAttempt('the task has been removed');
        const status = transition(statusOf(before), event);
        this.#writeStatus(before, status, event, nowMs);
        const after = this.writeFacts(id, facts);
        if (isTerminal(after.state)) this.#ending(after, nowMs);
        return after;
      })
      .immediate();
  }

  #writeStatus(before: TaskRecord, status: TaskStatus, event: TaskEvent, nowMs: number): void {
    const taken = event.type === 'taken';
    const ended = status.state !== 'pending' && status.state !== 'processing';
    this.#sql(
      `UPDATE tasks SET state = ?, stage = ?, token = ?, not_before_ms = ?, attempt = ?, started_ms = ?,
         completed_ms = ?, error_code = ?, error_params = ? WHERE seq = ?`,
    ).run(
      status.state,
      status.state === 'processing' ? status.stage : null,
      status.state === 'processing' ? status.token : null,
      status.state === 'pending' ? status.notBeforeMs : null,
      taken ? before.attempt + 1 : before.attempt,
      // The contract's started_at: when work on this task began, for the first time.
      taken ? (before.startedMs ?? nowMs) : before.startedMs,
      ended ? nowMs : null,
      status.state === 'failed' ? status.error.code : null,
      status.state === 'failed' ? JSON.stringify(status.error.params) : null,
      before.seq,
    );
  }

  /** Writes facts without a change of state. */
  writeFacts(id: string, facts: TaskFacts): TaskRecord {
    this.#newest.clear();
    const { timings, failed, ...plain } = facts;
    for (const [fact, value] of Object.entries(plain) as [keyof typeof columns, unknown][]) {
      if (value === undefined) continue;
      const stored =
        typeof value === 'boolean' ? Number(value) : typeof value === 'object' ? JSON.stringify(value) : value;
      this.#sql(`UPDATE tasks SET ${columns[fact]} = ? WHERE id = ?`).run(stored, id);
    }
    for (const timing of timings ?? []) {
      this.#sql(`UPDATE tasks SET timings = json_insert(timings, '$[#]', json(?)) WHERE id = ?`).run(
        JSON.stringify(timing),
        id,
      );
    }
    if (failed === true) this.#sql('UPDATE tasks SET failures = failures + 1 WHERE id = ?').run(id);
    const after = this.get(id);
    if (after === null) throw new StaleAttempt('the task has been removed');
    return after;
  }

  /** Remembers that a running task is to be cancelled, so that a crash in between does not run it again. */
  askCancel(id: string): void {
    this.#newest.clear();
    this.#sql('UPDATE tasks SET cancel_asked = 1 WHERE id = ?').run(id);
  }

  /** Removes a finished task; false when it is unknown or live. */
  remove(id: string): boolean {
    this.#newest.clear();
    const result = this.#sql(`DELETE FROM tasks WHERE id = ? AND state NOT IN ('pending', 'processing')`).run(id);
    return result.changes === 1;
  }

  /**
   * After a start: what was being processed when the last station ended is put back in line, or ended when it was to
   * be cancelled or has killed the station too often.
   */
  recover(crashLimit: number, nowMs: number): { putBack: TaskRecord[]; ended: TaskRecord[] } {
    this.#newest.clear();
    const putBack: TaskRecord[] = [];
    const ended: TaskRecord[] = [];
    for (const task of this.processing()) {
      const token = task.token ?? '';
      // A fetched task that waited for its slot was not being worked on: it cannot have caused the crash.
      const crashes = task.crashes + (task.stage === 'ready' ? 0 : 1);
      this.#sql('UPDATE tasks SET crashes = ? WHERE seq = ?').run(crashes, task.seq);
      if (task.cancelAsked) {
        ended.push(this.apply(task.id, { type: 'cancelled' }, {}, nowMs));
      } else if (crashes >= crashLimit) {
        const error: ErrorRecord = { code: 'TASK_CRASHED_STATION', params: { crashes } };
        ended.push(this.apply(task.id, { type: 'gave_up', token, error }, {}, nowMs));
      } else {
        putBack.push(this.apply(task.id, { type: 'put_back', token, notBeforeMs: null }, {}, nowMs));
      }
    }
    return { putBack, ended };
  }

  writeInspection(id: string, report: string): void {
    this.#sql(
      `INSERT INTO inspections (task_seq, report) SELECT seq, ? FROM tasks WHERE id = ?
       ON CONFLICT (task_seq) DO UPDATE SET report = excluded.report`,
    ).run(report, id);
  }

  readInspection(id: string): string | null {
    const row = this.#sql(
      'SELECT report FROM inspections JOIN tasks ON tasks.seq = inspections.task_seq WHERE tasks.id = ?',
    ).get(id) as { report: string } | undefined;
    return row?.report ?? null;
  }
}

/** The state machine's view of a row. */
export function statusOf(task: TaskRecord): TaskStatus {
  switch (task.state) {
    case 'pending':
      return { state: 'pending', notBeforeMs: task.notBeforeMs };
    case 'processing':
      if (task.stage === null || task.token === null)
        throw new IllegalTransition('a processing task without stage or token');
      return { state: 'processing', stage: task.stage, token: task.token };
    case 'failed':
      return { state: 'failed', error: task.error ?? { code: 'INTERNAL', params: { reason: 'no reason was kept' } } };
    case 'completed':
    case 'cancelled':
      return { state: task.state };
    default:
      return task.state satisfies never;
  }
}
