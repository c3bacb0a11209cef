import { z } from 'zod';
import { engineIds, taskSchema, taskStates } from './task.ts';

/** Query of `GET /api/tasks`: filters, sorting and keyset paging. */
export const taskQuerySchema = z.object({
  /** Comma-separated states; absent = all. */
  state: z
    .string()
    .transform((value) => value.split(',').filter(Boolean))
    .pipe(z.array(z.enum(taskStates)))
    .optional(),
  engine: z.enum(engineIds).optional(),
  /** Searches name, link and id. */
  search: z.string().trim().max(200).optional(),
  /** Submitted at or after / before, ISO 8601. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** `newest` and `oldest` by submission; `line` = waiting order. */
  sort: z.enum(['newest', 'oldest', 'line']).default('newest'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  /** `next` of the page before. */
  after: z.string().max(200).optional(),
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

export const taskPageSchema = z.object({
  tasks: z.array(taskSchema),
  /** Pass as `after` for the next page; null = this was the last. */
  next: z.string().nullable(),
});
export type TaskPage = z.infer<typeof taskPageSchema>;

/** One line of a task's log. */
export const logLineSchema = z.object({
  time: z.iso.datetime(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
  /** The same for a Chinese reader, where the line has a sentence of the station's own. */
  zh: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** Numbers for the statistics page. */
export const statisticsSchema = z.object({
  /** Local days, oldest first, the last 30. */
  days: z.array(z.object({ day: z.string(), completed: z.int(), failed: z.int(), cancelled: z.int() })),
  /** Mean of the latest 500 finished tasks, ms. */
  stageMs: z.object({ fetch: z.number(), ready: z.number(), export: z.number(), publish: z.number() }),
});
export type Statistics = z.infer<typeof statisticsSchema>;
