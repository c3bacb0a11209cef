import type Database from 'better-sqlite3';
import { type Statements, statementsOf } from './statements.ts';

interface Place {
  readonly seq: number;
  readonly rank: number;
}

/**
 * The order of the waiting tasks. Each has a rank, a real number; moving one gives it a rank between its new
 * neighbours and touches no other row.
 */
export class WaitingLine {
  readonly #db: Database.Database;
  readonly #sql: Statements;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#sql = statementsOf(db);
  }

  /** Moves a waiting task before another waiting one, or to the front. False when one of them is not waiting. */
  move(id: string, beforeId: string | null): boolean {
    return this.#db
      .transaction(() => {
        const moved = this.#place(id);
        if (moved === null) return false;
        const rank = beforeId === null ? this.#rankOfFront() : this.#rankBefore(beforeId, moved);
        if (rank === null) return false;
        this.#sql('UPDATE tasks SET rank = ? WHERE seq = ?').run(rank, moved.seq);
        return true;
      })
      .immediate();
  }

  /** Place in the line, 1 = next. */
  position(task: Place): number {
    const row = this.#sql(
      `SELECT count(*) AS n FROM tasks WHERE state = 'pending' AND (rank < ? OR (rank = ? AND seq <= ?))`,
    ).get(task.rank, task.rank, task.seq) as { n: number };
    return row.n;
  }

  #place(id: string): Place | null {
    const row = this.#sql(`SELECT seq, rank FROM tasks WHERE id = ? AND state = 'pending'`).get(id);
    return (row as Place | undefined) ?? null;
  }

  #rankOfFront(): number {
    const row = this.#sql(`SELECT min(rank) AS rank FROM tasks WHERE state = 'pending'`).get() as {
      rank: number | null;
    };
    return (row.rank ?? 1) - 1;
  }

  #rankBefore(beforeId: string, moved: Place): number | null {
    const before = this.#place(beforeId);
    if (before === null) return null;
    if (before.seq === moved.seq) return moved.rank;
    const ahead = this.#sql(
      `SELECT seq, rank FROM tasks WHERE state = 'pending' AND seq <> ? AND (rank < ? OR (rank = ? AND seq < ?))
       ORDER BY rank DESC, seq DESC LIMIT 1`,
    ).get(moved.seq, before.rank, before.rank, before.seq) as Place | undefined;
    if (ahead === undefined) return before.rank - 1;
    const middle = (ahead.rank + before.rank) / 2;
    if (middle > ahead.rank && middle < before.rank) return middle;
    this.#numberAnew();
    return this.#rankBefore(beforeId, moved);
  }

  /** Halved so often that no number fits between two ranks: 1, 2, 3 ... make room again. */
  #numberAnew(): void {
    this.#sql(
      `UPDATE tasks SET rank = line.place FROM
         (SELECT seq, row_number() OVER (ORDER BY rank, seq) AS place FROM tasks WHERE state = 'pending') AS line
       WHERE tasks.seq = line.seq`,
    ).run();
  }
}
