import { z } from 'zod';
import { type Health, healthSchema } from '../../main/shared/health.ts';
import { type Inspection, inspectionSchema } from '../../main/shared/inspection.ts';
import {
  type BulkAction,
  type BulkAnswer,
  bulkAnswerSchema,
  countAnswerSchema,
  type HealthCheck,
  type LogAnswer,
  logAnswerSchema,
  type SubmitResult,
  submitAnswerSchema,
  taskIdAnswerSchema,
  uploadAnswerSchema,
} from '../../main/shared/operator-api.ts';
import { type Settings, type SettingsPatch, settingsSchema } from '../../main/shared/settings.ts';
import { type TaskDetail, taskDetailSchema } from '../../main/shared/task.ts';
import { type Statistics, statisticsSchema, type TaskPage, taskPageSchema } from '../../main/shared/task-query.ts';
import { ApiError, call } from './client.ts';

/** Every call of the operators' side, by name. All throw ApiError. */

export interface TaskFilter {
  readonly state?: string | undefined;
  readonly engine?: string | undefined;
  readonly search?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sort?: 'newest' | 'oldest' | 'line' | undefined;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

export function taskQuery(filter: TaskFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined && value !== '') query.set(name, String(value));
  return query.toString();
}

export const fetchTasks = (filter: TaskFilter): Promise<TaskPage> =>
  call('GET', `/api/tasks?${taskQuery(filter)}`, taskPageSchema);

export const fetchTask = (id: string): Promise<TaskDetail> => call('GET', `/api/tasks/${id}`, taskDetailSchema);

/** Most links or tasks in one call. */
export const callLimit = 1000;

/** One answer per link, in order. */
export async function submitLinks(links: readonly string[]): Promise<readonly SubmitResult[]> {
  const results: SubmitResult[] = [];
  for (let start = 0; start < links.length; start += callLimit) {
    const body = { draftUrls: links.slice(start, start + callLimit) };
    results.push(...(await call('POST', '/api/tasks', submitAnswerSchema, body)).results);
  }
  return results;
}

export const submitSample = async (): Promise<string> =>
  (await call('POST', '/api/tasks/sample', taskIdAnswerSchema)).taskId;

/** Puts a draft into the station's inbox. @returns the link under which it can be submitted */
export const uploadDraft = async (name: string, file: Blob): Promise<string> =>
  (await call('POST', `/api/uploads?name=${encodeURIComponent(name)}`, uploadAnswerSchema, file)).draftUrl;

export type CancelOutcome = 'cancelled' | 'already_finished' | 'not_found';

/** The station refuses to cancel what has ended or is gone; both are outcomes here, not failures. */
export async function cancelTask(id: string): Promise<CancelOutcome> {
  try {
    await call('POST', `/api/tasks/${id}/cancel`, taskIdAnswerSchema);
    return 'cancelled';
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.reason === 'TASK_FINISHED') return 'already_finished';
    if (thrown instanceof ApiError && thrown.reason === 'TASK_UNKNOWN') return 'not_found';
    throw thrown;
  }
}

/** Reads a draft and says what is in it, without queuing anything. */
export const inspectDraft = (draftUrl: string): Promise<Inspection> =>
  call('POST', '/api/inspect', inspectionSchema, { draftUrl });

/** @returns the new task */
export const retryTask = async (id: string): Promise<string> =>
  (await call('POST', `/api/tasks/${id}/retry`, taskIdAnswerSchema)).taskId;

export const retryFailed = async (): Promise<number> =>
  (await call('POST', '/api/tasks/retry-failed', countAnswerSchema)).count;

export async function actOnAll(action: BulkAction, ids: readonly string[]): Promise<BulkAnswer['results']> {
  const results: BulkAnswer['results'] = [];
  // To the front from the last stretch on, so that the first one ends up first.
  const starts = Array.from({ length: Math.ceil(ids.length / callLimit) }, (_, index) => index * callLimit);
  for (const start of action === 'front' ? starts.reverse() : starts) {
    const body = { action, ids: ids.slice(start, start + callLimit) };
    results.push(...(await call('POST', '/api/tasks/bulk', bulkAnswerSchema, body)).results);
  }
  return results;
}

/** Before which waiting task; null = to the front. */
export const moveTask = (id: string, before: string | null): Promise<unknown> =>
  call('POST', `/api/tasks/${id}/move`, taskIdAnswerSchema, { before });

/** Sends the result to the webhook once more. */
export const notifyAgain = (id: string): Promise<unknown> =>
  call('POST', `/api/tasks/${id}/notify`, taskIdAnswerSchema);

export const removeTask = (id: string): Promise<unknown> => call('DELETE', `/api/tasks/${id}`, z.unknown());

export const fetchLog = (id: string, after: number): Promise<LogAnswer> =>
  call('GET', `/api/tasks/${id}/log?after=${after}`, logAnswerSchema);

export const pauseQueue = (): Promise<unknown> => call('POST', '/api/queue/pause', z.unknown());
export const resumeQueue = (): Promise<unknown> => call('POST', '/api/queue/resume', z.unknown());

export const fetchSettings = (): Promise<Settings> => call('GET', '/api/settings', settingsSchema);
export const changeSettings = (patch: SettingsPatch): Promise<Settings> =>
  call('PATCH', '/api/settings', settingsSchema, patch);

export const fetchHealth = (): Promise<Health> => call('GET', '/api/health', healthSchema);
export const runCheck = (check: HealthCheck): Promise<Health> =>
  call('POST', `/api/health/checks/${check}`, healthSchema);
/** Keeps Jianying from updating itself, or lets it again. */
export const switchUpdateGuard = (on: boolean): Promise<Health> =>
  call('POST', '/api/health/update-guard', healthSchema, { on });
export const fetchStatistics = (): Promise<Statistics> => call('GET', '/api/statistics', statisticsSchema);
