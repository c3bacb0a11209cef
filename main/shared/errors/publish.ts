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
    zh: '视频已生成，但上传到对象存储失败（{reason}）。若一直失败，请检查设置中的对象存储配置。',
    en: 'The video is finished, but uploading it to the object storage failed ({reason}). If it keeps failing, check the object storage settings.',
  },
  UPLOAD_REFUSED: {
    class: 'operator',
    zh: '对象存储拒绝了上传（{reason}）。请检查设置中的存储桶、密钥和权限，然后继续队列。',
    en: 'The object storage refused the upload ({reason}). Check bucket, keys and permissions in the settings, then resume the queue.',
  },
  WEBHOOK_REFUSED: {
    class: 'never',
    zh: '结果通知被接收方拒绝（{answer}），不再重试。请检查设置中的「完成通知地址」和接收方的配置，然后在任务详情中重新发送。视频不受影响。',
    en: 'The receiver refused the notice of the result ({answer}), so it is not sent again. Check the notify address in the settings and the receiver, then send it again from the task. The video is not affected.',
  },
  WEBHOOK_UNDELIVERED: {
    class: 'never',
    zh: '结果通知在 {hours} 小时内试了 {tries} 次都没有送达（最后一次：{answer}），已停止重试。请检查接收方是否在运行，然后在任务详情中重新发送。视频不受影响。',
    en: 'The notice of the result was tried {tries} times in {hours} h and nobody took it (last: {answer}), so no more is tried. Check that the receiver runs, then send it again from the task. The video is not affected.',
  },
  WEBHOOK_SWITCHED_OFF: {
    class: 'never',
    zh: '结果通知没有发送：设置中的「完成通知地址」已清空。需要时请重新填写，然后在任务详情中重新发送。',
    en: 'The notice of the result was not sent: the notify address in the settings is empty now. Fill it in, then send the notice again from the task.',
  },
} as const satisfies Record<string, ErrorEntry>;
