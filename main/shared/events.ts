import { z } from 'zod';
import { bilingualSchema, engineIds, taskSchema, taskStates } from './task.ts';

/** What the whole queue is doing. */
export const queueStatusSchema = z.object({
  /** `running`; `paused`: takes no new task; `draining`: as paused, asked by a quit. */
  mode: z.enum(['running', 'paused', 'draining']),
  /** Why it is paused: an operator did it, or a failure that needs one. */
  reason: bilingualSchema.nullable(),
  counts: z.record(z.enum(taskStates), z.int()),
  /** Export lanes in use, by engine. */
  exporting: z.record(z.enum(engineIds), z.int()),
});
export type QueueStatus = z.infer<typeof queueStatusSchema>;

/**
 * The event stream `/api/events`. Every event carries `version`, which grows by one within a connection; after a gap or
 * a reconnect the client takes the new `snapshot`, which may also come in the middle when the client read too slowly. `snapshot.tasks` holds every live task (pending at most the first 500) and the
 * latest 50 finished ones.
 */
export const stationEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), version: z.int(), queue: queueStatusSchema, tasks: z.array(taskSchema) }),
  z.object({ type: z.literal('task'), version: z.int(), task: taskSchema }),
  z.object({ type: z.literal('removed'), version: z.int(), id: z.string() }),
  z.object({ type: z.literal('queue'), version: z.int(), queue: queueStatusSchema }),
  /** Settings or health changed: fetch them again if shown. */
  z.object({ type: z.literal('changed'), version: z.int(), what: z.enum(['settings', 'health']) }),
]);
export type StationEvent = z.infer<typeof stationEventSchema>;
