import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { ErrorRecord } from '../shared/errors/index.ts';
import { deliveryStates, errorRecordSchema } from '../shared/task.ts';
import { type Statements, statementsOf } from './statements.ts';
import { json, knownError } from './task-record.ts';

/** One notice of an ended task; times in ms since the epoch. */
export interface Delivery {
  readonly taskId: string;
  /** The same with every try. */
  readonly id: string;
  readonly state: (typeof deliveryStates)[number];
  readonly tries: number;
  readonly createdMs: number;
  /** When the next try is due; null when there is none. */
  readonly dueMs: number | null;
  readonly triedMs: number | null;
  /** What the receiver said last. */
  readonly answer: string | null;
  /** Why it was given up. */
  readonly error: ErrorRecord | null;
}

/** What a try came to. */
export type TryResult =
  | { readonly state: 'delivered' }
  | { readonly state: 'waiting'; readonly dueMs: number }
  | { readonly state: 'given_up'; readonly error: ErrorRecord };

const rowSchema = z.object({
  task_id: z.string(),
  id: z.string(),
  state: z.enum(deliveryStates),
  tries: z.int(),
  created_ms: z.int(),
  due_ms: z.int().nullable(),
  tried_ms: z.int().nullable(),
  answer: z.string().nullable(),
  error_code: z.string().nullable(),
  error_params: json(errorRecordSchema.shape.params).nullable(),
});

function readDelivery(raw: unknown): Delivery {
  const row = rowSchema.parse(raw);
  return {
    taskId: row.task_id,
    id: row.id,
    state: row.state,
    tries: row.tries,
    createdMs: row.created_ms,
    dueMs: row.due_ms,
    triedMs: row.tried_ms,
    answer: row.answer,
    error: row.error_code === null ? null : knownError({ code: row.error_code, params: row.error_params ?? {} }),
  };
}

const select = 'SELECT deliveries.*, tasks.id AS task_id FROM deliveries JOIN tasks ON tasks.seq = deliveries.task_seq';

/**
 * Notices of ended tasks on disk, until somebody has taken them. Added in the transaction that ends the task, so that a
 * crash loses none; removed with the task.
 */
export class Outbox {
  readonly #sql: Statements;

  constructor(db: Database.Database) {
    this.#sql = statementsOf(db);
  }

  /** One for a task that ends; due at once. */
  add(taskSeq: number, nowMs: number): void {
    this.#sql('INSERT INTO deliveries (task_seq, id, created_ms, due_ms) VALUES (?, ?, ?, ?)').run(
      taskSeq,
      randomUUID(),
      nowMs,
      nowMs,
    );
  }

  /** Those whose time has come, the longest waiting first. */
  due(nowMs: number, limit: number): Delivery[] {
    return this.#sql(`${select} WHERE deliveries.state = 'waiting' AND due_ms <= ? ORDER BY due_ms, task_seq LIMIT ?`)
      .all(nowMs, limit)
      .map(readDelivery);
  }

  /** When the next one after `nowMs` falls due; null when none waits. */
  nextDueMs(nowMs: number): number | null {
    const row = this.#sql(`SELECT min(due_ms) AS at FROM deliveries WHERE state = 'waiting' AND due_ms > ?`).get(
      nowMs,
    ) as { at: number | null };
    return row.at;
  }

  ofTask(taskId: string): Delivery | null {
    const row = this.#sql(`${select} WHERE tasks.id = ?`).get(taskId);
    return row === undefined ? null : readDelivery(row);
  }

  /** Writes what a try came to; false when the delivery is gone (its task was removed) or has been made anew. */
  record(id: string, result: TryResult, answer: string, nowMs: number): boolean {
    const { changes } = this.#sql(
      `UPDATE deliveries SET state = ?, due_ms = ?, error_code = ?, error_params = ?, answer = ?, tried_ms = ?,
         tries = tries + 1 WHERE id = ? AND state = 'waiting'`,
    ).run(...columnsOf(result), answer, nowMs, id);
    return changes === 1;
  }

  /** Ends a waiting one without a try. */
  withdraw(id: string, error: ErrorRecord, nowMs: number): boolean {
    const { changes } = this.#sql(
      `UPDATE deliveries SET state = ?, due_ms = ?, error_code = ?, error_params = ?, tried_ms = ?
       WHERE id = ? AND state = 'waiting'`,
    ).run(...columnsOf({ state: 'given_up', error }), nowMs, id);
    return changes === 1;
  }

  /** Makes everything that waits due now. */
  hurry(nowMs: number): void {
    this.#sql(`UPDATE deliveries SET due_ms = ? WHERE state = 'waiting' AND due_ms > ?`).run(nowMs, nowMs);
  }

  /**
   * Has the result of an ended task sent now: one that waits is tried at once, one that is over begins anew as another
   * delivery, so that no receiver takes it for a repetition. False when there is no such ended task.
   */
  again(taskId: string, nowMs: number): boolean {
    const { changes: waited } = this.#sql(
      `UPDATE deliveries SET due_ms = ? WHERE state = 'waiting' AND task_seq = (SELECT seq FROM tasks WHERE id = ?)`,
    ).run(nowMs, taskId);
    if (waited === 1) return true;
    const { changes } = this.#sql(
      `INSERT OR REPLACE INTO deliveries (task_seq, id, created_ms, due_ms)
       SELECT seq, ?, ?, ? FROM tasks WHERE id = ? AND completed_ms IS NOT NULL`,
    ).run(randomUUID(), nowMs, nowMs, taskId);
    return changes === 1;
  }

  /** How it stands: waiting for another try after a failed one, and given up since a time. */
  troubles(sinceMs: number): { retrying: number; givenUp: number } {
    const row = this.#sql(
      `SELECT (SELECT count(*) FROM deliveries WHERE state = 'waiting' AND tries > 0) AS retrying,
              (SELECT count(*) FROM deliveries WHERE state = 'given_up' AND tried_ms >= ?) AS givenUp`,
    ).get(sinceMs);
    return z.object({ retrying: z.int(), givenUp: z.int() }).parse(row);
  }
}

/** state, due_ms, error_code, error_params */
function columnsOf(result: TryResult): [string, number | null, string | null, string | null] {
  switch (result.state) {
    case 'delivered':
      return ['delivered', null, null, null];
    case 'waiting':
      return ['waiting', result.dueMs, null, null];
    case 'given_up':
      return ['given_up', null, result.error.code, JSON.stringify(result.error.params)];
    default:
      return result satisfies never;
  }
}
