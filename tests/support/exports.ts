import type { StageContext } from '../../main/engines/engine.ts';
import { StationError } from '../../main/shared/errors/index.ts';

/** The context of an export that nobody watches. */
export function aContext(more: Partial<StageContext> = {}): StageContext {
  return { signal: new AbortController().signal, onProgress: () => {}, log: () => {}, ...more };
}

/** The code that something failed with; other errors in their own words. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof StationError ? error.code : String(error)),
  );
}

/** Whether a program has ended. */
export function gone(pid: number | undefined): boolean {
  try {
    process.kill(pid ?? 0, 0);
    return false;
  } catch {
    return true;
  }
}
