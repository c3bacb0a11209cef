import { note } from '../shared/log-notes.ts';
import type { Clock } from './clock.ts';
import { crashLimit } from './retry.ts';
import type { StageWork } from './stages.ts';
import { TaskLog } from './task-log.ts';
import type { TaskRecord } from './task-record.ts';
import type { TaskStore } from './task-store.ts';

export interface RecoveryHost {
  readonly store: TaskStore;
  readonly work: Pick<StageWork<never>, 'cleanUp'>;
  readonly clock: Clock;
  readonly taskFolder: (id: string) => string;
  /** Told of every task that the recovery ended. */
  readonly ended: (task: TaskRecord) => void;
}

/** What a station found when it started. */
export interface Recovered {
  /** Tasks that run again. */
  readonly putBack: number;
  /** Tasks that ended: cancelled before the crash, or crashed too often. */
  readonly parked: number;
}

/** Puts back in line, or ends, what a dead station left in the middle, and removes what its attempts left behind. */
export async function recoverTasks({ store, work, clock, taskFolder, ended }: RecoveryHost): Promise<Recovered> {
  const found = store.recover(crashLimit, clock.now());
  for (const task of found.ended) {
    ended(task);
    await work.cleanUp(task, task.state === 'cancelled' ? 'cancelled' : 'failed');
  }
  for (const task of found.putBack) {
    const log = new TaskLog(taskFolder(task.id));
    log.write(clock.now(), 'warn', ...note('INTERRUPTED'));
    await work.cleanUp(task, 'put_back');
  }
  return { putBack: found.putBack.length, parked: found.ended.length };
}
