import { parseDraftLink } from './drafts/parse-link.ts';

const limit = 10_000;

/**
 * The canonical key of a draft link, remembered: a caller polls the same link a thousand times.
 * @throws StationError as parseDraftLink
 */
export function draftKeys(): (draftUrl: string) => string {
  const keys = new Map<string, string>();
  return (draftUrl) => {
    const known = keys.get(draftUrl);
    if (known !== undefined) return known;
    const { key } = parseDraftLink(draftUrl);
    if (keys.size >= limit) keys.clear();
    keys.set(draftUrl, key);
    return key;
  };
}
