import { z } from 'zod';
import { type ErrorRecord, isErrorCode } from '../shared/errors/index.ts';
import {
  engineIds,
  errorRecordSchema,
  type StageTiming,
  stages,
  stageTimingSchema,
  taskStates,
} from '../shared/task.ts';

/** A task as the database holds it; times in ms since the epoch. */
export interface TaskRecord {
  readonly seq: number;
  readonly id: string;
  readonly draftKey: string;
  readonly draftUrl: string;
  readonly name: string;
  readonly state: z.infer<typeof rowSchema>['state'];
  readonly stage: z.infer<typeof rowSchema>['stage'];
  readonly token: string | null;
  readonly rank: number;
  readonly attempt: number;
  readonly failures: number;
  readonly crashes: number;
  readonly notBeforeMs: number | null;
  readonly cancelAsked: boolean;
  readonly engine: z.infer<typeof rowSchema>['engine'];
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly completedMs: number | null;
  readonly durationMs: number | null;
  readonly error: ErrorRecord | null;
  readonly warnings: readonly ErrorRecord[];
  readonly timings: readonly StageTiming[];
  readonly videoUrl: string | null;
  readonly videoFile: string | null;
  readonly videoBytes: number | null;
  readonly hasCover: boolean;
}

/** A column that holds JSON of a shape. */
export const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** Rows are read back through a schema, like everything that crosses a boundary. */
const rowSchema = z.object({
  seq: z.int(),
  id: z.string(),
  draft_key: z.string(),
  draft_url: z.string(),
  name: z.string(),
  state: z.enum(taskStates),
  stage: z.enum(stages).nullable(),
  token: z.string().nullable(),
  rank: z.number(),
  attempt: z.int(),
  failures: z.int(),
  crashes: z.int(),
  not_before_ms: z.int().nullable(),
  cancel_asked: z.int(),
  engine: z.enum(engineIds).nullable(),
  created_ms: z.int(),
  started_ms: z.int().nullable(),
  completed_ms: z.int().nullable(),
  duration_ms: z.number().nullable(),
  error_code: z.string().nullable(),
  error_params: json(errorRecordSchema.shape.params).nullable(),
  warnings: json(z.array(errorRecordSchema)),
  timings: json(z.array(stageTimingSchema)),
  video_url: z.string().nullable(),
  video_file: z.string().nullable(),
  video_bytes: z.int().nullable(),
  has_cover: z.int(),
});

/** @throws ZodError when a row is not one of ours */
export function readRow(raw: unknown): TaskRecord {
  const row = rowSchema.parse(raw);
  return {
    seq: row.seq,
    id: row.id,
    draftKey: row.draft_key,
    draftUrl: row.draft_url,
    name: row.name,
    state: row.state,
    stage: row.stage,
    token: row.token,
    rank: row.rank,
    attempt: row.attempt,
    failures: row.failures,
    crashes: row.crashes,
    notBeforeMs: row.not_before_ms,
    cancelAsked: row.cancel_asked === 1,
    engine: row.engine,
    createdMs: row.created_ms,
    startedMs: row.started_ms,
    completedMs: row.completed_ms,
    durationMs: row.duration_ms,
    error: row.error_code === null ? null : knownError({ code: row.error_code, params: row.error_params ?? {} }),
    warnings: row.warnings.map(knownError),
    timings: row.timings,
    videoUrl: row.video_url,
    videoFile: row.video_file,
    videoBytes: row.video_bytes,
    hasCover: row.has_cover === 1,
  };
}

/** A code that this version does not know (written by another one) stays readable. */
export function knownError(error: z.infer<typeof errorRecordSchema>): ErrorRecord {
  if (isErrorCode(error.code)) return { code: error.code, params: error.params };
  return { code: 'INTERNAL', params: { reason: `${error.code} ${JSON.stringify(error.params)}` } };
}
