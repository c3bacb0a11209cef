import { z } from 'zod';

const hostPattern = /^(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?(:\d+)?$|^\[[0-9a-f:.]+\](:\d+)?$/i;
const host = z.string().trim().regex(hostPattern, 'host or *.host, optionally with :port');

interface FileKind {
  readonly codec?: string | undefined;
  readonly container?: string | undefined;
}

/** Whether a file format can hold a codec: a MOV holds no AV1. */
export function goTogether({ codec, container }: FileKind): boolean {
  return codec !== 'av1' || container !== 'mov';
}

const presetFields = z.object({
  /** `draft`: the canvas size of the draft; otherwise the shorter side in pixels is brought to this. */
  resolution: z.enum(['draft', '480p', '720p', '1080p', '2k', '4k']).default('draft'),
  /** 0 = the draft's own frame rate. */
  fps: z.union([z.literal(0), z.literal(24), z.literal(25), z.literal(30), z.literal(50), z.literal(60)]).default(0),
  codec: z.enum(['h264', 'hevc', 'av1']).default('h264'),
  container: z.enum(['mp4', 'mov']).default('mp4'),
  /** `auto` tries hardware encoders that pass a self-test, then software. */
  encoder: z.enum(['auto', 'software', 'nvenc', 'qsv', 'amf', 'videotoolbox']).default('software'),
  /** Constant quality (x264 CRF scale) when `videoKbps` is 0. */
  quality: z.int().min(10).max(40).default(20),
  videoKbps: z.int().min(0).max(200_000).default(0),
  audioKbps: z.int().min(32).max(512).default(192),
});
export type ExportPreset = z.infer<typeof presetFields>;

export const exportPresetSchema = presetFields.refine(goTogether, {
  path: ['container'],
  error: 'MOV cannot hold AV1',
});

/** Everything an operator can set. Stored in the station's database; defaults make a station that works at once. */
export const settingsSchema = z.object({
  // Network
  host: z.string().trim().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65535).default(8000),
  /** Absolute base of `video_url`, e.g. `https://videos.example.com`; empty = the address the caller used. */
  publicBaseUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  /** Callers must send it when not empty; needed when `host` is not loopback. */
  apiKey: z.string().max(200).default(''),
  /** Host names besides loopback under which the station may be called, and origins of pages that may call it. */
  allowedHosts: z.array(host).max(100).default([]),
  /** Hosts with private or loopback addresses from which drafts and media may be fetched, e.g. `127.0.0.1:9000`. */
  mediaHosts: z.array(host).max(100).default([]),

  // Drafts
  /** Folder of drafts by id (folder, zip or json); empty = `library` in the data folder. */
  draftLibrary: z.string().default(''),
  /** Where a bare id is fetched from, `{id}` is replaced; empty = only the library. */
  draftUrlTemplate: z.union([z.literal(''), z.string().regex(/^https?:\/\/.*\{id\}/)]).default(''),
  /** Largest single media file, MB. */
  maxMediaMb: z.int().min(1).max(1_000_000).default(4096),
  /** All media of one draft, MB. */
  maxDraftMb: z.int().min(1).max(10_000_000).default(20_480),
  mediaCacheGb: z.number().min(0).max(10_000).default(10),

  // Export
  engine: z.enum(['auto', 'jianying', 'embedded']).default('auto'),
  /** What to do with what the embedded engine cannot draw. */
  undrawable: z.enum(['warn', 'fail']).default('warn'),
  preset: exportPresetSchema.prefault({}),
  /** Folder with fonts for the embedded engine; empty = bundled fonts only. */
  fontFolder: z.string().default(''),
  /** Explicit JianyingPro.exe; empty = found by itself. */
  jianyingExe: z.string().default(''),
  /** Explicit Jianying drafts folder; empty = found by itself. */
  jianyingDrafts: z.string().default(''),
  /** The station may close a Jianying that a person started. */
  jianyingMayClose: z.boolean().default(false),

  // Queue
  fetchLanes: z.int().min(1).max(16).default(3),
  embeddedLanes: z.int().min(1).max(8).default(1),
  /** Parts of one draft that the embedded engine renders at once; 0 = as many as the machine carries, 1 = never in parts. */
  embeddedParts: z.int().min(0).max(16).default(0),
  publishLanes: z.int().min(1).max(8).default(2),
  maxAttempts: z.int().min(1).max(10).default(3),
  maxPending: z.int().min(1).max(10_000_000).default(100_000),
  /** Factor on all stage deadlines. */
  patience: z.number().min(0.1).max(100).default(1),
  minFreeDiskGb: z.number().min(0).max(10_000).default(2),

  // Publishing and retention
  /** Folder of finished videos; empty = `videos` in the data folder. */
  outputFolder: z.string().default(''),
  /** Finished videos are kept this long; 0 = for ever. */
  keepVideosDays: z.number().min(0).max(36_500).default(30),
  /** Oldest finished videos go when all are larger than this; 0 = no limit. */
  keepVideosGb: z.number().min(0).max(1_000_000).default(0),
  /** Fetched drafts of finished tasks are kept this long. */
  keepDraftsHours: z.number().min(0).max(100_000).default(24),
  webhookUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  webhookSecret: z.string().max(500).default(''),
  s3: z
    .object({
      enabled: z.boolean().default(false),
      endpoint: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
      region: z.string().default('auto'),
      bucket: z.string().default(''),
      accessKeyId: z.string().default(''),
      secretAccessKey: z.string().default(''),
      prefix: z.string().default(''),
      /** Base of public links; empty = a signed link. */
      publicBase: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
      pathStyle: z.boolean().default(false),
    })
    .prefault({}),

  // Window
  language: z.enum(['zh', 'en']).default('zh'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  notifyCompleted: z.boolean().default(true),
  notifyFailed: z.boolean().default(true),
  startAtLogin: z.boolean().default(false),
  closeToTray: z.boolean().default(true),
  /** Generic update feed of the desktop app (folder with `latest.yml`); empty = never asks for updates. */
  updateFeed: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  firstRunDone: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

type WithoutDefault<T> = T extends z.ZodDefault<infer Inner> | z.ZodPrefault<infer Inner> ? Inner : T;

/** The fields without their defaults: zod fills the default of an absent field in even when it is optional. */
function withoutDefaults<Shape extends z.ZodRawShape>(shape: Shape) {
  const bare = Object.entries(shape).map(([name, field]) => [
    name,
    field instanceof z.ZodDefault || field instanceof z.ZodPrefault ? field.unwrap() : field,
  ]);
  return Object.fromEntries(bare) as { [Name in keyof Shape]: WithoutDefault<Shape[Name]> };
}

/** A change of settings: any subset and nothing but what was given; nested objects (preset, s3) may be partial too. */
export const settingsPatchSchema = z
  .object({
    ...withoutDefaults(settingsSchema.shape),
    preset: z.object(withoutDefaults(presetFields.shape)).partial().strict(),
    s3: z.object(withoutDefaults(settingsSchema.shape.s3.unwrap().shape)).partial().strict(),
  })
  .partial()
  .strict();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** Settings that take effect only after the station restarts. */
export const restartSettings = ['host', 'port'] as const satisfies readonly (keyof Settings)[];

export const defaultSettings: Settings = settingsSchema.parse({});
