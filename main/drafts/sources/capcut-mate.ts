import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { StationError } from '../../shared/errors/index.ts';
import { errorNote } from '../../shared/log-notes.ts';
import type { CapcutMateLink } from '../link.ts';
import { addressOf, decodeOnce } from '../link-text.ts';
import { NameKeeper, safeRelativePath } from '../names.ts';
import { download } from '../network/download.ts';
import { forEachLimited } from '../network/pool.ts';
import { maxDraftJsonBytes, readDocument } from './content.ts';
import { fetchDocument } from './document.ts';
import { openUnpacked } from './folder.ts';
import type { DraftOpener, OpenedDraft, Workshop } from './opener.ts';

const mostFiles = 20_000;
const isTimeline = /draft_(?:content|info)\.json$/;

/**
 * capcut-mate's `get_draft`: a list of the addresses of every file of the draft's folder on the server, in any order, on
 * a host that may differ from the one asked.
 */
export const capcutMateOpener: DraftOpener<CapcutMateLink> = {
  async open(link, workshop) {
    const document = await readDocument(await fetchDocument(link.url, workshop), addressOf(link.url));
    if (document.type === 'files') return await openListedFiles(document.files, link.url, workshop);
    return {
      content: document.content,
      name: link.draftId,
      folder: path.join(workshop.filesFolder, 'none'),
      files: [],
      addresses: new Map(),
      origin: 'remote',
      serverFolder: link.draftId,
    };
  },
};

/**
 * Opens a draft of which a server lists the files. Only its JSON files are downloaded here; media stays where it is until
 * the draft is seen to need it.
 */
export async function openListedFiles(
  files: readonly string[],
  asked: string,
  workshop: Workshop,
): Promise<OpenedDraft> {
  const address = addressOf(asked);
  if (files.length === 0 || files.length > mostFiles) {
    throw new StationError('DRAFT_NOT_RECOGNISED', { found: `${files.length} files` });
  }
  const draftId = new URL(asked).searchParams.get('draft_id') ?? commonFolder(files);
  const root = path.join(workshop.filesFolder, 'listed');
  const names = new NameKeeper();
  const listed = [...new Set(files)].map((url) => {
    const place = names.take(placeOf(url, draftId));
    return { url: absolute(url, asked), file: path.join(root, ...place.split('/')) };
  });
  const jsons = listed.filter(({ file }) => file.endsWith('.json'));
  let done = 0;
  await forEachLimited(jsons, workshop.client.limits.parallel, workshop.signal, async ({ url, file }, signal) => {
    await mkdir(path.dirname(file), { recursive: true });
    const order = { url, accept: () => ({ file }), maxBytes: maxDraftJsonBytes, setting: 'maxDraftMb' };
    try {
      await download(workshop.client, order, signal);
    } catch (error) {
      // The draft can be made without its bookkeeping.
      if (signal.aborted || isTimeline.test(file) || !(error instanceof StationError)) throw error;
      workshop.log('warn', ...errorNote(error));
    }
    done += 1;
    workshop.onProgress(0.2 + (0.8 * done) / jsons.length);
  });
  const addresses = new Map(listed.filter((item) => !jsons.includes(item)).map(({ file, url }) => [file, url]));
  const order = { root, address, origin: 'remote', name: draftId, serverFolder: draftId, addresses } as const;
  const opened = await openUnpacked(order);
  // The title in the meta file is the server's template.
  return { ...opened, name: draftId ?? opened.name };
}

function absolute(url: string, asked: string): string {
  const parsed = URL.parse(url, asked);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new StationError('DRAFT_NOT_RECOGNISED', { found: 'file address not http' });
  }
  return parsed.href;
}

/**
 * Where a listed file belongs in the draft's folder: what follows the part of its path that is the draft's id.
 * @throws StationError ARCHIVE_UNSAFE for a path that leaves the folder
 */
export function placeOf(url: string, draftId: string | null): string {
  // Not through the URL parser, which would quietly resolve `..`.
  const written = decodeOnce(url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, ''));
  const marker = `/${draftId}/`;
  const at = draftId === null ? -1 : written.indexOf(marker);
  const relative = at >= 0 ? written.slice(at + marker.length) : written.replace(/^\/+/, '');
  const safe = safeRelativePath(relative);
  if ('unsafe' in safe) {
    throw new StationError('ARCHIVE_UNSAFE', {
      address: addressOf(url),
      entry: written.slice(0, 200),
      reason: safe.unsafe,
    });
  }
  return safe.path;
}

/** The folder of the draft's JSON names the draft when the link does not. */
function commonFolder(files: readonly string[]): string | null {
  const main = files.find((file) => /\/draft_(?:content|info)\.json(?:[?#]|$)/i.test(file));
  return main === undefined ? null : (/\/([^/]+)\/draft_(?:content|info)\.json/i.exec(main)?.[1] ?? null);
}
