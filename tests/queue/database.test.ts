import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { closeDatabase, databaseFile, openDatabase } from '../../main/queue/database.ts';
import { migrations } from '../../main/queue/migrations.ts';
import { TaskStore } from '../../main/queue/task-store.ts';
import { tempFolder } from '../support/temp.ts';

const now = Date.UTC(2026, 0, 1);

function fill(file: string, count: number): void {
  const { db } = openDatabase(file, now);
  const store = new TaskStore(db);
  for (let n = 0; n < count; n++)
    store.submit({ id: `id${n}`, draftKey: `k${n}`, draftUrl: `u${n}`, name: `n${n}`, nowMs: now });
  db.close();
}

describe('the database', () => {
  it('is made new, with full durability', () => {
    const { db, opening } = openDatabase(databaseFile(tempFolder()), now);
    expect(opening).toEqual({ kind: 'created', damagedFile: null });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    db.close();
  });

  it('of a newer station is refused and left alone', () => {
    const file = databaseFile(tempFolder());
    fill(file, 1);
    const newer = new Database(file);
    newer.pragma(`user_version = ${migrations.length + 1}`);
    newer.close();
    const before = readFileSync(file);
    expect(() => openDatabase(file, now)).toThrow(expect.objectContaining({ code: 'DATABASE_NEWER' }));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that another station uses is refused', () => {
    const file = databaseFile(tempFolder());
    const first = openDatabase(file, now);
    expect(() => openDatabase(file, now)).toThrow(expect.objectContaining({ code: 'DATABASE_BUSY' }));
    first.db.close();
  });

  for (const [how, damage] of [
    [
      'overwritten in the middle',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0x5a, 4096, bytes.length);
        writeFileSync(file, bytes);
      },
    ],
    ['cut off', (file: string) => truncateSync(file, 5000)],
    [
      'replaced by something else',
      (file: string) => writeFileSync(file, 'this is no database, but it is long enough'.repeat(200)),
    ],
  ] as const) {
    it(`that was ${how} is set aside and the last good backup takes its place`, async () => {
      const folder = tempFolder();
      const file = databaseFile(folder);
      fill(file, 3);
      await closeDatabase(openDatabase(file, now).db);
      fill(file, 4);
      damage(file);
      const { db, opening } = openDatabase(file, now);
      expect(opening.kind).toBe('restored_backup');
      expect(opening.damagedFile !== null && existsSync(opening.damagedFile)).toBe(true);
      expect(new TaskStore(db).counts().pending).toBe(3);
      db.close();
    });
  }

  it('that is damaged and was never backed up starts empty, and the damaged file is kept', () => {
    const folder = tempFolder();
    const file = databaseFile(folder);
    fill(file, 3);
    truncateSync(file, 5000);
    const { db, opening } = openDatabase(file, now);
    expect(opening.kind).toBe('started_empty');
    expect(new TaskStore(db).counts().pending).toBe(0);
    expect(readdirSync(folder).some((name) => name.includes('damaged'))).toBe(true);
    db.close();
  });

  it('copied in the middle of writing (a power cut) opens with every task whose submission had answered', () => {
    const file = databaseFile(tempFolder());
    const { db } = openDatabase(file, now);
    const store = new TaskStore(db);
    for (let n = 0; n < 50; n++) {
      store.submit({ id: `id${n}`, draftKey: `k${n}`, draftUrl: 'u', name: 'n', nowMs: now });
      if (n % 10 !== 9) continue;
      const copy = databaseFile(tempFolder());
      for (const suffix of ['', '-wal']) writeFileSync(copy + suffix, readFileSync(file + suffix));
      const reopened = openDatabase(copy, now);
      expect(new TaskStore(reopened.db).counts().pending).toBe(n + 1);
      reopened.db.close();
    }
    db.close();
  });
});

describe('migration', () => {
  /** A database as a station of that schema left it. */
  function at(version: number): string {
    const file = databaseFile(tempFolder());
    const db = new Database(file);
    for (const sql of migrations.slice(0, version)) db.exec(sql);
    db.pragma(`user_version = ${version}`);
    db.close();
    return file;
  }

  it('1 counts tasks by state and refuses a second live task of a draft', () => {
    const file = at(1);
    const db = new Database(file);
    const add = db.prepare(
      `INSERT INTO tasks (id, draft_key, draft_url, name, state, rank, created_ms) VALUES (?, ?, 'u', 'n', ?, 1, 0)`,
    );
    add.run('a', 'k', 'pending');
    expect(() => add.run('b', 'k', 'pending')).toThrow(/UNIQUE/);
    add.run('c', 'k', 'completed');
    expect(() => add.run('d', 'x', 'sleeping')).toThrow(/CHECK/);
    db.prepare(`UPDATE tasks SET state = 'cancelled' WHERE id = 'a'`).run();
    db.prepare(`DELETE FROM tasks WHERE id = 'c'`).run();
    const counts = db.prepare('SELECT state, n FROM task_counts WHERE n > 0').all();
    expect(counts).toEqual([{ state: 'cancelled', n: 1 }]);
    db.close();
  });

  it('2 makes tasks that are already there searchable', () => {
    const file = at(1);
    const old = new Database(file);
    old.exec(
      `INSERT INTO tasks (id, draft_key, draft_url, name, state, rank, created_ms, completed_ms) VALUES ('a', 'k', 'u', '春节贺岁短片', 'completed', 1, 0, 1)`,
    );
    old.close();
    const { db } = openDatabase(file, now);
    expect(db.prepare(`SELECT count(*) AS n FROM task_words WHERE task_words MATCH '"贺岁短"'`).get()).toEqual({
      n: 1,
    });
    db.prepare(`DELETE FROM tasks WHERE id = 'a'`).run();
    expect(db.prepare(`SELECT count(*) AS n FROM task_words WHERE task_words MATCH '"贺岁短"'`).get()).toEqual({
      n: 0,
    });
    db.close();
  });

  it('3 keeps every task, tells nobody of those that ended before, and holds one notice per task from then on', () => {
    const file = at(2);
    const old = new Database(file);
    old.exec(
      `INSERT INTO tasks (id, draft_key, draft_url, name, state, rank, created_ms, completed_ms) VALUES ('a', 'k', 'u', 'n', 'cancelled', 1, 0, 1)`,
    );
    old.close();
    const { db } = openDatabase(file, now);
    expect(new TaskStore(db).get('a')).toMatchObject({ state: 'cancelled', completedMs: 1 });
    expect(db.prepare('SELECT count(*) AS n FROM deliveries').get()).toEqual({ n: 0 });
    const add = db.prepare('INSERT INTO deliveries (task_seq, id, created_ms, due_ms) VALUES (1, ?, 0, ?)');
    add.run('d1', 0);
    expect(() => add.run('d2', 0)).toThrow(/UNIQUE/);
    db.prepare('DELETE FROM deliveries').run();
    expect(() => add.run('d3', null)).toThrow(/CHECK/);
    db.close();
  });
});
