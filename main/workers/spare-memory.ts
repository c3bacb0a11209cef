import { createRequire } from 'node:module';

/** Often enough that little gathers, seldom enough to cost nothing: it takes some 15 ms. */
const everyMs = 5_000;

/** Gives what was freed back to the system at once. */
export type GiveBack = () => void;

/**
 * Gives memory that was freed back to the system every few seconds, from now until the process has nothing else to do. Of
 * use where glibc keeps it: pictures of several MB come and go between things that stay, and the holes that they leave made
 * a render of an hour grow by half. Windows and macOS take such pictures from the system one by one.
 */
export function giveBackSpareMemory(): void {
  const giveBack = spareMemory();
  if (giveBack !== null) setInterval(giveBack, everyMs).unref();
}

/** Null where the C library has no such function, or keeps nothing. */
export function spareMemory(): GiveBack | null {
  if (process.platform !== 'linux') return null;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    const trim = koffi.load('libc.so.6').func('int malloc_trim(size_t pad)');
    return () => void trim(0);
  } catch {
    // Another C library than glibc.
    return null;
  }
}
