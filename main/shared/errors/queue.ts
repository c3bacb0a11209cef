import type { ErrorEntry } from './types.ts';

/** Failures of the queue itself, and of the disk and database below it. */
export const queueErrors = {
  TASK_CANCELLED: {
    class: 'never',
    zh: '任务已被取消。需要视频时请重新提交。',
    en: 'The task was cancelled. Submit the draft again if you still need the video.',
  },
  TASK_CRASHED_STATION: {
    class: 'never',
    zh: '这个任务已经 {crashes} 次使渲染站崩溃，已停止重试。请导出任务日志并反馈，或修改草稿后重新提交。',
    en: 'This task has crashed the station {crashes} times, so it is not run again. Export its log and report it, or change the draft and submit it again.',
  },
  STAGE_TIMEOUT: {
    class: 'retry_now',
    zh: '「{zh}」阶段超过 {seconds} 秒仍未完成，已中止。请查看任务日志；草稿很长时可在设置中放宽时限。',
    en: 'The "{en}" stage took longer than {seconds} s and was stopped. See the task log; for very long drafts raise the limit in the settings.',
  },
  STAGE_STALLED: {
    class: 'retry_now',
    zh: '「{zh}」阶段 {seconds} 秒没有任何进展，已中止。请查看任务日志。',
    en: 'The "{en}" stage made no progress for {seconds} s and was stopped. See the task log.',
  },
  DISK_SHORT: {
    class: 'operator',
    zh: '磁盘空间不足：{folder} 只剩 {freeGb} GB，至少需要 {neededGb} GB。请清理磁盘，队列会自动继续。',
    en: 'Not enough disk space: {folder} has {freeGb} GB left and {neededGb} GB are needed. Free some space; the queue goes on by itself.',
  },
  QUEUE_FULL: {
    class: 'retry_later',
    zh: '等待中的任务已达上限 {limit} 个。请稍后再提交。',
    en: 'There are already {limit} waiting tasks, which is the limit. Submit again later.',
  },
  DATABASE_NEWER: {
    class: 'operator',
    zh: '数据库由更新版本的渲染站写入（版本 {found}，本程序支持到 {known}）。请升级渲染站，或换一个数据目录。',
    en: 'The database was written by a newer station (schema {found}, this one knows {known}). Update the station or choose another data folder.',
  },
  DATABASE_BUSY: {
    class: 'operator',
    zh: '数据目录正被另一个渲染站使用（{file}）。请先关闭它，或用 --data 指定另一个目录。',
    en: 'Another station is using this data folder ({file}). Close it first, or choose another folder with --data.',
  },
  DATABASE_UNUSABLE: {
    class: 'operator',
    zh: '无法在 {file} 建立数据库。请检查该目录是否可写、磁盘是否正常。',
    en: 'No database can be made at {file}. Check that the folder can be written and that the disk is sound.',
  },
  STATION_STOPPING: {
    class: 'retry_later',
    zh: '渲染站正在退出，暂不接受新任务。请稍后再提交。',
    en: 'The station is shutting down and takes no new tasks. Submit again later.',
  },
  DRAFT_NOT_EXPORTABLE: {
    class: 'never',
    zh: '草稿无法导出：{zh}',
    en: 'The draft cannot be exported: {en}',
  },
  DRAFT_NEEDS_JIANYING: {
    class: 'never',
    zh: '内置渲染器无法完整绘制这个草稿（{what}）。请在装有剪映的电脑上导出，或在设置中允许近似绘制。',
    en: 'The embedded renderer cannot draw all of this draft ({what}). Export it on a PC with Jianying, or allow approximations in the settings.',
  },
  ENGINE_UNAVAILABLE: {
    class: 'operator',
    zh: '设置要求使用剪映导出，但剪映现在不可用：{zh}。处理后请继续队列，或在设置中改用自动选择引擎。',
    en: 'The settings ask for Jianying, but it cannot be used now: {en}. Resume the queue when that is solved, or let the station choose the engine in the settings.',
  },
  INTERNAL: {
    class: 'retry_now',
    zh: '渲染站内部错误：{reason}。请导出任务日志并反馈。',
    en: 'Internal error of the station: {reason}. Export the task log and report it.',
  },
} as const satisfies Record<string, ErrorEntry>;
