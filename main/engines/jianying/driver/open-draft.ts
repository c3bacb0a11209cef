import path from 'node:path';
import type { Files } from '../files.ts';

/** Name of the draft folder whose `.locked` file is the newest; null when no draft is marked as open. */
export async function openDraftOf(files: Files, root: string): Promise<string | null> {
  let newest: { name: string; modifiedMs: number } | null = null;
  for (const name of await files.list(root)) {
    const locked = await files.facts(path.join(root, name, '.locked'));
    if (locked && (!newest || locked.modifiedMs > newest.modifiedMs)) newest = { name, modifiedMs: locked.modifiedMs };
  }
  return newest?.name ?? null;
}
