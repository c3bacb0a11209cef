import { StationError } from '../../shared/errors/index.ts';
import type { WebLink } from '../link.ts';
import { addressOf, cleanLinkText, linkForPeople } from '../link-text.ts';
import { urlKey } from '../url-key.ts';

/**
 * Any http or https address.
 * @throws StationError DRAFT_LINK_UNRECOGNISED, DRAFT_LINK_CREDENTIALS
 */
export function recogniseWeb(text: string): WebLink | null {
  if (!/^https?:/i.test(text)) return null;
  const url = withoutFragment(URL.parse(text) ?? URL.parse(text.replaceAll(/\s/g, '')));
  if (url === null || url.hostname === '') {
    throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: linkForPeople(text) });
  }
  if (url.username !== '' || url.password !== '') {
    throw new StationError('DRAFT_LINK_CREDENTIALS', { address: addressOf(url) });
  }
  // Workflow tools append `_`, encoded quotes or blanks to file names.
  if (url.search === '') url.pathname = url.pathname.replace(/(\.(?:json|zip))(?:_|%20|%22|%27|'|")+$/i, '$1');
  if (url.pathname === '/' && url.search === '') {
    throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: linkForPeople(text) });
  }
  return { kind: 'url', key: urlKey(url), url: url.href };
}

/** The fragment never reaches a server; what it leaves at the end of the address may be an ornament again. */
function withoutFragment(url: URL | null): URL | null {
  if (url === null || url.hash === '') return url;
  url.hash = '';
  return URL.parse(cleanLinkText(url.href)) ?? url;
}
