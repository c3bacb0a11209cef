import type { ErrorRecord } from '../shared/errors/index.ts';
import type { ExportPreset } from '../shared/settings.ts';
import type { EngineId } from '../shared/task.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What every stage of a task is given besides its input: how to be stopped, how to tell, where to write. */
export interface StageContext {
  /** Aborted on cancel, timeout and shutdown. A stage ends promptly and leaves no process and no temporary file. */
  readonly signal: AbortSignal;
  /** Measured progress of this stage, 0..1. May be called often; the queue keeps it from falling. */
  onProgress(fraction: number, detail?: ProgressDetail): void;
  /** One line for the task's log, in plain words; `data` is kept beside it as JSON. */
  log(level: LogLevel, message: string, data?: Record<string, unknown>): void;
}

/** What the window can show beside the bar; every field optional. */
export interface ProgressDetail {
  /** e.g. "12/40" */
  readonly done?: number;
  readonly total?: number;
  readonly bytes?: number;
  readonly totalBytes?: number;
  readonly bytesPerSecond?: number;
  /** Rendering speed as a multiple of real time. */
  readonly speed?: number;
}

/** A fetched draft: one folder that holds the plain draft JSON and every media file that could be had. */
export interface LocalDraft {
  /** Absolute path; made by the station for this task, owned by it. */
  readonly folder: string;
  /**
   * Absolute path of the plain draft JSON inside `folder`. Media paths in it are either absolute or start with
   * Jianying's placeholder `##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##/` = `folder`.
   */
  readonly contentFile: string;
  /** Title for people. */
  readonly name: string;
  /** µs, computed from the segments, not the file's own field. */
  readonly durationUs: number;
}

export interface ExportJob {
  readonly taskId: string;
  readonly attempt: number;
  readonly draft: LocalDraft;
  readonly preset: ExportPreset;
  /**
   * Absolute path the finished video must have; its ending may be another where the engine makes another kind of file. Its
   * folder exists; an older file there may be overwritten.
   */
  readonly outputFile: string;
  /** Scratch folder of this attempt; the queue removes it afterwards. */
  readonly workFolder: string;
}

export interface ExportResult {
  /** The verified file: `job.outputFile`, perhaps with another ending. */
  readonly file: string;
  /** Things the engine could not draw or had to approximate, for the task's warnings. */
  readonly warnings: readonly ErrorRecord[];
}

export interface EngineHealth {
  readonly engine: EngineId;
  readonly state: 'ready' | 'degraded' | 'unavailable';
  /** Sentences for the health page, most important first. */
  readonly notes: readonly { readonly zh: string; readonly en: string }[];
  /** e.g. client version, tier, encoder names. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** Something that turns a fetched draft into a video file. */
export interface Engine {
  readonly id: EngineId;
  /** Quick look at whether exports would work now; never throws. */
  probe(): Promise<EngineHealth>;
  /**
   * Exports the whole draft to `job.outputFile` and checks the result.
   * @throws StationError
   */
  export(job: ExportJob, context: StageContext): Promise<ExportResult>;
}
