import { statfs } from 'node:fs/promises';
import { StationError, systemCode } from '../shared/errors/index.ts';

/** Tenths of a GB are told. */
const step = 0.1;

/**
 * The error itself, or DISK_SHORT when a full disk is behind it: that is the operator's business, whatever part of the
 * work met it.
 * @param leastGb what is to stay free at least; more is asked for where as much was free and did not do
 */
export async function withDiskNamed(error: unknown, folder: string, leastGb: number): Promise<unknown> {
  const code = systemCode(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const free = await statfs(folder).then(
    ({ bavail, bsize }) => (bavail * bsize) / 1e9,
    () => 0,
  );
  const neededGb = Math.max(leastGb, Number((free + step).toFixed(1)));
  return new StationError('DISK_SHORT', { folder, freeGb: free.toFixed(1), neededGb }, { cause: error });
}
