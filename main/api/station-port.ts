import type { Readable } from 'node:stream';
import type { ErrorRecord } from '../shared/errors/index.ts';
import type { QueueStatus, StationEvent } from '../shared/events.ts';
import type { Health } from '../shared/health.ts';
import type { Inspection } from '../shared/inspection.ts';
import type { HealthCheck } from '../shared/operator-api.ts';
import type { Settings, SettingsPatch } from '../shared/settings.ts';
import type { TaskDetail } from '../shared/task.ts';
import type { LogLine, Statistics, TaskPage, TaskQuery } from '../shared/task-query.ts';

/** What happened to a cancel request. */
export type CancelOutcome = 'cancelled' | 'already_finished' | 'not_found';

/** The newest task of a draft, as the contract answers it. */
export interface DraftStatus {
  /** As the caller of that submission wrote it. */
  readonly draftUrl: string;
  readonly status: 'pending' | 'processing' | 'completed' | 'failed';
  readonly progress: number;
  /** Path on this station (`/v1/videos/...`) or an absolute URL; empty unless completed. */
  readonly videoUrl: string;
  readonly error: ErrorRecord | null;
  /** ms since the epoch. */
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly completedAtMs: number | null;
}

/** A draft that an operator drops on the window. */
export interface Upload {
  /** File name as the browser gives it; for people, never a path. */
  readonly name: string;
  readonly kind: 'zip' | 'json';
  /** Fails with UPLOAD_TOO_LARGE or when the sender goes away: nothing may be kept of it then. */
  readonly content: Readable;
}

/** What the HTTP side needs of the station; `main/station.ts` provides it. */
export interface StationPort {
  readonly version: string;
  /** Per-install secret for `/api/*`. */
  readonly token: string;

  settings(): Settings;
  /** @throws StationError SETTINGS_INVALID */
  changeSettings(patch: SettingsPatch): Promise<Settings>;

  /**
   * Accepts a draft link; when it returns, the task's row is on disk. The same draft while pending or processing
   * joins the live task.
   * @throws StationError DRAFT_LINK_UNRECOGNISED, DRAFT_NOT_IN_LIBRARY, QUEUE_FULL
   */
  submit(draftUrl: string): Promise<{ taskId: string; created: boolean }>;
  /** Newest task of this draft in any spelling, null when there never was one. Synchronous: it is the hot path. */
  statusOf(draftUrl: string): DraftStatus | null;
  /** Pending and processing tasks. */
  activeCount(): number;

  listTasks(query: TaskQuery): TaskPage;
  task(id: string): TaskDetail | null;
  cancel(id: string): Promise<CancelOutcome>;
  /** A new task for the draft of a finished one; null = no such task. @throws as submit */
  retry(id: string): Promise<string | null>;
  retryAllFailed(): Promise<number>;
  /** Removes a finished task with its files; false when it is unknown or still live. */
  remove(id: string): Promise<boolean>;
  /** Moves a waiting task before another one (null = to the front); false when it is not waiting. */
  move(id: string, beforeId: string | null): boolean;
  /** Sends the result of an ended task to the webhook once more; false when there is no such ended task. */
  notifyAgain(id: string): boolean;
  pause(): void;
  resume(): void;
  /** The task's log lines after `afterLine`. */
  log(id: string, afterLine: number): Promise<LogLine[] | null>;
  /** Absolute path of a file that belongs to a task (evidence, cover), null when there is none of that name. */
  taskFile(id: string, name: string): string | null;
  /** Absolute path of a published video by its public name, null when there is none. */
  videoFile(name: string): string | null;

  health(): Promise<Health>;
  statistics(): Statistics;
  /** Reads and inspects a draft without queuing anything. @throws StationError */
  inspect(draftUrl: string, signal: AbortSignal): Promise<Inspection>;

  /** Keeps an uploaded draft in the station's inbox. @returns the link under which it can be submitted @throws StationError */
  receiveUpload(upload: Upload): Promise<string>;
  /** Submits the sample draft that comes with the station. @throws as submit */
  submitSample(): Promise<{ taskId: string; created: boolean }>;
  /** Zip with the request, report, log and pictures of a task, to send to support; null = no such task. */
  supportArchive(id: string): Promise<Readable | null>;
  /** Runs a longer check and answers with the health after it. */
  runCheck(check: HealthCheck, signal: AbortSignal): Promise<Health>;
  /**
   * Keeps Jianying from updating itself, or lets it again; answers with the health after it.
   * @throws StationError JIANYING_GUARD_CLIENT_RUNNING, JIANYING_GUARD_NO_FILE, JIANYING_GUARD_FAILED ...
   */
  switchUpdateGuard(on: boolean): Promise<Health>;
  queueStatus(): QueueStatus;

  /** Snapshot now (before this returns), deltas from then on; the returned function unsubscribes. */
  subscribe(listener: (event: StationEvent) => void): () => void;
}
