import { StationError } from '../../shared/errors/index.ts';
import { linkForPeople } from '../link-text.ts';

const draftId = /^dfd_cat_\d+_[0-9a-f]+$/i;

/**
 * VectCut / CapCutAPI: `draft_url` of its editing calls is a web page (`/draft/downloader?draft_id=dfd_cat_...`), only
 * `save_draft` gives a zip.
 * @throws StationError DRAFT_LINK_PREVIEW
 */
export function refuseVectcutPreview(text: string): null {
  if (!/^https?:/i.test(text)) return null;
  const url = URL.parse(text);
  if (url === null) return null;
  const id = url.searchParams.get('draft_id') ?? '';
  const isPreview = /\/draft\/downloader\/?$/.test(url.pathname) || (draftId.test(id) && !isFile(url.pathname));
  if (isPreview) throw new StationError('DRAFT_LINK_PREVIEW', { link: linkForPeople(text) });
  return null;
}

function isFile(path: string): boolean {
  return /\.(?:zip|json)$/i.test(path) || /\/get_draft\/?$/.test(path);
}
