import type { DraftLink } from '../link.ts';
import { decodeOnce } from '../link-text.ts';
import { libraryLink } from './library-link.ts';

const parameter = /[?&#/;](?:draf|draft)id=(.*)$/is;
const pageHost = /^(?:[a-z0-9-]+\.)*fyshark\.com$/i;
/** The vendor's own protocol, which opens its desktop client. */
const clientProtocol = /^jianyingassistant:/i;

/**
 * Page links of the fyshark draft helper: `https://ts.fyshark.com/#/cozeToJianyin?drafId=<address or id>`.
 * The draft is in the fragment, so the page itself is never asked. The address inside comes plain, encoded once or
 * twice, quoted, with blanks, with a trailing `_`.
 */
export function recognisePage(text: string, again: (inner: string) => DraftLink): DraftLink | null {
  if (!isPageLink(text)) return null;
  const value = parameter.exec(text)?.[1];
  if (value === undefined) return null;
  const inner = innerLink(value);
  return /^https?:/i.test(inner) ? again(inner) : libraryLink(inner);
}

function isPageLink(text: string): boolean {
  if (clientProtocol.test(text)) return true;
  if (!/^https?:/i.test(text)) return /^#?\/?(?:cozeToJianyin\?)?drafId=/i.test(text);
  const url = URL.parse(text.replaceAll(/\s/g, ''));
  if (url === null) return false;
  // A route in the fragment belongs to a page; in the query only fyshark's own pages mean theirs.
  return parameter.test(url.hash) || (pageHost.test(url.hostname) && parameter.test(url.search));
}

/** The value of `drafId`, decoded and without the ornaments that workflow tools add. */
function innerLink(value: string): string {
  let inner = value.replaceAll(/\s/g, '');
  for (let layer = 0; layer < 3 && /^["']*https?%/i.test(trimmed(inner)); layer++) {
    // An encoded address ends where the next parameter of the page begins.
    inner = decodeOnce(inner.split('&')[0] ?? '');
  }
  if (/^["']*https?:/i.test(inner)) {
    // A plain address keeps its own query; without one, `&` starts a parameter of the page.
    return ornamentsOff(inner.includes('?') ? inner : (inner.split('&')[0] ?? ''));
  }
  return ornamentsOff(decodeOnce(inner.split('&')[0] ?? ''));
}

function trimmed(text: string): string {
  return text.replace(/^(?:%22|%27|["'])+/i, '');
}

function ornamentsOff(text: string): string {
  const plain = text.replaceAll(/\s/g, '').replace(/^(?:%22|%27|["'`“”])+|(?:%22|%27|["'`“”])+$/gi, '');
  return plain.includes('?') ? plain : plain.replace(/[_#]+$/, '').replace(/["'`“”]+$/, '');
}
