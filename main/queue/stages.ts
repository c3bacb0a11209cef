import type { StageContext } from '../engines/engine.ts';
import type { ErrorRecord } from '../shared/errors/index.ts';
import type { Inspection } from '../shared/inspection.ts';
import type { EngineId } from '../shared/task.ts';
import type { TaskRecord } from './task-record.ts';

/** What a fetch brought; `draft` is handed on unseen to the later stages. */
export interface Fetched<Draft> {
  readonly draft: Draft;
  readonly name: string;
  readonly durationMs: number;
  readonly engine: EngineId;
  readonly inspection: Inspection | null;
  readonly warnings: readonly ErrorRecord[];
}

export interface Exported {
  /** The verified file, inside the attempt's own folder. */
  readonly file: string;
  readonly warnings: readonly ErrorRecord[];
}

export interface Published {
  /** `/v1/videos/<name>` or an absolute URL. */
  readonly videoUrl: string;
  readonly videoFile: string;
  readonly videoBytes: number;
  readonly hasCover: boolean;
}

/** How an attempt ended, for cleaning up after it. */
export type AttemptEnd = 'completed' | 'failed' | 'cancelled' | 'put_back';

/**
 * The work of the stages. The queue knows when and how often they run, not what they do. Each ends promptly when its
 * signal aborts, and may be called again for a later attempt of the same task.
 */
export interface StageWork<Draft> {
  fetch(task: TaskRecord, context: StageContext): Promise<Fetched<Draft>>;
  export(task: TaskRecord, draft: Draft, context: StageContext): Promise<Exported>;
  publish(task: TaskRecord, draft: Draft, exported: Exported, context: StageContext): Promise<Published>;
  /** Removes what an ended attempt left behind. Never throws. */
  cleanUp(task: TaskRecord, end: AttemptEnd): Promise<void>;
}
