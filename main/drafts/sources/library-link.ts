import { StationError } from '../../shared/errors/index.ts';
import type { LibraryLink } from '../link.ts';
import { linkForPeople, trimmed } from '../link-text.ts';

const safeId = /^[A-Za-z0-9_-]{1,64}$/;

/** @throws StationError DRAFT_LINK_UNRECOGNISED for an id that could mean more than a name */
export function libraryLink(id: string): LibraryLink {
  if (!safeId.test(id)) throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: linkForPeople(id) });
  return { kind: 'library', key: `library:${id}`, id };
}

/** An id alone, or `drafId=<id>`. A trailing `_` is an ornament of workflow tools. */
export function recogniseId(text: string): LibraryLink | null {
  const id = trimmed(/^(?:draf|draft)_?id=(.*)$/i.exec(text)?.[1] ?? text, null, /_/);
  return safeId.test(id) ? libraryLink(id) : null;
}
