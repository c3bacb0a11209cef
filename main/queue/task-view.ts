import type { ProgressDetail } from '../engines/engine.ts';
import { type ErrorRecord, sentence } from '../shared/errors/index.ts';
import type { Bilingual, DeliveryView, Task } from '../shared/task.ts';
import type { Delivery } from './outbox.ts';
import { progressOf } from './progress.ts';
import type { TaskRecord } from './task-record.ts';

/** What is known of a running attempt besides its row: progress lives in memory only. */
export interface LiveProgress {
  readonly fraction: number;
  readonly detail: ProgressDetail | null;
}

export function bilingual(error: ErrorRecord): Bilingual {
  return { code: error.code, zh: sentence(error, 'zh'), en: sentence(error, 'en') };
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** 0..100 as the contract counts it. */
export function contractProgress(task: TaskRecord, live: LiveProgress | null): number {
  switch (task.state) {
    case 'completed':
      return 100;
    case 'processing':
      return task.stage === null ? 0 : progressOf(task.stage, live?.fraction ?? 0);
    case 'pending':
    case 'failed':
    case 'cancelled':
      return 0;
    default:
      return task.state satisfies never;
  }
}

/** Why a task ended without a video; null for every other task. A cancel is no failure, but callers need a reason. */
export function endError(task: TaskRecord): ErrorRecord | null {
  return task.state === 'cancelled' ? { code: 'TASK_CANCELLED', params: {} } : task.error;
}

/** A row as the window and scripts see it. */
export function taskView(task: TaskRecord, live: LiveProgress | null, position: number | null): Task {
  const error = endError(task);
  return {
    id: task.id,
    seq: task.seq,
    draftUrl: task.draftUrl,
    name: task.name,
    state: task.state,
    stage: task.stage,
    progress: contractProgress(task, live),
    fraction: task.state === 'processing' ? (live?.fraction ?? 0) : null,
    detail: task.state === 'processing' ? (live?.detail ?? null) : null,
    position,
    engine: task.engine,
    attempt: task.attempt,
    retryAt: iso(task.notBeforeMs),
    createdAt: new Date(task.createdMs).toISOString(),
    startedAt: iso(task.startedMs),
    completedAt: iso(task.completedMs),
    durationMs: task.durationMs,
    error: error === null ? null : bilingual(error),
    warnings: task.warnings.length,
    videoUrl: task.videoUrl,
    videoBytes: task.videoBytes,
    coverUrl: task.hasCover ? `/api/tasks/${task.id}/files/cover.jpg` : null,
  };
}

/** What became of a task's notice, for the window. */
export function deliveryView(delivery: Delivery): DeliveryView {
  return {
    state: delivery.state,
    tries: delivery.tries,
    triedAt: iso(delivery.triedMs),
    dueAt: iso(delivery.dueMs),
    answer: delivery.answer,
    error: delivery.error === null ? null : bilingual(delivery.error),
  };
}
