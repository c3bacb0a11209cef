import path from 'node:path';
import { StationError } from '../../shared/errors/index.ts';
import { draftName, findDraftFile } from '../draft-folder.ts';
import { readContent } from './content.ts';
import { filesBelow, findDraftFolder } from './draft-files.ts';
import type { OpenedDraft } from './opener.ts';

export interface FolderOrder {
  readonly root: string;
  /** Where the files came from, for sentences. */
  readonly address: string;
  readonly origin: OpenedDraft['origin'];
  readonly serverFolder: string | null;
  /** Title when the draft has none of its own. */
  readonly name: string | null;
  /** Files that are still on a server, see `OpenedDraft`. */
  readonly addresses?: ReadonlyMap<string, string>;
}

/** Generators leave an id where the title belongs. */
const noTitle = /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32})$/i;

/**
 * Opens the draft in a folder of files, wherever in it the draft's own folder is.
 * @throws StationError DRAFT_FILE_MISSING, what reading the JSON throws
 */
export async function openFolder(order: FolderOrder): Promise<OpenedDraft> {
  const { root, address, origin, serverFolder, name, addresses = new Map<string, string>() } = order;
  const files = [...(await filesBelow(root)), ...addresses.keys()];
  const top = findDraftFolder(files, root) ?? root;
  const file = await findDraftFile(top);
  const isTimeline = path.relative(top, file).split(path.sep)[0] === 'Timelines';
  const folder = isTimeline ? top : path.dirname(file);
  const title = await draftName(folder);
  return {
    content: await readContent(file, address),
    name: title !== null && !noTitle.test(title) ? title : (name ?? path.basename(folder)),
    folder,
    files,
    addresses,
    origin,
    serverFolder,
  };
}

/**
 * `openFolder` for files that came as one: says that the whole has no draft, not which folder on the disk.
 * @throws StationError ARCHIVE_WITHOUT_DRAFT, what reading the JSON throws
 */
export async function openUnpacked(order: FolderOrder): Promise<OpenedDraft> {
  try {
    return await openFolder(order);
  } catch (error) {
    if (error instanceof StationError && error.code === 'DRAFT_FILE_MISSING') {
      throw new StationError('ARCHIVE_WITHOUT_DRAFT', { address: order.address });
    }
    throw error;
  }
}
