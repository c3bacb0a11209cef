import { z } from 'zod';

/** One line of the health page. */
export const healthLineSchema = z.object({
  /** e.g. `database`, `disk`, `port`, `embedded`, `jianying`, `session`, `library`, `output`. */
  id: z.string(),
  level: z.enum(['ok', 'warning', 'problem']),
  zh: z.string(),
  en: z.string(),
  /** What a button beside the line may do. */
  remedy: z
    .enum([
      'open_settings',
      'open_output',
      'resume_queue',
      'run_self_test',
      'diagnose',
      'install_jianying',
      'guard_on',
      'guard_off',
    ])
    .nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type HealthLine = z.infer<typeof healthLineSchema>;

export const healthSchema = z.object({
  ok: z.boolean(),
  version: z.string(),
  startedAt: z.iso.datetime(),
  lines: z.array(healthLineSchema),
});
export type Health = z.infer<typeof healthSchema>;
