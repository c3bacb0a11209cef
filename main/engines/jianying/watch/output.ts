import path from 'node:path';
import { isNameOf, stemOf } from '../driver/names.ts';
import type { Files } from '../files.ts';
import { isCompleteMp4 } from './mp4.ts';

export interface OutputSight {
  readonly file: string;
  readonly bytes: number;
  readonly complete: boolean;
}

/**
 * Looks for the video of a draft: at the path that the dialog showed, and as `name (1).mp4` beside it; without such a
 * path in every folder where exports may go. The draft's name is random, so nothing else can be called like it.
 */
export async function findOutput(
  files: Files,
  draftName: string,
  exportPath: string | null,
  folders: readonly string[],
): Promise<OutputSight | null> {
  const searched = exportPath === null ? folders : [path.dirname(exportPath), ...folders];
  const sights: { file: string; bytes: number; modifiedMs: number }[] = [];
  for (const folder of new Set(searched)) {
    for (const name of await files.list(folder)) {
      if (!/\.(mp4|mov)$/i.test(name) || !isNameOf(stemOf(name), draftName)) continue;
      const file = path.join(folder, name);
      const facts = await files.facts(file);
      if (facts && !facts.isFolder) sights.push({ file, bytes: facts.bytes, modifiedMs: facts.modifiedMs });
    }
    // The dialog's own folder has it: no need to look further.
    if (sights.length > 0) break;
  }
  const newest = sights.sort((a, b) => b.modifiedMs - a.modifiedMs)[0];
  if (!newest) return null;
  const complete = newest.bytes > 0 && (await isCompleteMp4(files, newest.file, newest.bytes).catch(() => false));
  return { file: newest.file, bytes: newest.bytes, complete };
}
