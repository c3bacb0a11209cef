import { z } from 'zod';
import { type Health, healthSchema } from '../../main/shared/health.ts';
import { type Inspection, inspectionSchema } from '../../main/shared/inspection.ts';
import { type Settings, type SettingsPatch, settingsSchema } from '../../main/shared/settings.ts';
import { type TaskDetail, taskDetailSchema } from '../../main/shared/task.ts';
import {
  type LogLine,
  logLineSchema,
  type Statistics,
  statisticsSchema,
  type TaskPage,
  taskPageSchema,
} from '../../main/shared/task-query.ts';
import { call } from './client.ts';

/** Every call of the operator API, by name. All throw ApiError. */

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

const bilingualProblem = z.object({ code: z.string(), zh: z.string(), en: z.string() });
const submittedSchema = z.object({
  results: z.array(
    z.object({
      draft_url: z.string(),
      task_id: z.string().nullable().default(null),
      created: z.boolean().default(false),
      error: bilingualProblem.nullable().default(null),
    }),
  ),
});
export type Submitted = z.infer<typeof submittedSchema>['results'][number];

export const submitLinks = async (links: readonly string[]): Promise<readonly Submitted[]> =>
  (await call('POST', '/api/tasks', submittedSchema, { draft_urls: links })).results;

const acceptedSchema = z.object({ task_id: z.string() });
export const submitSample = async (): Promise<string> => (await call('POST', '/api/sample', acceptedSchema)).task_id;

export const uploadDraft = async (name: string, file: Blob): Promise<string> =>
  (await call('POST', `/api/uploads?name=${encodeURIComponent(name)}`, acceptedSchema, file)).task_id;

const cancelledSchema = z.object({ outcome: z.enum(['cancelled', 'already_finished', 'not_found']) });
export type CancelOutcome = z.infer<typeof cancelledSchema>['outcome'];
export const cancelTask = async (id: string): Promise<CancelOutcome> =>
  (await call('POST', `/api/tasks/${id}/cancel`, cancelledSchema)).outcome;

export const retryTask = async (id: string): Promise<string> =>
  (await call('POST', `/api/tasks/${id}/retry`, acceptedSchema)).task_id;

export const retryFailed = async (): Promise<number> =>
  (await call('POST', '/api/tasks/retry-failed', z.object({ retried: z.int() }))).retried;

export const moveTask = (id: string, before: string | null): Promise<unknown> =>
  call('POST', `/api/tasks/${id}/move`, z.unknown(), { before });

export const removeTask = (id: string): Promise<unknown> => call('DELETE', `/api/tasks/${id}`, z.unknown());

export const pauseQueue = (): Promise<unknown> => call('POST', '/api/queue/pause', z.unknown());
export const resumeQueue = (): Promise<unknown> => call('POST', '/api/queue/resume', z.unknown());

export const fetchSettings = (): Promise<Settings> => call('GET', '/api/settings', settingsSchema);
export const changeSettings = (patch: SettingsPatch): Promise<Settings> =>
  call('PATCH', '/api/settings', settingsSchema, patch);

export const fetchHealth = (): Promise<Health> => call('GET', '/api/health', healthSchema);
export const fetchStatistics = (): Promise<Statistics> => call('GET', '/api/statistics', statisticsSchema);
export const inspectDraft = (link: string): Promise<Inspection> =>
  call('POST', '/api/inspect', inspectionSchema, { draft_url: link });

export const fetchLog = async (id: string, after: number): Promise<readonly LogLine[]> =>
  (await call('GET', `/api/tasks/${id}/log?after=${after}`, z.object({ lines: z.array(logLineSchema) }))).lines;
