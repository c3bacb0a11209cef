import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const largest = 1024 * 1024;

/** A line for support in the app's log file; the file before the current one is kept. Never throws. */
export function writeLog(folder: string, what: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const file = path.join(folder, 'desktop.log');
  try {
    mkdirSync(folder, { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(file, `${file}.old`);
    appendFileSync(file, `${new Date().toISOString()} ${what}: ${hideTokens(text)}\n`);
  } catch {
    // A full disk is no reason to stop.
  }
}

/** Logs are sent to support: the window's token stays out of them. */
export function hideTokens(text: string): string {
  return text.replaceAll(/([?&]token=|--token[ =])[\w%-]+/g, '$1***');
}
