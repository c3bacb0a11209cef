import { readdir } from 'node:fs/promises';
import path from 'node:path';

const mostFiles = 50_000;
const deepest = 12;

/** Every file below a folder, absolute; links are not followed. Stops after fifty thousand: nobody's draft is larger. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting: { folder: string; depth: number }[] = [{ folder, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined && found.length < mostFiles; next = waiting.pop()) {
    // What may not be read is not the draft's.
    for (const entry of await readdir(next.folder, { withFileTypes: true }).catch(() => [])) {
      const file = path.join(next.folder, entry.name);
      if (entry.isFile()) found.push(file);
      else if (entry.isDirectory() && next.depth < deepest) waiting.push({ folder: file, depth: next.depth + 1 });
    }
  }
  return found;
}

/** Folders inside a draft that hold other timelines and backups. */
const innerFolder = /(?:^|\/)(?:Timelines|subdraft|\.backup|\.recycle_bin|Resources)\//i;
const main = /(?:^|\/)(?:draft_content|draft_info)\.json$/i;
const layout = /(?:^|\/)Timelines\/project\.json$/i;

/** The folder that is the draft among unpacked files: the one nearest the top with a draft's JSON; null when none has. */
export function findDraftFolder(files: readonly string[], root: string): string | null {
  const folders = files.flatMap((file) => {
    const relative = path.relative(root, file).replaceAll(path.sep, '/');
    if (layout.test(relative)) return [path.dirname(path.dirname(file))];
    return main.test(relative) && !innerFolder.test(relative) ? [path.dirname(file)] : [];
  });
  const depth = (folder: string) => path.relative(root, folder).split(path.sep).filter(Boolean).length;
  return folders.sort((a, b) => depth(a) - depth(b) || a.localeCompare(b))[0] ?? null;
}
