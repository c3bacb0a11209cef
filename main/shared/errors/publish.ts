import type { ErrorEntry } from './types.ts';

/** Failures of putting a finished video where callers can get it. */
export const publishErrors = {
  OUTPUT_NOT_WRITABLE: {
    class: 'operator',
    zh: '无法把视频写入输出目录 {folder}（{reason}）。请检查该目录是否存在、可写、磁盘未满，或在设置中换一个输出目录，然后继续队列。',
    en: 'The video cannot be written to the output folder {folder} ({reason}). Check that it exists, can be written and has room, or choose another one in the settings; then resume the queue.',
  },
  UPLOAD_FAILED: {
    class: 'retry_later',
    zh: '视频已生成，但上传到对象存储失败（{reason}）。将自动重试上传；若一直失败，请检查设置中的对象存储配置。',
    en: 'The video is finished, but uploading it to the object storage failed ({reason}). It is tried again; if it keeps failing, check the object storage settings.',
  },
  UPLOAD_REFUSED: {
    class: 'operator',
    zh: '对象存储拒绝了上传（{reason}）。请检查设置中的存储桶、密钥和权限，然后继续队列。',
    en: 'The object storage refused the upload ({reason}). Check bucket, keys and permissions in the settings, then resume the queue.',
  },
} as const satisfies Record<string, ErrorEntry>;
