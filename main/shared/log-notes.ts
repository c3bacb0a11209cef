import { type ErrorRecord, fillIn, isErrorCode, StationError, sentence } from './errors/index.ts';
import type { ErrorParams } from './errors/types.ts';
import type { Stage } from './task.ts';

/**
 * What a task's log says besides failures, by code. The log file holds the English sentence with code and params beside
 * it, so that the window can say the same in its reader's language; failures have their sentences in the catalogue of
 * errors already.
 */
export const logNotes = {
  STAGE_STARTS: { zh: '开始{zh}（第 {attempt} 次尝试）。', en: 'Stage {en} starts (attempt {attempt}).' },
  STAGE_LEFT_BEHIND: {
    zh: '{zh}在要求停止后没有结束，不再等它。',
    en: 'The {en} stage did not end when told; it is left behind.',
  },
  INTERRUPTED: {
    zh: '渲染站在这次尝试中途退出，将重新执行。',
    en: 'The station ended in the middle of this attempt; it runs again.',
  },
  TRIED_AGAIN: { zh: '{seconds} 秒后重试。', en: 'Tried again in {seconds} s.' },
  LOG_FULL: { zh: '日志已满，不再写入。', en: 'The log is full; nothing more is written.' },
  ENGINE_EMBEDDED: { zh: '将由内置引擎导出。', en: 'The embedded engine will export it.' },
  ENGINE_JIANYING: { zh: '将由剪映导出。', en: 'The jianying engine will export it.' },
  RENDERED_IN_PARTS: {
    zh: '分 {parts} 段渲染，同时 {workers} 段。',
    en: 'Rendered in {parts} parts, {workers} at once.',
  },
  RENDERED_WHOLE: {
    zh: '各段无法合并，改为整段渲染：{reason}',
    en: 'The parts cannot be joined, so it is rendered whole: {reason}',
  },
  MEDIA_COUNTED: {
    zh: '草稿有 {files} 个素材文件，另有 {lost} 个找不到来源。',
    en: 'The draft has {files} media files, {lost} more lead nowhere.',
  },
  DOWNLOAD_AGAIN: { zh: '{seconds} 秒后重新下载：{zh}', en: 'Downloaded again in {seconds} s: {en}' },
  EARLIER_COPY: { zh: '使用 {address} 的旧副本：{zh}', en: 'Using the earlier copy of {address}: {en}' },
  JIANYING_PLACED: { zh: '草稿已放入 {folder}，名称 {name}。', en: 'The draft was placed as {name} in {folder}.' },
  JIANYING_WROTE: { zh: '剪映已写出 {file}。', en: 'The client wrote {file}.' },
  JIANYING_BLIND: {
    zh: '这个剪映不公开界面控件，改用本机的校准位置操作。',
    en: 'This client hides its controls: going on with the calibration of this computer.',
  },
  JIANYING_NOT_HOME: { zh: '没能回到剪映首页：{zh}', en: 'Could not get back to the home page: {en}' },
  SAMPLE_MADE: {
    zh: '第一次使用示例，正在生成它的素材。',
    en: 'The sample is used for the first time: its media are made.',
  },
  NO_COVER: { zh: '无法生成封面图：{reason}', en: 'No cover picture could be made: {reason}' },
  WEBHOOK_DELIVERED: {
    zh: '结果通知已送达（第 {tries} 次，{answer}）。',
    en: 'Webhook delivered at try {tries}: {answer}.',
  },
  WEBHOOK_RETRIED: {
    zh: '结果通知第 {tries} 次未送达（{answer}），{seconds} 秒后重试。',
    en: 'Webhook try {tries}: {answer}; next try in {seconds} s.',
  },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;

type LogCode = keyof typeof logNotes;

/** The end of a call of `log`: the English sentence, and what it is made of. */
type Said = readonly [message: string, data: Record<string, unknown>];

/** A line by its code: `log('info', ...note('TRIED_AGAIN', { seconds }))`. */
export function note(code: LogCode, params: ErrorParams = {}): Said {
  return [fillIn(logNotes[code].en, params), { code, params }];
}

/** A failure as a line; `more` is kept beside it. */
export function errorNote({ code, params }: ErrorRecord, more: Record<string, unknown> = {}): Said {
  return [sentence({ code, params }, 'en'), { code, params, ...more }];
}

const stageWords: Readonly<Record<Stage, string>> = {
  fetch: '获取草稿与素材',
  ready: '等待导出',
  export: '导出视频',
  publish: '校验与发布',
};

/** Params that say another failure in both languages, inside a line. */
export function reasonParams(thrown: unknown): ErrorParams {
  const record = StationError.from(thrown).toRecord();
  return { zh: sentence(record, 'zh'), en: sentence(record, 'en') };
}

/** Params that name a stage in both languages. */
export function stageParams(stage: Stage): ErrorParams {
  return { zh: stageWords[stage], en: stage };
}

/** The Chinese sentence of a line with this code; null for a code of another version. */
export function chineseOf(code: string, params: ErrorParams): string | null {
  if (Object.hasOwn(logNotes, code)) return fillIn(logNotes[code as LogCode].zh, params);
  return isErrorCode(code) ? sentence({ code, params }, 'zh') : null;
}
