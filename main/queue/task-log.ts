import { appendFileSync, createReadStream, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { LogLevel } from '../engines/engine.ts';
import { chineseOf, note } from '../shared/log-notes.ts';
import { errorRecordSchema } from '../shared/task.ts';
import { type LogLine, logLineSchema } from '../shared/task-query.ts';

/** A log that grows past this says so once and keeps silent. */
const limitBytes = 4 * 1024 * 1024;

/** One task's log: JSON lines in the task's folder, written at once so that a crash keeps them. */
export class TaskLog {
  readonly #file: string;
  #bytes: number;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = path.join(folder, 'log.jsonl');
    this.#bytes = existsSync(this.#file) ? statSync(this.#file).size : 0;
  }

  write(nowMs: number, level: LogLevel, message: string, data?: Record<string, unknown>): void {
    if (this.#bytes > limitBytes) return;
    const full = this.#bytes + message.length > limitBytes;
    const line: LogLine = full ? lineOf(nowMs, 'warn', ...note('LOG_FULL')) : lineOf(nowMs, level, message, data);
    const text = `${JSON.stringify(line)}\n`;
    this.#bytes += full ? limitBytes : Buffer.byteLength(text);
    try {
      appendFileSync(this.#file, text);
    } catch {
      // A full disk must not take the task down with its log; the disk guard tells the operator.
    }
  }
}

function lineOf(nowMs: number, level: LogLevel, message: string, data?: Record<string, unknown>): LogLine {
  return { time: new Date(nowMs).toISOString(), level, message, ...(data === undefined ? {} : { data }) };
}

const notedSchema = z.object({ code: z.string(), params: errorRecordSchema.shape.params });

/** A line as readers get it: the sentence in both languages instead of what it is made of. Pure. */
export function readable(line: LogLine): LogLine {
  const noted = notedSchema.safeParse(line.data);
  const zh = noted.success ? chineseOf(noted.data.code, noted.data.params) : null;
  if (zh === null) return line;
  const { code: _code, params: _params, ...rest } = line.data ?? {};
  const { data: _data, ...plain } = line;
  return { ...plain, zh, ...(Object.keys(rest).length === 0 ? {} : { data: rest }) };
}

/** The lines after `afterLine` (0 = from the start); null when the task has no log. A torn last line is left out. */
export async function readTaskLog(folder: string, afterLine: number): Promise<LogLine[] | null> {
  const file = path.join(folder, 'log.jsonl');
  if (!existsSync(file)) return null;
  const lines: LogLine[] = [];
  let number = 0;
  for await (const text of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1;
    if (number <= afterLine) continue;
    try {
      lines.push(readable(logLineSchema.parse(JSON.parse(text))));
    } catch {
      // Torn by a crash in mid-write.
    }
  }
  return lines;
}
