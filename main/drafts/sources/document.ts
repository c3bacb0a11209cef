import path from 'node:path';
import { StationError } from '../../shared/errors/index.ts';
import { note, reasonParams } from '../../shared/log-notes.ts';
import { contentKind } from '../content-kind.ts';
import { addressOf } from '../link-text.ts';
import { TransferProgress } from '../media/progress.ts';
import { download } from '../network/download.ts';
import { maxDraftJsonBytes, refuseWebPage } from './content.ts';
import type { Workshop } from './opener.ts';

/**
 * Downloads what should be a JSON or a zip; a web page is refused after its first bytes.
 * @returns the file
 * @throws StationError DOWNLOAD_*, ADDRESS_REFUSED, DRAFT_IS_WEB_PAGE, DRAFT_TOO_LARGE; the signal's reason
 */
export async function fetchDocument(url: string, workshop: Workshop): Promise<string> {
  const file = path.join(workshop.filesFolder, 'document');
  let isJson = false;
  const { settings, client, signal } = workshop;
  const progress = new TransferProgress(1, (fraction, detail) => workshop.onProgress(0.8 * fraction, detail));
  const downloading = download(
    client,
    {
      url,
      maxBytes: settings.maxDraftMb * 1_000_000,
      setting: 'maxDraftMb',
      accept(head) {
        refuseWebPage(head, addressOf(url));
        isJson = contentKind(head) !== 'zip';
        return isJson ? { file, maxBytes: maxDraftJsonBytes } : { file };
      },
      onBytes: (bytes, expected) => progress.bytes(0, bytes, expected),
      onRetry: (failure, pauseMs) =>
        workshop.log(
          'warn',
          ...note('DOWNLOAD_AGAIN', { seconds: Math.round(pauseMs / 100) / 10, ...reasonParams(failure) }),
        ),
    },
    signal,
  );
  await downloading.catch((error: unknown) => {
    const isTooLarge = error instanceof StationError && error.code === 'DOWNLOAD_TOO_LARGE';
    // No setting raises this limit.
    if (!isJson || !isTooLarge) throw error;
    const limitMb = maxDraftJsonBytes / 1_000_000;
    throw new StationError('DRAFT_TOO_LARGE', { megabytes: `> ${limitMb}`, limitMb });
  });
  return file;
}
