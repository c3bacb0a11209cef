/** Durable submissions against raw inserts under the same SQLite settings: both wait for the disk each time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { RenderQueue } from '../../main/queue/queue.ts';
import { SettingsStore } from '../../main/queue/settings-store.ts';
import { type BenchRow, median } from './row.ts';

const rounds = 7;
const perRound = 300;

export async function benchSubmissions(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'station-bench-'));
  const ours = openDatabase(databaseFile(folder), Date.now()).db;
  const raw = openDatabase(path.join(folder, 'raw.db'), Date.now()).db;
  try {
    const submit = submitter(ours, folder);
    const insert = inserter(raw);
    const rates = { ours: [] as number[], raw: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      rates.ours.push(perSecond(() => submit(round)));
      rates.raw.push(perSecond(() => insert(round)));
    }
    const ratio = median(rates.ours.map((rate, n) => rate / (rates.raw[n] ?? Number.NaN)));
    return [
      {
        name: 'Durable submissions',
        ours: median(rates.ours),
        baseline: median(rates.raw),
        ratio,
        unit: '1/s',
        note: 'raw inserts, fsync each; wanted: at least 0.5',
      },
    ];
  } finally {
    ours.close();
    raw.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The queue's own way in; not started, so that nothing runs beside the measurement. */
function submitter(db: Database.Database, folder: string): (round: number) => void {
  const unused = () => Promise.reject(new Error('nothing runs here'));
  const queue = new RenderQueue<never>({
    db,
    settings: new SettingsStore(db),
    work: { fetch: unused, export: unused, publish: unused, cleanUp: unused },
    limits: () => ({ fetchLanes: 3, embeddedLanes: 1, publishLanes: 2, maxAttempts: 3, maxPending: 1e9, patience: 1 }),
    taskFolder: (id) => path.join(folder, 'tasks', id),
  });
  return (round) => {
    for (let n = 0; n < perRound; n++)
      queue.submit(`${round}.${n}`, `https://example.com/${round}.${n}.json`, `draft ${n}`);
  };
}

function inserter(db: Database.Database): (round: number) => void {
  db.exec(
    'CREATE TABLE plain (id TEXT PRIMARY KEY, url TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
  );
  const insert = db.prepare('INSERT INTO plain VALUES (?, ?, ?, ?)');
  return (round) => {
    for (let n = 0; n < perRound; n++)
      insert.run(`${round}.${n}`, `https://example.com/${round}.${n}.json`, `draft ${n}`, Date.now());
  };
}

function perSecond(run: () => void): number {
  const began = performance.now();
  run();
  return perRound / ((performance.now() - began) / 1000);
}
