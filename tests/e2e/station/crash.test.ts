import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { databaseFile, openDatabase } from '../../../main/queue/database.ts';
import type { TaskRecord } from '../../../main/queue/task-record.ts';
import { TaskStore } from '../../../main/queue/task-store.ts';
import { deliveriesOf, startReceiver } from '../../support/receiver.ts';
import { tempFolder } from '../../support/temp.ts';

interface Station {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** Null when the station died before it answered. */
  ask<T>(message: object, isAnswer: (answer: object) => boolean): Promise<T | null>;
}

async function start(folder: string, fuse = '', stageMs = 5, webhookUrl = ''): Promise<Station | null> {
  const child = fork(path.join(import.meta.dirname, 'crash-station.ts'), [folder, fuse, String(stageMs), webhookUrl], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const ended = once(child, 'exit');
  const station: Station = {
    child,
    ended,
    ask: (message, isAnswer) =>
      new Promise((resolve) => {
        const listen = (answer: object) => {
          if (!isAnswer(answer)) return;
          child.off('message', listen);
          resolve(answer as never);
        };
        child.on('message', listen);
        void ended.then(() => resolve(null));
        child.send(message, () => {});
      }),
  };
  const ready = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  return ready === null ? null : station;
}

async function submit(station: Station, key: string): Promise<string | null> {
  const answer = await station.ask<{ accepted: string }>({ submit: key }, (told) => 'key' in told && told.key === key);
  return answer?.accepted ?? null;
}

async function untilIdle(station: Station): Promise<void> {
  for (;;) {
    const answer = await station.ask<{ counts: Record<string, number>; noticesWaiting: number }>(
      { report: true },
      (told) => 'counts' in told,
    );
    if (answer === null) throw new Error('the station died');
    const { counts, noticesWaiting } = answer;
    if (counts.pending === 0 && counts.processing === 0 && noticesWaiting === 0) return;
    await pause(20);
  }
}

async function kill(station: Station): Promise<void> {
  station.child.kill('SIGKILL');
  await station.ended;
}

function tasks(folder: string): TaskRecord[] {
  const { db, opening } = openDatabase(databaseFile(folder), Date.now());
  expect(opening.kind).toBe('opened');
  const store = new TaskStore(db);
  const ids = db.prepare('SELECT id FROM tasks ORDER BY seq').all() as { id: string }[];
  const all = ids.flatMap(({ id }) => store.get(id) ?? []);
  db.close();
  return all;
}

const transitions = [
  'taken',
  'advanced:ready',
  'advanced:export',
  'advanced:publish',
  'published',
  'put_back',
  'gave_up',
];
const fuses = ['submit', ...transitions].flatMap((name) => [`before ${name}`, `after ${name}`]);

describe('a station that is killed', () => {
  it.each(fuses)('%s a transition loses no accepted task and finishes it once', async (fuse) => {
    const folder = tempFolder();
    const accepted: string[] = [];
    const first = await start(folder, fuse);
    if (first === null) throw new Error('the station did not start');
    for (const key of ['a', 'bad', 'hopeless', 'c']) {
      const id = await submit(first, key);
      if (id !== null) accepted.push(id);
    }
    await first.ended;

    const second = await start(folder);
    if (second === null) throw new Error('the station did not start again');
    await untilIdle(second);
    await kill(second);
    const all = tasks(folder);
    expect(all.map((task) => task.id)).toEqual(expect.arrayContaining(accepted));
    for (const task of all) {
      if (task.draftUrl === 'hopeless') expect(task).toMatchObject({ state: 'failed', videoUrl: null });
      else expect(task).toMatchObject({ state: 'completed', videoUrl: `/v1/videos/${task.id}.mp4` });
      expect(task.crashes).toBeLessThanOrEqual(1);
    }
    const finished = all.filter((task) => task.state === 'completed').map((task) => `${task.id}.mp4`);
    expect(readdirSync(path.join(folder, 'videos')).sort()).toEqual(finished.sort());
  });

  it.each([
    'after published',
    'after gave_up',
    'before sending',
    'before noting the answer',
    'after noting the answer',
  ])('%s tells the webhook of every ended task all the same, repetitions under the same id', async (fuse) => {
    const folder = tempFolder();
    const receiver = await startReceiver();
    const first = await start(folder, fuse, 5, receiver.url);
    if (first === null) throw new Error('the station did not start');
    const accepted: (string | null)[] = [];
    for (const key of ['a', 'hopeless', 'c']) accepted.push(await submit(first, key));
    await first.ended;

    const second = await start(folder, '', 5, receiver.url);
    if (second === null) throw new Error('the station did not start again');
    await untilIdle(second);
    await kill(second);
    const idOf = new Map<string, string>();
    for (const { headers, body } of receiver.notices) {
      const told = JSON.parse(body) as { task_id: string; draft_url: string; status: string };
      const id = String(headers['x-station-delivery']);
      expect(idOf.get(told.task_id) ?? id).toBe(id);
      idOf.set(told.task_id, id);
      expect(told.status).toBe(told.draft_url === 'hopeless' ? 'failed' : 'completed');
    }
    const ended = tasks(folder).map((task) => task.id);
    expect(ended).toEqual(expect.arrayContaining(accepted.filter((id) => id !== null)));
    expect([...idOf.keys()].sort()).toEqual(ended.sort());
    expect(deliveriesOf(receiver)).toHaveLength(ended.length);
  });

  it.each(['before cancelled', 'after cancelled'])('%s keeps a cancel that was asked for', async (fuse) => {
    const folder = tempFolder();
    const first = await start(folder, fuse, 300);
    if (first === null) throw new Error('the station did not start');
    const id = await submit(first, 'a');
    await first.ask({ cancel: id }, (told) => 'cancelled' in told);
    await first.ended;
    const second = await start(folder);
    if (second === null) throw new Error('the station did not start again');
    await untilIdle(second);
    await kill(second);
    expect(tasks(folder)).toMatchObject([{ id, state: 'cancelled' }]);
  });

  it('at random moments a hundred times keeps every accepted task and never says completed without a video', async () => {
    const folder = tempFolder();
    const accepted: string[] = [];
    // A fixed sequence: a failing run can be repeated.
    let seed = 20_260_101;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    for (let round = 0; round < 100; round++) {
      const station = await start(folder, '', 3);
      if (station === null) throw new Error('the station did not start');
      const dying = pause(random() * 60).then(() => kill(station));
      for (let n = 0; n < 4; n++) {
        const id = await submit(station, `draft ${round}.${n}`);
        if (id !== null) accepted.push(id);
      }
      await dying;
    }
    const last = await start(folder);
    if (last === null) throw new Error('the station did not start');
    await untilIdle(last);
    await kill(last);
    const all = tasks(folder);
    expect(new Set(all.map((task) => task.id)).size).toBe(all.length);
    expect(all.map((task) => task.id)).toEqual(expect.arrayContaining(accepted));
    expect(accepted.length).toBeGreaterThan(20);
    for (const task of all) {
      if (task.state === 'failed') {
        expect(task.error).toEqual({ code: 'TASK_CRASHED_STATION', params: { crashes: task.crashes } });
        expect(task.crashes).toBeGreaterThanOrEqual(2);
      } else {
        expect(task.state).toBe('completed');
        expect(existsSync(path.join(folder, 'videos', `${task.id}.mp4`))).toBe(true);
      }
    }
  });
});
