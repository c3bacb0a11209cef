import type Database from 'better-sqlite3';
import type { ErrorRecord } from '../shared/errors/index.ts';
import type { Clock } from './clock.ts';
import type { SettingsStore } from './settings-store.ts';
import type { StageWork } from './stages.ts';
import type { TaskRecord } from './task-record.ts';

/** What an operator can set about the queue. */
export interface QueueLimits {
  readonly fetchLanes: number;
  readonly embeddedLanes: number;
  readonly publishLanes: number;
  readonly maxAttempts: number;
  readonly maxPending: number;
  readonly patience: number;
}

export interface QueueOptions<Draft> {
  readonly db: Database.Database;
  readonly work: StageWork<Draft>;
  readonly settings: SettingsStore;
  readonly limits: () => QueueLimits;
  /** Folder of a task's own files (log, draft, evidence). */
  readonly taskFolder: (id: string) => string;
  /** What keeps work from starting right now (a full disk), or null. */
  readonly obstacle?: () => ErrorRecord | null;
  /** Called with every task that ends, inside the transaction that ends it: what it writes stands or falls with the end. */
  readonly ending?: (task: TaskRecord, nowMs: number) => void;
  /** Told of every task that has ended. */
  readonly ended?: (task: TaskRecord) => void;
  readonly clock?: Clock;
  readonly random?: () => number;
}
