import path from 'node:path';
import { StationError } from '../../shared/errors/index.ts';
import { readContent } from './content.ts';
import { filesBelow, findDraft } from './draft-files.ts';
import type { OpenedDraft } from './opener.ts';

/**
 * Opens the draft in a folder of files.
 * @param address where the files came from, for sentences
 * @throws StationError ARCHIVE_WITHOUT_DRAFT, what reading the JSON throws
 */
export async function openFolder(
  root: string,
  address: string,
  more: Pick<OpenedDraft, 'origin' | 'serverFolder'> & { readonly name: string | null },
): Promise<OpenedDraft> {
  const files = await filesBelow(root);
  const found = findDraft(files, root);
  if (found === null) throw new StationError('ARCHIVE_WITHOUT_DRAFT', { address });
  const { folder } = found;
  const file = found.file ?? mainFile(folder, files);
  return {
    content: await readContent(file, address),
    name: more.name ?? path.basename(folder),
    folder,
    files,
    origin: more.origin,
    serverFolder: more.serverFolder,
  };
}

function mainFile(folder: string, files: readonly string[]): string {
  const named = (name: string) =>
    files.find((file) => path.dirname(file) === folder && path.basename(file).toLowerCase() === name);
  return named('draft_content.json') ?? named('draft_info.json') ?? path.join(folder, 'draft_content.json');
}
