import { z } from 'zod';

/** `fatal`: cannot be exported; `degraded`: the video will differ from what Jianying would make; `note`: good to know. */
const severities = ['fatal', 'degraded', 'note'] as const;
export type Severity = (typeof severities)[number];

const mediaStates = ['present', 'missing', 'unreadable', 'too_short', 'wrong_kind', 'remote'] as const;
export type MediaState = (typeof mediaStates)[number];

const inspectedMediaSchema = z.object({
  materialId: z.string(),
  kind: z.enum(['video', 'photo', 'gif', 'audio', 'sticker', 'other']),
  name: z.string(),
  state: z.enum(mediaStates),
  /** Remote address without query, or file name; for people. */
  source: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** As probed, else as declared; µs. */
  durationUs: z.number().nullable(),
  bytes: z.number().nullable(),
});
export type InspectedMedia = z.infer<typeof inspectedMediaSchema>;

const findingSchema = z.object({
  severity: z.enum(severities),
  /** Machine word, e.g. `effect_not_drawn`, `media_missing`, `track_overlap`. */
  kind: z.string(),
  /** Name of the effect, material, track ... */
  subject: z.string(),
  count: z.int(),
  zh: z.string(),
  en: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

/** What is known about a draft before it is exported. */
export const inspectionSchema = z.object({
  name: z.string(),
  app: z.object({ source: z.string(), version: z.string(), os: z.string() }),
  newVersion: z.string(),
  canvas: z.object({ width: z.number(), height: z.number(), ratio: z.string() }),
  fps: z.number(),
  /** Computed from the segments, µs. */
  durationUs: z.number(),
  declaredDurationUs: z.number(),
  tracks: z.array(z.object({ type: z.string(), segments: z.int() })),
  media: z.array(inspectedMediaSchema),
  findings: z.array(findingSchema),
  /** Whether the embedded engine draws everything, most of it with degradations, or cannot export at all. */
  embedded: z.enum(['exact', 'degraded', 'impossible']),
  /** Names of materials that need a Jianying membership, where that can be known. */
  membership: z.array(z.string()),
});
export type Inspection = z.infer<typeof inspectionSchema>;
