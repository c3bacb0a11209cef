import { statfsSync } from 'node:fs';
import type { ErrorRecord } from './shared/errors/index.ts';

const gigabyte = 1024 ** 3;

/** Free bytes for us on the disk of a folder; Infinity when the system does not say. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Why no work may start: the first folder whose disk is too full, or null. */
export function diskObstacle(folders: readonly string[], neededGb: number, free = freeBytes): ErrorRecord | null {
  for (const folder of folders) {
    const freeGb = free(folder) / gigabyte;
    if (freeGb < neededGb)
      return { code: 'DISK_SHORT', params: { folder, freeGb: Math.round(freeGb * 10) / 10, neededGb } };
  }
  return null;
}
