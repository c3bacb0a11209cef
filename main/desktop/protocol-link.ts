import { parseUrl } from './parse-url.ts';

/** `jianying-station://render?draft_url=…`, registered with the system by the app. */
export const protocolScheme = 'jianying-station';

const longestDraftUrl = 4096;
// C0 and C1 controls and bidirectional overrides could make the question show another link than the one submitted.
const misleading = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * The draft that a protocol link asks to render; null when it is none of ours. Any web page can open such a link, so
 * this only reads it: a person is asked before anything happens.
 */
export function parseProtocolLink(link: string): string | null {
  const url = parseUrl(link);
  if (url === null || url.protocol !== `${protocolScheme}:`) return null;
  // Systems differ in whether they add a slash after the name.
  if (url.host !== 'render' || !/^\/?$/.test(url.pathname)) return null;
  const drafts = url.searchParams.getAll('draft_url');
  const draftUrl = drafts[0]?.trim() ?? '';
  if (drafts.length !== 1 || draftUrl === '' || draftUrl.length > longestDraftUrl) return null;
  return misleading.test(draftUrl) ? null : draftUrl;
}
