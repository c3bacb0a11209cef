import type { zhSettings } from '../../locales/zh-CN.settings.ts';

type Unit = keyof (typeof zhSettings)['settings']['units'];

/** How one setting is shown. `path` is dotted for nested ones. */
export type Field = { readonly path: string; readonly desktopOnly?: boolean } & (
  | { readonly kind: 'text' | 'secret' | 'switch' | 'list' | 'folder' }
  | { readonly kind: 'file'; readonly endings: readonly string[] }
  | { readonly kind: 'number'; readonly unit?: Unit }
  | { readonly kind: 'choice'; readonly values: readonly (string | number)[]; readonly unit?: Unit }
);

export const groupIds = ['network', 'drafts', 'export', 'queue', 'publish', 'storage', 'window'] as const;
export type GroupId = (typeof groupIds)[number];

/** Every setting at its place on the page. A test holds that none is missing. */
export const groups: Readonly<Record<GroupId, readonly Field[]>> = {
  network: [
    { path: 'host', kind: 'choice', values: ['127.0.0.1', '0.0.0.0'] },
    { path: 'port', kind: 'number' },
    { path: 'apiKey', kind: 'secret' },
    { path: 'publicBaseUrl', kind: 'text' },
    { path: 'allowedHosts', kind: 'list' },
    { path: 'mediaHosts', kind: 'list' },
  ],
  drafts: [
    { path: 'draftLibrary', kind: 'folder' },
    { path: 'draftUrlTemplate', kind: 'text' },
    { path: 'maxMediaMb', kind: 'number', unit: 'mb' },
    { path: 'maxDraftMb', kind: 'number', unit: 'mb' },
    { path: 'mediaCacheGb', kind: 'number', unit: 'gb' },
  ],
  export: [
    { path: 'engine', kind: 'choice', values: ['auto', 'jianying', 'embedded'] },
    { path: 'preset.resolution', kind: 'choice', values: ['draft', '480p', '720p', '1080p', '2k', '4k'] },
    { path: 'preset.fps', kind: 'choice', values: [0, 24, 25, 30, 50, 60], unit: 'fps' },
    { path: 'preset.codec', kind: 'choice', values: ['h264', 'hevc', 'av1'] },
    { path: 'preset.container', kind: 'choice', values: ['mp4', 'mov'] },
    {
      path: 'preset.encoder',
      kind: 'choice',
      values: ['auto', 'software', 'nvenc', 'qsv', 'amf', 'videotoolbox'],
    },
    { path: 'preset.quality', kind: 'number' },
    { path: 'preset.videoKbps', kind: 'number', unit: 'kbps' },
    { path: 'preset.audioKbps', kind: 'number', unit: 'kbps' },
    { path: 'undrawable', kind: 'choice', values: ['warn', 'fail'] },
    { path: 'fontFolder', kind: 'folder' },
    { path: 'jianyingExe', kind: 'file', endings: ['exe'] },
    { path: 'jianyingDrafts', kind: 'folder' },
    { path: 'jianyingMayClose', kind: 'switch' },
  ],
  queue: [
    { path: 'fetchLanes', kind: 'number', unit: 'pieces' },
    { path: 'embeddedLanes', kind: 'number', unit: 'pieces' },
    { path: 'embeddedParts', kind: 'number', unit: 'pieces' },
    { path: 'publishLanes', kind: 'number', unit: 'pieces' },
    { path: 'maxAttempts', kind: 'number', unit: 'tries' },
    { path: 'maxPending', kind: 'number' },
    { path: 'patience', kind: 'number', unit: 'times' },
    { path: 'minFreeDiskGb', kind: 'number', unit: 'gb' },
  ],
  publish: [
    { path: 'outputFolder', kind: 'folder' },
    { path: 'keepVideosDays', kind: 'number', unit: 'days' },
    { path: 'keepVideosGb', kind: 'number', unit: 'gb' },
    { path: 'keepDraftsHours', kind: 'number', unit: 'hours' },
    { path: 'webhookUrl', kind: 'text' },
    { path: 'webhookSecret', kind: 'secret' },
  ],
  storage: [
    { path: 's3.enabled', kind: 'switch' },
    { path: 's3.endpoint', kind: 'text' },
    { path: 's3.region', kind: 'text' },
    { path: 's3.bucket', kind: 'text' },
    { path: 's3.accessKeyId', kind: 'text' },
    { path: 's3.secretAccessKey', kind: 'secret' },
    { path: 's3.prefix', kind: 'text' },
    { path: 's3.publicBase', kind: 'text' },
    { path: 's3.pathStyle', kind: 'switch' },
  ],
  window: [
    { path: 'language', kind: 'choice', values: ['zh', 'en'] },
    { path: 'theme', kind: 'choice', values: ['system', 'light', 'dark'] },
    { path: 'notifyCompleted', kind: 'switch', desktopOnly: true },
    { path: 'notifyFailed', kind: 'switch', desktopOnly: true },
    { path: 'startAtLogin', kind: 'switch', desktopOnly: true },
    { path: 'closeToTray', kind: 'switch', desktopOnly: true },
    { path: 'updateFeed', kind: 'text', desktopOnly: true },
  ],
};
