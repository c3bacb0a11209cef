import { z } from 'zod';
import { bilingualSchema } from './task.ts';
import { logLineSchema } from './task-query.ts';

/** Bodies of the operators' side (`/api/*`) that have no file of their own: requests, answers, errors. */

/** Stands for a secret that is set; sent back unchanged it leaves the secret as it is. */
export const secretMask = '••••••••';

/** `POST /api/tasks`: links from the window, one or many. */
export const submitRequestSchema = z.object({ draftUrls: z.array(z.string()).min(1).max(1000) });

/** One answer per link, in the order of the request. `created` is false when a live task of the draft was joined. */
const submitResultSchema = z.object({
  draftUrl: z.string(),
  taskId: z.string().nullable(),
  created: z.boolean(),
  error: bilingualSchema.nullable(),
});
export type SubmitResult = z.infer<typeof submitResultSchema>;
export const submitAnswerSchema = z.object({ results: z.array(submitResultSchema) });
export type SubmitAnswer = z.infer<typeof submitAnswerSchema>;

/** `POST /api/tasks/bulk`: one action for many tasks. `front` keeps the order of `ids`. */
const bulkActions = ['cancel', 'retry', 'remove', 'front'] as const;
export type BulkAction = (typeof bulkActions)[number];
export const bulkRequestSchema = z.object({
  action: z.enum(bulkActions),
  ids: z.array(z.string().min(1)).min(1).max(1000),
});
export const bulkAnswerSchema = z.object({
  results: z.array(
    z.object({ id: z.string(), error: bilingualSchema.nullable(), /** Of a retry. */ taskId: z.string().nullable() }),
  ),
});
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;

/** `POST /api/tasks/:id/move`: before which waiting task; null = to the front. */
export const moveRequestSchema = z.object({ before: z.string().min(1).nullable() });

export const taskIdAnswerSchema = z.object({ taskId: z.string() });
export const countAnswerSchema = z.object({ count: z.int() });

/** `GET /api/tasks/:id/log?after=<line>`; pass `next` as `after` to go on. */
export const logAnswerSchema = z.object({ lines: z.array(logLineSchema), next: z.int() });
export type LogAnswer = z.infer<typeof logAnswerSchema>;
export const logQuerySchema = z.object({ after: z.coerce.number().int().min(0).default(0) });

/** `POST /api/inspect`. */
export const inspectRequestSchema = z.object({ draftUrl: z.string().min(1) });

/** `POST /api/uploads?name=draft.zip`, the file as the body: the link under which it can be submitted. */
export const uploadQuerySchema = z.object({ name: z.string().trim().min(1).max(255) });
export const uploadAnswerSchema = z.object({ draftUrl: z.string() });

/** `POST /api/health/checks/:check`: longer checks that an operator starts. */
export const healthChecks = ['self_test', 'diagnose'] as const;
export type HealthCheck = (typeof healthChecks)[number];

/** `POST /api/health/update-guard`: whether Jianying shall be kept from updating itself. */
export const updateGuardRequestSchema = z.strictObject({ on: z.boolean() });

/** Every error of `/api/*`: as the contract's, with the station's own code, both languages and the fields at fault. */
export const operatorErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.string(),
    /** Code of the station's catalogue, e.g. `TASK_LIVE`. */
    reason: z.string(),
    zh: z.string(),
    en: z.string(),
    /** Sentence per field, by dotted path, when single fields are at fault. */
    fields: z.record(z.string(), z.object({ zh: z.string(), en: z.string() })).optional(),
  }),
});
export type OperatorError = z.infer<typeof operatorErrorSchema>;
export type FieldErrors = NonNullable<OperatorError['error']['fields']>;
