import type { DraftLink } from '../link.ts';
import { decodeOnce, trimmed } from '../link-text.ts';
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
  const written = value.replaceAll(/\s/g, '').replace(/^(?:%2[27])+|(?:%2[27])+$/g, '');
  const first = written.split('&')[0] ?? '';
  const plain = withoutQuotes(written);
  // A plain address keeps its own query; without one, `&` starts a parameter of the page.
  if (/^https?:/i.test(plain)) return plain.includes('?') ? plain : withoutQuotes(first);
  // What is encoded ends where the next parameter of the page begins. Workflow tools encode once or twice.
  let inner = withoutQuotes(decodeOnce(first));
  for (let layer = 0; layer < 2 && /^https?%/i.test(inner); layer++) inner = withoutQuotes(decodeOnce(inner));
  return /^https?:/i.test(inner) ? inner : trimmed(inner, null, /[_#]/);
}

function withoutQuotes(text: string): string {
  return trimmed(text.replaceAll(/\s/g, ''), /["'`“”]/, /["'`“”]/);
}
