import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { StationError } from '../shared/errors/index.ts';
import { migrations } from './migrations.ts';

/** What had to be done to open the database; shown on the health page when it is not `opened`. */
export interface DatabaseOpening {
  readonly kind: 'opened' | 'created' | 'restored_backup' | 'started_empty';
  /** Where a damaged file was set aside. */
  readonly damagedFile: string | null;
}

export interface OpenedDatabase {
  readonly db: Database.Database;
  readonly opening: DatabaseOpening;
}

const companions = ['', '-wal', '-shm'] as const;

/** Where the last good copy of a database stands. */
export function backupFile(file: string): string {
  return `${file}.backup`;
}

/**
 * Opens the station's database, checks it and brings it to the present schema. A damaged file is set aside and the last
 * good backup takes its place.
 * @throws StationError DATABASE_NEWER, DATABASE_BUSY
 */
export function openDatabase(file: string, nowMs: number): OpenedDatabase {
  const existed = existsSync(file);
  const db = openChecked(file);
  if (db !== null) return { db, opening: { kind: existed ? 'opened' : 'created', damagedFile: null } };

  const damagedFile = `${file}.damaged-${nowMs}`;
  for (const suffix of companions) if (existsSync(file + suffix)) renameSync(file + suffix, damagedFile + suffix);
  const backup = backupFile(file);
  if (existsSync(backup)) {
    // The backup itself stays: only a copy is opened and written.
    copyFileSync(backup, file);
    const restored = openChecked(file);
    if (restored !== null) return { db: restored, opening: { kind: 'restored_backup', damagedFile } };
    for (const suffix of companions) rmSync(file + suffix, { force: true });
  }
  const empty = openChecked(file);
  if (empty === null) throw new StationError('DATABASE_UNUSABLE', { file });
  return { db: empty, opening: { kind: 'started_empty', damagedFile } };
}

/** Null when the file is damaged. */
function openChecked(file: string): Database.Database | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(file);
    // Exclusive from the first statement on: a second station on the same folder must not start.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('busy_timeout = 2000');
    db.pragma('journal_mode = WAL');
    // FULL, not NORMAL: an accepted task survives a power cut.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    const verdict = db.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new DamagedDatabase();
    migrate(db, file);
    return db;
  } catch (error) {
    db?.close();
    if (isDamage(error)) return null;
    if (isBusy(error)) throw new StationError('DATABASE_BUSY', { file }, { cause: error });
    throw error;
  }
}

class DamagedDatabase extends Error {}

function sqliteCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

function isDamage(error: unknown): boolean {
  return error instanceof DamagedDatabase || /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error));
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error));
}

function migrate(db: Database.Database, file: string): void {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > migrations.length) throw new StationError('DATABASE_NEWER', { file, found, known: migrations.length });
  for (let version = found; version < migrations.length; version++) {
    db.transaction(() => {
      db.exec(migrations[version] ?? '');
      db.pragma(`user_version = ${version + 1}`);
    }).immediate();
  }
}

/** Writes the last good copy: to a new file first, so that a crash leaves the older one. */
export async function backupDatabase(db: Database.Database): Promise<void> {
  const target = backupFile(db.name);
  const partial = `${target}.new`;
  rmSync(partial, { force: true });
  await db.backup(partial);
  renameSync(partial, target);
}

/** ms since the last good copy was written; Infinity when there is none. */
export function backupAgeMs(db: Database.Database, nowMs: number): number {
  const target = backupFile(db.name);
  return existsSync(target) ? nowMs - statSync(target).mtimeMs : Number.POSITIVE_INFINITY;
}

/** Clean close: everything into the main file, then a good copy. */
export async function closeDatabase(db: Database.Database): Promise<void> {
  if (!db.open) return;
  db.pragma('wal_checkpoint(TRUNCATE)');
  await backupDatabase(db);
  db.close();
}

/** Name of the database inside a data folder. */
export function databaseFile(dataFolder: string): string {
  return path.join(dataFolder, 'station.db');
}
