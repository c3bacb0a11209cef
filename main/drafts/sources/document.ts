import path from 'node:path';
import { contentKind } from '../content-kind.ts';
import { addressOf } from '../link-text.ts';
import { TransferProgress } from '../media/progress.ts';
import { download } from '../network/download.ts';
import { maxDraftJsonBytes, refuseWebPage } from './content.ts';
import type { Workshop } from './opener.ts';

/**
 * Downloads what should be a JSON or a zip; a web page is refused after its first bytes.
 * @returns the file
 * @throws StationError DOWNLOAD_*, ADDRESS_REFUSED, DRAFT_IS_WEB_PAGE; the signal's reason
 */
export async function fetchDocument(url: string, workshop: Workshop): Promise<string> {
  const file = path.join(workshop.filesFolder, 'document');
  const { settings, client, signal } = workshop;
  const progress = new TransferProgress(1, (fraction, detail) => workshop.onProgress(0.8 * fraction, detail));
  await download(
    client,
    {
      url,
      maxBytes: settings.maxDraftMb * 1_000_000,
      setting: 'maxDraftMb',
      accept(head) {
        refuseWebPage(head, addressOf(url));
        return contentKind(head) === 'zip' ? { file } : { file, maxBytes: maxDraftJsonBytes };
      },
      onBytes: (bytes, expected) => progress.bytes(0, bytes, expected),
      onRetry: (failure, pauseMs) =>
        workshop.log('warn', `Trying again in ${Math.round(pauseMs)} ms: ${failure.message}`, { code: failure.code }),
    },
    signal,
  );
  return file;
}
