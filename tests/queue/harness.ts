import path from 'node:path';
import { onTestFinished } from 'vitest';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { RenderQueue } from '../../main/queue/queue.ts';
import type { QueueLimits, QueueOptions } from '../../main/queue/queue-options.ts';
import { SettingsStore } from '../../main/queue/settings-store.ts';
import { TestClock } from '../support/clock.ts';
import { HandWork } from '../support/stage-work.ts';
import { tempFolder } from '../support/temp.ts';

export interface Harness {
  readonly folder: string;
  readonly clock: TestClock;
  readonly work: HandWork;
  readonly queue: RenderQueue<string>;
  readonly limits: QueueLimits;
  /** Drops everything in memory as a crash does, and opens the same folder again. */
  crash(): Harness;
}

const defaults: QueueLimits = {
  fetchLanes: 3,
  embeddedLanes: 1,
  publishLanes: 2,
  maxAttempts: 3,
  maxPending: 1000,
  patience: 1,
};

/** A queue on a real database file, with stage work in the test's hands. */
export function harness(
  changes: Partial<QueueLimits> = {},
  options: Partial<QueueOptions<string>> = {},
  folder = tempFolder(),
  clock = new TestClock(),
): Harness {
  const { db } = openDatabase(databaseFile(folder), clock.now());
  const work = new HandWork();
  const limits = { ...defaults, ...changes };
  const queue = new RenderQueue<string>({
    db,
    work,
    settings: new SettingsStore(db),
    limits: () => limits,
    taskFolder: (id) => path.join(folder, 'tasks', id),
    clock,
    random: () => 0.5,
    ...options,
  });
  onTestFinished(() => {
    if (db.open) db.close();
  });
  return {
    folder,
    clock,
    work,
    queue,
    limits,
    crash: () => {
      db.close();
      return harness(changes, options, folder, clock);
    },
  };
}

/** Submits a draft under a short name. */
export function submit(queue: RenderQueue<string>, name: string): string {
  return queue.submit(name, name, name).task.id;
}
