import path from 'node:path';

/**
 * Jianying's word for "the folder of this draft" at the start of a media path. The GUID is the same in every
 * installation (docs/draft-format.md, "Media paths").
 */
export const draftFolderPlaceholder = '##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##';

/** How a media path is written. `unresolved`: Jianying's placeholder for a resource it had not downloaded itself. */
export type MediaPathForm =
  | 'empty'
  | 'url'
  | 'placeholder'
  | 'unresolved'
  | 'windows'
  | 'network_share'
  | 'posix'
  | 'relative'
  | 'unusable';

const placeholder = /^##_draftpath_placeholder_(?:[0-9a-z-]*_)?##[\\/]*/i;
const unresolvedPlaceholder = /^##_[a-z_]*placeholder/i;
const url = /^(?:online_)?[a-z][a-z0-9+.-]+:\/\//i;
const windowsDrive = /^[a-z]:[\\/]/i;
const share = /^(?:\\\\|\/\/)[^\\/]/;
/** Zero-width and no-break characters that travel with pasted links. */
const invisible = /[\u200b-\u200d\u2060\ufeff\u00a0]/g;

/** Which form a written path has; any string has exactly one. */
export function mediaPathForm(written: string): MediaPathForm {
  const text = written.trim();
  if (text === '') return 'empty';
  if (text.includes('\0')) return 'unusable';
  if (placeholder.test(text)) return 'placeholder';
  if (unresolvedPlaceholder.test(text)) return 'unresolved';
  if (url.test(text.replace(invisible, ''))) return 'url';
  if (windowsDrive.test(text)) return 'windows';
  if (share.test(text)) return 'network_share';
  if (text.startsWith('/')) return 'posix';
  // `C:name`, `file.mp4:stream` and `\rooted` mean something only to one drive of one machine.
  return /^[a-z]:/i.test(text) || text.startsWith('\\') ? 'unusable' : 'relative';
}

/**
 * Where the file would be on this machine, absolute; whether it exists is for the caller to see. Null when the path is
 * no local one (URL, empty, unresolved resource), belongs to another operating system, or would leave the draft's
 * folder although it is written relative to it.
 * @param system whose paths can be opened; this machine's by default
 */
export function localMediaPath(
  written: string,
  draftFolder: string,
  system: 'windows' | 'posix' = process.platform === 'win32' ? 'windows' : 'posix',
): string | null {
  const text = written.trim();
  const host = system === 'windows' ? path.win32 : path.posix;
  switch (mediaPathForm(text)) {
    case 'placeholder':
      return inside(draftFolder, text.replace(placeholder, ''), host);
    case 'relative':
      return inside(draftFolder, text, host);
    case 'windows':
    case 'network_share':
      return system === 'windows' ? host.normalize(text) : null;
    case 'posix':
      return system === 'posix' ? host.normalize(text) : null;
    default:
      return null;
  }
}

function inside(folder: string, rest: string, host: typeof path.posix): string | null {
  const file = host.join(folder, rest.replaceAll('\\', '/'));
  const relative = host.relative(folder, file);
  const leaves = relative === '' || relative.split(/[\\/]/)[0] === '..' || host.isAbsolute(relative);
  return leaves ? null : file;
}

/** A written address as one that can be fetched: `online_https://` is Jianying's mark for https; null when it is none. */
function remoteAddress(written: string): string | null {
  const text = written
    .replace(invisible, '')
    .trim()
    .replace(/^online_(?=https?:\/\/)/i, '');
  return /^https?:\/\/[^/]/i.test(text) ? text : null;
}

/** Where a material can be downloaded from: its path when that is a URL, else the source its producer noted. */
export function remoteMediaUrl(material: { readonly path: string; readonly remoteUrl: string | null }): string | null {
  return remoteAddress(material.path) ?? remoteAddress(material.remoteUrl ?? '');
}

export type MediaCandidate =
  | { readonly type: 'file'; readonly file: string }
  | { readonly type: 'url'; readonly url: string };

/**
 * Where to look for a material, best first: the path as written (absolute, in the draft's folder, or its URL), a file of
 * the same name anywhere in the draft's folder (the one sharing most parent folders with the written path first), the
 * noted source.
 * @param files every file of the draft's folder, absolute
 */
export function recoveryCandidates(
  material: { readonly path: string; readonly remoteUrl: string | null; readonly name?: string },
  draftFolder: string,
  files: readonly string[] = [],
): MediaCandidate[] {
  const found: MediaCandidate[] = [];
  const form = mediaPathForm(material.path);
  const written = localMediaPath(material.path, draftFolder);
  if (written !== null) found.push({ type: 'file', file: written });
  const url = remoteMediaUrl(material);
  if (form === 'url' && url !== null) found.push({ type: 'url', url });
  const wanted = form === 'url' || form === 'unresolved' ? [] : parts(form === 'empty' ? material.name : material.path);
  const namesakes = files
    .map((file) => ({ file, shared: sharedTail(parts(file), wanted) }))
    .filter(({ file, shared }) => shared > 0 && file !== written)
    .sort((a, b) => b.shared - a.shared);
  for (const { file } of namesakes) found.push({ type: 'file', file });
  if (form !== 'url' && url !== null) found.push({ type: 'url', url });
  return found;
}

function parts(file: string | undefined): string[] {
  return (file ?? '').toLowerCase().split(/[\\/]/).filter(Boolean).reverse();
}

/** How many names two paths share, counted from the file name up. */
function sharedTail(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  return shared;
}
