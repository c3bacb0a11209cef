import { z } from 'zod';
import { inspectionSchema } from './inspection.ts';

export const engineIds = ['embedded', 'jianying'] as const;
export type EngineId = (typeof engineIds)[number];

/** Where a task stands. `cancelled` is shown to callers of the contract as `failed` with a message. */
export const taskStates = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];

/**
 * What a processing task is doing. `fetch`: draft and media; `ready`: fetched, waiting for the export slot;
 * `export`: an engine works on it; `publish`: the file is verified and put where callers can get it.
 */
export const stages = ['fetch', 'ready', 'export', 'publish'] as const;
export type Stage = (typeof stages)[number];

export const errorRecordSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** How long one stage of one attempt took; ms. */
export const stageTimingSchema = z.object({
  attempt: z.int(),
  stage: z.enum(stages),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
});
export type StageTiming = z.infer<typeof stageTimingSchema>;

/** A sentence in both languages: errors and warnings reach the window this way. */
export const bilingualSchema = z.object({ code: z.string(), zh: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;

/** What a stage says of its work beside the bar; every field optional. */
export const progressDetailSchema = z.object({
  done: z.number().optional(),
  total: z.number().optional(),
  bytes: z.number().optional(),
  totalBytes: z.number().optional(),
  bytesPerSecond: z.number().optional(),
  /** Rendering speed as a multiple of real time. */
  speed: z.number().optional(),
});

/** A task as lists and the event stream show it. Times are ISO 8601 UTC. */
export const taskSchema = z.object({
  id: z.string(),
  /** Submission order; larger is newer. */
  seq: z.int(),
  draftUrl: z.string(),
  /** The draft's title once known, else a short form of the link. */
  name: z.string(),
  state: z.enum(taskStates),
  stage: z.enum(stages).nullable(),
  /** 0..100 as the contract counts it. */
  progress: z.int(),
  /** The running stage's own measure, 0..1, finer than `progress`; null unless processing. */
  fraction: z.number().nullable(),
  detail: progressDetailSchema.nullable(),
  /** Place in the waiting line, 1 = next; null unless pending. */
  position: z.int().nullable(),
  engine: z.enum(engineIds).nullable(),
  attempt: z.int(),
  /** Set while a failed attempt waits for its retry. */
  retryAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  completedAt: z.iso.datetime().nullable(),
  /** Of the draft; null until it is fetched. */
  durationMs: z.number().nullable(),
  error: bilingualSchema.nullable(),
  warnings: z.int(),
  /** Path on this station, e.g. `/v1/videos/video_x.mp4`, or an absolute URL of an object store. */
  videoUrl: z.string().nullable(),
  /** Bytes of the finished file. */
  videoBytes: z.int().nullable(),
  coverUrl: z.string().nullable(),
});
export type Task = z.infer<typeof taskSchema>;

export const deliveryStates = ['waiting', 'delivered', 'given_up'] as const;

/** What became of the notice to the operator's webhook. */
export const deliverySchema = z.object({
  state: z.enum(deliveryStates),
  tries: z.int(),
  /** When it was last tried, or given up. */
  triedAt: z.iso.datetime().nullable(),
  /** Next try; null when there is none. */
  dueAt: z.iso.datetime().nullable(),
  /** What the receiver said last: an HTTP status or what went wrong. */
  answer: z.string().nullable(),
  /** Why it was given up. */
  error: bilingualSchema.nullable(),
});
export type DeliveryView = z.infer<typeof deliverySchema>;

/** Everything about one task. */
export const taskDetailSchema = taskSchema.extend({
  timings: z.array(stageTimingSchema),
  warningList: z.array(bilingualSchema),
  inspection: inspectionSchema.nullable(),
  /** Names of evidence files (screenshots, dumps), served at `/api/tasks/:id/files/:name`. */
  evidence: z.array(z.string()),
  /** Absolute path of the finished file on the station's machine. */
  videoFile: z.string().nullable(),
  crashes: z.int(),
  /** Null while there is none: the task has not ended, or no webhook was set. */
  webhook: deliverySchema.nullable(),
});
export type TaskDetail = z.infer<typeof taskDetailSchema>;

export function isTerminal(state: TaskState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}
