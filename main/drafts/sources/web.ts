import path from 'node:path';
import type { WebLink } from '../link.ts';
import { addressOf, decodeOnce } from '../link-text.ts';
import { openListedFiles } from './capcut-mate.ts';
import { readDocument } from './content.ts';
import { fetchDocument } from './document.ts';
import type { DraftOpener, OpenedDraft, Workshop } from './opener.ts';
import { isZip, openZip } from './zip.ts';

/** Any web address: what it is, is decided by its content. */
export const webOpener: DraftOpener<WebLink> = {
  open: (link, workshop) => openWeb(link.url, workshop),
};

/** @throws StationError DOWNLOAD_*, ADDRESS_REFUSED, DRAFT_*, ARCHIVE_* */
export async function openWeb(url: string, workshop: Workshop): Promise<OpenedDraft> {
  const address = addressOf(url);
  const file = await fetchDocument(url, workshop);
  const name = nameOf(url);
  if (await isZip(file)) return await openZip(file, address, workshop, { origin: 'remote', name });
  const document = await readDocument(file, address);
  if (document.type === 'files') return await openListedFiles(document.files, url, workshop);
  return {
    content: document.content,
    name,
    folder: path.join(workshop.filesFolder, 'none'),
    files: [],
    addresses: new Map(),
    origin: 'remote',
    serverFolder: null,
  };
}

/** Title for people: the last part of the path without extension. */
function nameOf(url: string): string {
  const { pathname, hostname } = new URL(url);
  const last = decodeOnce(pathname.split('/').findLast((part) => part !== '') ?? '');
  return last.replace(/\.(?:json|zip)$/i, '').slice(0, 100) || hostname;
}
