import path from 'node:path';
import { StationError } from '../shared/errors/index.ts';

/** StationError MEDIA_UNREADABLE for a file, naming it by its base name. */
export function unreadable(file: string, reason: string): StationError {
  return new StationError('MEDIA_UNREADABLE', { file: path.basename(file), reason });
}

/** What was wrong with a file, in the words of the failure, without its name. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof StationError ? String(error.params.reason ?? error.message) : error.message;
}
