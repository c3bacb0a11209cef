/** The whole station, as its own program: start, memory at rest, status polls with a full database, gaps between exports. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { sampleFolder } from '../../main/sample/index.ts';
import type { TaskDetail } from '../../main/shared/task.ts';
import { spawnNodeWorker } from '../../main/workers/spawn.ts';
import { type BenchRow, median } from './row.ts';
import { benchStatus } from './status.ts';

const headless = path.join(import.meta.dirname, '../../main/headless.ts');
const link = (n: number) => `https://ts.fyshark.com/#/cozeToJianyin?drafId=bench-${n}`;

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  readonly startMs: number;
  stop(): Promise<void>;
}

async function start(data: string): Promise<Running> {
  const began = performance.now();
  const child = fork(headless, ['--data', data, '--port', '0', '--drain', '0'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  await fetch(`${url}/v1/gen_video_status`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"draft_url":"https://example.com/nothing.json"}',
  });
  const startMs = performance.now() - began;
  return {
    url,
    child,
    startMs,
    stop: async () => {
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
    },
  };
}

function scratch(): string {
  return mkdtempSync(path.join(tmpdir(), 'station-bench-'));
}

/** Fills a database with finished tasks, as years of work leave it. */
function fillDatabase(data: string, count: number): void {
  const { db } = openDatabase(databaseFile(data), Date.now());
  const insert = db.prepare(
    `INSERT INTO tasks (id, draft_key, draft_url, name, state, rank, attempt, created_ms, started_ms, completed_ms, engine, video_url)
     VALUES (?, ?, ?, ?, 'completed', ?, 1, ?, ?, ?, 'embedded', ?)`,
  );
  db.transaction(() => {
    for (let n = 0; n < count; n++) {
      const at = 1_700_000_000_000 + n * 1000;
      const id = `b${String(n).padStart(17, '0')}`;
      insert.run(id, `library:bench-${n}`, link(n), `成片 ${n}`, n, at, at, at + 500, `/v1/videos/video_${id}.mp4`);
    }
  })();
  db.close();
}

/** A task of `link(1)` that has been submitted the ordinary way, so that its key is right whatever the key looks like. */
async function knownDraft(data: string): Promise<void> {
  cpSync(await sampleFolder(path.join(data, 'sample'), spawnNodeWorker), path.join(data, 'library', 'bench-1'), {
    recursive: true,
  });
}

async function polled(data: string, name: string): Promise<BenchRow[]> {
  await knownDraft(data);
  return benchStatus(async () => {
    const station = await start(data);
    await submit(station.url, link(1));
    await finished(station.url, link(1));
    return { url: station.url, draftUrl: link(1), close: () => station.stop() };
  }, name);
}

async function post(url: string, route: string, body: object): Promise<Response> {
  return fetch(`${url}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function submit(url: string, draftUrl: string): Promise<void> {
  const response = await post(url, '/v1/gen_video', { draft_url: draftUrl });
  if (!response.ok) throw new Error(await response.text());
}

async function finished(url: string, draftUrl: string): Promise<void> {
  for (;;) {
    const response = await post(url, '/v1/gen_video_status', { draft_url: draftUrl });
    const { status, error_message } = (await response.json()) as { status: string; error_message: string };
    if (status === 'completed') return;
    if (status === 'failed') throw new Error(error_message);
    await pause(100);
  }
}

export async function benchStatusPolls(finishedTasks: number): Promise<BenchRow[]> {
  const [small, large] = [scratch(), scratch()];
  try {
    const few = await polled(small, 'gen_video_status, 50 connections');
    fillDatabase(large, finishedTasks);
    const many = await polled(large, `the same with ${finishedTasks.toLocaleString('en')} finished tasks`);
    const compared = many[0] !== undefined && few[0] !== undefined ? many[0].ratio / few[0].ratio : Number.NaN;
    return [
      ...few,
      ...many,
      {
        name: 'status with a full against an almost empty database',
        ours: many[0]?.ratio ?? Number.NaN,
        baseline: few[0]?.ratio ?? Number.NaN,
        ratio: compared,
        unit: '',
        note: 'wanted: 0.9 to 1.1',
      },
    ];
  } finally {
    for (const folder of [small, large]) rmSync(folder, { recursive: true, force: true });
  }
}

export async function benchStart(): Promise<BenchRow[]> {
  const data = scratch();
  try {
    const bare = path.join(import.meta.dirname, 'bare-express.ts');
    const ours: number[] = [];
    const theirs: number[] = [];
    let residentMb = 0;
    for (let n = 0; n < 5; n++) {
      const station = await start(data);
      ours.push(station.startMs);
      await pause(2000);
      residentMb = residentMegabytes(station.child.pid ?? 0);
      await station.stop();
      const began = performance.now();
      const child = fork(bare, ['{}'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      const [{ url }] = (await once(child, 'message')) as [{ url: string }];
      await post(url, '/v1/gen_video_status', {});
      theirs.push(performance.now() - began);
      child.disconnect();
    }
    const [mine, bareMs] = [median(ours), median(theirs)];
    return [
      {
        name: 'Start to first answer',
        ours: mine,
        baseline: bareMs,
        ratio: mine / bareMs,
        unit: 'ms',
        note: 'against a bare express program',
      },
      {
        name: 'Resident memory at rest',
        ours: residentMb,
        baseline: Number.NaN,
        ratio: Number.NaN,
        unit: 'MB',
        note: '',
      },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** Linux only; 0 elsewhere. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** From the end of one export to the start of the next while drafts are waiting. */
export async function benchGaps(): Promise<BenchRow[]> {
  const data = scratch();
  const count = 6;
  try {
    const sample = await sampleFolder(path.join(data, 'sample'), spawnNodeWorker);
    for (let n = 0; n < count; n++) cpSync(sample, path.join(data, 'library', `bench-${n}`), { recursive: true });
    const station = await start(data);
    for (let n = 0; n < count; n++) await submit(station.url, link(n));
    for (let n = 0; n < count; n++) await finished(station.url, link(n));
    const token = readFileSync(path.join(data, 'token'), 'utf8').trim();
    const get = async (route: string) =>
      (await fetch(`${station.url}${route}`, { headers: { authorization: `Bearer ${token}` } })).json();
    const { tasks } = (await get('/api/tasks?sort=oldest')) as { tasks: { id: string }[] };
    const details = (await Promise.all(tasks.map(({ id }) => get(`/api/tasks/${id}`)))) as TaskDetail[];
    await station.stop();
    const exports = details
      .flatMap((detail) => detail.timings.filter(({ stage }) => stage === 'export'))
      .map(({ startedAt, durationMs }) => ({ start: Date.parse(startedAt), end: Date.parse(startedAt) + durationMs }))
      .sort((a, b) => a.start - b.start);
    const gaps = exports.slice(1).map(({ start: begins }, n) => begins - (exports[n]?.end ?? Number.NaN));
    const worst = Math.max(...gaps);
    return [
      {
        name: 'Gap between two exports, worst',
        ours: worst,
        baseline: 100,
        ratio: worst / 100,
        unit: 'ms',
        note: 'wanted: under 100 ms',
      },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
