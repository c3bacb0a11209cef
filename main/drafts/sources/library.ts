import { access } from 'node:fs/promises';
import path from 'node:path';
import { StationError } from '../../shared/errors/index.ts';
import type { LibraryLink } from '../link.ts';
import { openLocal } from './local.ts';
import type { DraftOpener, DraftPlace } from './opener.ts';
import { openWeb } from './web.ts';

/** Drafts by id: the library folder first (`<id>/`, `<id>.zip`, `<id>.json`), then the URL template. */
export const libraryOpener: DraftOpener<LibraryLink> = {
  async check(link, place) {
    if ((await inLibrary(link.id, place)) === null && templateUrl(link.id, place) === null) {
      throw new StationError('DRAFT_NOT_IN_LIBRARY', { id: link.id });
    }
  },
  async open(link, workshop) {
    const file = await inLibrary(link.id, workshop);
    if (file !== null) return await openLocal(file, workshop);
    const url = templateUrl(link.id, workshop);
    if (url === null) throw new StationError('DRAFT_NOT_IN_LIBRARY', { id: link.id });
    return await openWeb(url, workshop);
  },
};

async function inLibrary(id: string, { settings, dataFolder }: DraftPlace): Promise<string | null> {
  const library = settings.draftLibrary === '' ? path.join(dataFolder, 'library') : settings.draftLibrary;
  for (const name of [id, `${id}.zip`, `${id}.json`]) {
    const file = path.join(library, name);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

function templateUrl(id: string, { settings }: DraftPlace): string | null {
  return settings.draftUrlTemplate === '' ? null : settings.draftUrlTemplate.replaceAll('{id}', encodeURIComponent(id));
}
