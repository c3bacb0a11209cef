import path from 'node:path';
import { StationError } from '../shared/errors/index.ts';

/** StationError MEDIA_UNREADABLE for a file, naming it by its base name. */
export function unreadable(file: string, reason: string): StationError {
  return new StationError('MEDIA_UNREADABLE', { file: path.basename(file), reason });
}
