import type { Task } from '../shared/task.ts';

type Column = readonly [title: string, value: (task: Task) => string | number | null];

/** What an operator's spreadsheet gets: one row per task. */
const columns: readonly Column[] = [
  ['编号 id', (task) => task.id],
  ['名称 name', (task) => task.name],
  ['草稿链接 draft_url', (task) => task.draftUrl],
  ['状态 state', (task) => task.state],
  ['引擎 engine', (task) => task.engine],
  ['尝试次数 attempts', (task) => task.attempt],
  ['提交时间 created_at', (task) => task.createdAt],
  ['开始时间 started_at', (task) => task.startedAt],
  ['完成时间 completed_at', (task) => task.completedAt],
  ['时长（秒） duration_s', (task) => (task.durationMs === null ? null : task.durationMs / 1000)],
  ['视频 video_url', (task) => task.videoUrl],
  ['视频字节数 video_bytes', (task) => task.videoBytes],
  ['警告 warnings', (task) => task.warnings],
  ['错误码 error_code', (task) => task.error?.code ?? null],
  ['错误 error', (task) => task.error?.zh ?? null],
];

/** First line of the file, with the byte order mark by which Excel knows UTF-8. */
export const csvHead = `\uFEFF${columns.map(([title]) => cell(title)).join(',')}\r\n`;

/** One task as a line of CSV (RFC 4180). */
export function csvLine(task: Task): string {
  return `${columns.map(([, value]) => cell(value(task))).join(',')}\r\n`;
}

/** A cell; text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[\s]*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
