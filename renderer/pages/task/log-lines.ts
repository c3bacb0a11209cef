import type { LogLine } from '../../../main/shared/task-query.ts';
import type { LanguageId } from '../../locales/index.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What a line says to its reader. */
export function lineText(line: LogLine, language: LanguageId): string {
  return language === 'zh' ? (line.zh ?? line.message) : line.message;
}

/** Lines at least this serious that contain the text (in the message or in the data), the last `most` of them. */
export function filterLog(
  lines: readonly LogLine[],
  level: LogLevel,
  text: string,
  most: number,
  language: LanguageId,
): { readonly shown: readonly LogLine[]; readonly cut: boolean } {
  const least = logLevels.indexOf(level);
  const wanted = text.trim().toLowerCase();
  const found = lines.filter((line) => {
    if (logLevels.indexOf(line.level) < least) return false;
    if (wanted === '') return true;
    const data = line.data === undefined ? '' : JSON.stringify(line.data);
    return `${lineText(line, language)} ${data}`.toLowerCase().includes(wanted);
  });
  return { shown: found.slice(-most), cut: found.length > most };
}
