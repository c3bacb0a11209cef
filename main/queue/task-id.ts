import { randomBytes } from 'node:crypto';

/** Unguessable (90 bits), safe in file names and links on every system. */
export function newTaskId(): string {
  return BigInt(`0x${randomBytes(12).toString('hex')}`)
    .toString(36)
    .padStart(19, '0')
    .slice(-18);
}
