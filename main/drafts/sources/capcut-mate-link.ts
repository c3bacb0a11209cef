import type { CapcutMateLink } from '../link.ts';
import { trimmed } from '../link-text.ts';
import { urlKey } from '../url-key.ts';

const safeId = /^[A-Za-z0-9_-]{1,64}$/;

/** `https://<any host>/<any prefix>/get_draft?draft_id=<id>`; other parameters do not tell drafts apart. */
export function recogniseCapcutMate(text: string): CapcutMateLink | null {
  if (!/^https?:/i.test(text)) return null;
  const url = URL.parse(text.replaceAll(/\s/g, ''));
  if (url === null || !/\/get_draft\/?$/.test(url.pathname)) return null;
  const draftId = trimmed(url.searchParams.get('draft_id') ?? '', null, /["'_\s]/);
  if (!safeId.test(draftId) || url.username !== '' || url.password !== '') return null;
  url.pathname = url.pathname.replace(/\/$/, '');
  url.hash = '';
  url.searchParams.set('draft_id', draftId);
  const identity = new URL(url);
  identity.search = `?draft_id=${draftId}`;
  return { kind: 'capcut-mate', key: urlKey(identity), url: url.href, draftId };
}
