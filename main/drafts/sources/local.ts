import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StationError } from '../../shared/errors/index.ts';
import type { LocalLink } from '../link.ts';
import { maxDraftJsonBytes, readContent } from './content.ts';
import { filesBelow } from './draft-files.ts';
import { openFolder } from './folder.ts';
import type { DraftOpener, OpenedDraft, Workshop } from './opener.ts';
import { isZip, openZip } from './zip.ts';

/** Folders, zips and JSON files of the station's machine. */
export const localOpener: DraftOpener<LocalLink> = {
  async check(link) {
    await statOf(link.path);
  },
  open: (link, workshop) => openLocal(link.path, workshop),
};

/** @throws StationError DRAFT_PATH_NOT_FOUND, DRAFT_PATH_UNREADABLE, what opening throws */
export async function openLocal(file: string, workshop: Workshop): Promise<OpenedDraft> {
  const origin = 'local' as const;
  const facts = await statOf(file);
  if (facts.isDirectory())
    return await openFolder({ root: file, address: file, origin, name: null, serverFolder: null });
  // Reading a device or a pipe might never end.
  if (!facts.isFile()) throw new StationError('DRAFT_PATH_UNREADABLE', { path: file, reason: 'no file' });
  const name = path.basename(file).replace(/\.(?:json|zip)$/i, '');
  if (await isZip(file)) return await openZip(file, file, workshop, { origin, name });
  if (facts.size > maxDraftJsonBytes) {
    throw new StationError('DRAFT_TOO_LARGE', {
      megabytes: Math.ceil(facts.size / 1_000_000),
      limitMb: maxDraftJsonBytes / 1_000_000,
    });
  }
  const folder = path.dirname(file);
  const isMain = /^draft_(?:content|info)$/i.test(name);
  return {
    content: await readContent(file, file),
    name: isMain ? path.basename(folder) : name,
    folder,
    // Beside a JSON of another name lie other drafts: their files are not this one's, even under equal names.
    files: isMain ? await filesBelow(folder) : [],
    addresses: new Map(),
    origin,
    serverFolder: null,
  };
}

async function statOf(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new StationError('DRAFT_PATH_NOT_FOUND', { path: file });
    throw new StationError('DRAFT_PATH_UNREADABLE', { path: file, reason: code || String(error) });
  }
}
