/** Characters that only copying and pasting puts into links: controls, zero-width ones, byte order marks, directions. */
const invisible = /[\p{Cc}\p{Cf}]/gu;

const blanksAndQuotes = '\\s"\'`<>«»“”‘’「」『』【】（）({},;，；。、\\[';
const leading = new RegExp(`[${blanksAndQuotes})\\]]`);
/** A closing bracket may belong to an address; backslashes before a quote do not. */
const trailing = new RegExp(`[${blanksAndQuotes}\\]\\\\]`);

/**
 * A link as pasted, without what does not belong to it: invisible characters, surrounding blanks, quotes, brackets,
 * and one layer of percent-encoding when the whole link is encoded.
 */
export function cleanLinkText(raw: string): string {
  const text = trimmed(withoutEscapes(raw.replace(invisible, '')), leading, trailing);
  if (!/^(?:https?|file)%3a/i.test(text)) return text;
  return trimmed(decodeOnce(text), leading, trailing);
}

/**
 * Without the characters of two classes at its ends. A loop, because a pattern for the end of a text starts over at every
 * one of thousands of blanks.
 */
export function trimmed(text: string, first: RegExp | null, last: RegExp | null): string {
  let start = 0;
  let end = text.length;
  while (first !== null && start < end && first.test(text.charAt(start))) start += 1;
  while (last !== null && end > start && last.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Quotes that were escaped when JSON was put into JSON lose their backslashes. */
function withoutEscapes(text: string): string {
  const parts = text.split(/(?=["'])/);
  return parts.map((part, index) => (index < parts.length - 1 ? trimmed(part, null, /\\/) : part)).join('');
}

/** Percent-decodes once; text that is not valid percent-encoding stays as it is. */
export function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `scheme:` of a text that has one; Windows drive letters are not schemes. Lower case, without the colon. */
export function schemeOf(text: string): string | null {
  return /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** A link in a sentence for people: host and path, or the start of the text; never a query, which may hold secrets. */
export function linkForPeople(text: string): string {
  const url = URL.parse(text);
  const shown = url !== null && url.host !== '' ? addressOf(url) : (text.split('?')[0] ?? '');
  return shown.length > 200 ? `${shown.slice(0, 200)}…` : shown;
}

/** Host and path of an address; user, query and fragment are left out because they may hold secrets. */
export function addressOf(url: URL | string): string {
  const parsed = typeof url === 'string' ? URL.parse(url) : url;
  if (parsed === null) return '?';
  return `${parsed.host}${decodeForPeople(parsed.pathname)}`;
}

function decodeForPeople(path: string): string {
  const shown = decodeOnce(path);
  return shown.length > 160 ? `${shown.slice(0, 80)}…${shown.slice(-79)}` : shown;
}
