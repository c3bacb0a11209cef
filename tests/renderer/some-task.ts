import type { QueueStatus } from '../../main/shared/events.ts';
import type { Task } from '../../main/shared/task.ts';

/** A waiting task; everything else by `change`. */
export function someTask(id: string, change: Partial<Task> = {}): Task {
  return {
    id,
    seq: Number(id.replace(/\D/g, '')) || 1,
    draftUrl: `https://drafts.example.com/${id}`,
    name: `draft ${id}`,
    state: 'pending',
    stage: null,
    progress: 0,
    fraction: null,
    detail: null,
    position: null,
    engine: null,
    attempt: 0,
    retryAt: null,
    createdAt: '2026-11-28T02:00:00.000Z',
    startedAt: null,
    completedAt: null,
    durationMs: null,
    error: null,
    warnings: 0,
    videoUrl: null,
    videoBytes: null,
    coverUrl: null,
    ...change,
  };
}

export function running(id: string, startedAt: string, change: Partial<Task> = {}): Task {
  return someTask(id, {
    state: 'processing',
    stage: 'export',
    progress: 50,
    fraction: 0,
    attempt: 1,
    startedAt,
    ...change,
  });
}

export function ended(
  id: string,
  completedAt: string,
  state: 'completed' | 'failed' | 'cancelled' = 'completed',
): Task {
  return someTask(id, { state, progress: state === 'completed' ? 100 : 0, startedAt: completedAt, completedAt });
}

export function queueOf(counts: Partial<QueueStatus['counts']> = {}): QueueStatus {
  return {
    mode: 'running',
    reason: null,
    counts: { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0, ...counts },
    exporting: { embedded: 0, jianying: 0 },
  };
}
