import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { defaultArchiveLimits, extractArchive } from '../archive/extract.ts';
import { contentKind } from '../content-kind.ts';
import { filesBelow, findDraftFolder } from './draft-files.ts';
import { openUnpacked } from './folder.ts';
import type { OpenedDraft, Workshop } from './opener.ts';

/**
 * Opens a draft packed as zip; a zip that holds nothing but another zip is opened too, once.
 * @throws StationError ARCHIVE_*, what reading the JSON throws
 */
export async function openZip(
  file: string,
  address: string,
  workshop: Workshop,
  more: Pick<OpenedDraft, 'origin'> & { readonly name: string | null },
): Promise<OpenedDraft> {
  const root = path.join(workshop.filesFolder, 'unpacked');
  const unpacked = await unpack(file, root, address, workshop);
  const zips = unpacked.filter((entry) => /\.zip$/i.test(entry));
  const [inner] = zips;
  if (inner !== undefined && zips.length === 1 && findDraftFolder(unpacked, root) === null) {
    const innerRoot = path.join(workshop.filesFolder, 'unpacked-inner');
    await unpack(inner, innerRoot, address, workshop);
    await rm(inner);
    return await openUnpacked({ ...more, root: innerRoot, address, serverFolder: null });
  }
  return await openUnpacked({ ...more, root, address, serverFolder: null });
}

async function unpack(file: string, folder: string, address: string, workshop: Workshop): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const limits = { ...defaultArchiveLimits, totalBytes: workshop.settings.maxDraftMb * 1_000_000 };
  const onBytes = (bytes: number, total: number) => workshop.onProgress(0.8 + (0.2 * bytes) / Math.max(1, total));
  await extractArchive({ file, folder, address, limits, onBytes }, workshop.signal);
  return await filesBelow(folder);
}

/** Whether a file of this machine is a zip, by its first bytes. */
export async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(64);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return contentKind(head.subarray(0, bytesRead)) === 'zip';
  } finally {
    await handle.close();
  }
}
