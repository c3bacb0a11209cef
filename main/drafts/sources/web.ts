import path from 'node:path';
import { contentKind } from '../content-kind.ts';
import type { WebLink } from '../link.ts';
import { addressOf, decodeOnce } from '../link-text.ts';
import { download } from '../network/download.ts';
import { openListedFiles } from './capcut-mate.ts';
import { maxDraftJsonBytes, readDocument, refuseWebPage } from './content.ts';
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
    origin: 'remote',
    serverFolder: null,
  };
}

/** Downloads what should be a JSON or a zip; anything else is refused after its first bytes. */
export async function fetchDocument(url: string, workshop: Workshop): Promise<string> {
  const file = path.join(workshop.filesFolder, 'document');
  const { settings, client, signal } = workshop;
  await download(
    client,
    {
      url,
      file,
      maxBytes: settings.maxDraftMb * 1_000_000,
      setting: 'maxDraftMb',
      checkHead(head, from) {
        const kind = contentKind(head);
        if (kind === 'zip') return undefined;
        refuseWebPage(head, addressOf(from));
        // What is neither is refused when it is read: its first bytes are enough to tell, but not to say why.
        return maxDraftJsonBytes;
      },
      onBytes: (bytes, expected) =>
        workshop.onProgress(expected === null || expected === 0 ? 0.5 : (0.8 * bytes) / expected),
      onRetry: (failure, pauseMs) =>
        workshop.log('warn', `Trying again in ${Math.round(pauseMs)} ms: ${failure.message}`, { code: failure.code }),
    },
    signal,
  );
  return file;
}

/** Title for people: the last part of the path without extension. */
function nameOf(url: string): string {
  const { pathname, hostname } = new URL(url);
  const last = decodeOnce(pathname.split('/').findLast((part) => part !== '') ?? '');
  return last.replace(/\.(?:json|zip)$/i, '').slice(0, 100) || hostname;
}
