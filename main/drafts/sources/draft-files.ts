import { readdir } from 'node:fs/promises';
import path from 'node:path';

const mostFiles = 50_000;
const deepest = 12;

/** Every file below a folder, absolute; links are not followed. Stops after fifty thousand: nobody's draft is larger. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting: { folder: string; depth: number }[] = [{ folder, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined && found.length < mostFiles; next = waiting.pop()) {
    for (const entry of await readdir(next.folder, { withFileTypes: true })) {
      const file = path.join(next.folder, entry.name);
      if (entry.isFile()) found.push(file);
      else if (entry.isDirectory() && next.depth < deepest) waiting.push({ folder: file, depth: next.depth + 1 });
    }
  }
  return found;
}

const mainNames = ['draft_content.json', 'draft_info.json'];
/** Folders inside a draft that hold other timelines and backups. */
const innerFolder = /(?:^|\/)(?:Timelines|subdraft|\.backup|\.recycle_bin|Resources)\//i;

/**
 * The folder that is the draft among unpacked files: the one nearest the top with a draft's JSON; else, the JSON itself
 * when there is exactly one near the top (services name it by id). Null when there is none.
 */
export function findDraft(files: readonly string[], root: string): { folder: string; file: string | null } | null {
  const listed = files
    .map((file) => ({ file, relative: path.relative(root, file).replaceAll(path.sep, '/') }))
    .map((item) => ({ ...item, depth: item.relative.split('/').length - 1 }))
    .filter(({ relative }) => !innerFolder.test(relative))
    .sort((a, b) => a.depth - b.depth || a.relative.localeCompare(b.relative));
  const main = listed.find(({ relative }) => mainNames.includes(path.posix.basename(relative).toLowerCase()));
  if (main !== undefined) return { folder: path.dirname(main.file), file: null };
  const jsons = listed.filter(({ relative, depth }) => depth <= 1 && /\.json$/i.test(relative));
  const [only] = jsons;
  return only !== undefined && jsons.length === 1 ? { folder: path.dirname(only.file), file: only.file } : null;
}
