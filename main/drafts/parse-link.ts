import { StationError } from '../shared/errors/index.ts';
import type { DraftLink } from './link.ts';
import { cleanLinkText, linkForPeople, schemeOf } from './link-text.ts';
import { recogniseCapcutMate } from './sources/capcut-mate-link.ts';
import { recogniseId } from './sources/library-link.ts';
import { recogniseLocal } from './sources/local-link.ts';
import { recognisePage } from './sources/page.ts';
import type { Recognise } from './sources/recognise.ts';
import { refuseVectcutPreview } from './sources/vectcut-link.ts';
import { recogniseWeb } from './sources/web-link.ts';

/** Who is asked, in this order: services before the plain web address that their links also are. */
const recognisers: readonly Recognise[] = [
  recognisePage,
  refuseVectcutPreview,
  recogniseCapcutMate,
  recogniseWeb,
  recogniseLocal,
  recogniseId,
];

const maxLength = 8192;
const maxNesting = 3;

/**
 * Understands a draft link in any spelling. Pure: nothing is looked up (see `checkDraftLink`).
 * @throws StationError DRAFT_LINK_UNRECOGNISED, DRAFT_LINK_PREVIEW, DRAFT_LINK_SCHEME, DRAFT_LINK_CREDENTIALS,
 *   DRAFT_LINK_NETWORK_SHARE; nothing else, whatever the text
 */
export function parseDraftLink(raw: string): DraftLink {
  return understand(raw, 0);
}

function understand(raw: string, nesting: number): DraftLink {
  const text = raw.length > maxLength ? '' : cleanLinkText(raw);
  if (text === '' || nesting > maxNesting) {
    throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: linkForPeople(raw.slice(0, maxLength)) });
  }
  for (const recognise of recognisers) {
    const link = recognise(text, (inner) => understand(inner, nesting + 1));
    if (link !== null) return link;
  }
  const scheme = schemeOf(text);
  if (scheme !== null) throw new StationError('DRAFT_LINK_SCHEME', { scheme: `${scheme.slice(0, 40)}:` });
  throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: linkForPeople(text) });
}
