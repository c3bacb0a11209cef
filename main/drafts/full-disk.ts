import { statfs } from 'node:fs/promises';
import { StationError } from '../shared/errors/index.ts';

/**
 * The error itself, or DISK_SHORT when a full disk is behind it: that is the operator's business, whatever part of the
 * work met it.
 */
export async function withDiskNamed(error: unknown, folder: string, neededGb: number): Promise<unknown> {
  const origin = error instanceof StationError && error.code === 'INTERNAL' ? error.cause : error;
  const code = origin instanceof Error && 'code' in origin ? origin.code : '';
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const free = await statfs(folder).then(
    ({ bavail, bsize }) => (bavail * bsize) / 1e9,
    () => 0,
  );
  return new StationError('DISK_SHORT', { folder, freeGb: free.toFixed(1), neededGb });
}
