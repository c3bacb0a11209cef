import path from 'node:path';
import { StationError } from '../../shared/errors/index.ts';
import type { LocalLink } from '../link.ts';
import { decodeOnce } from '../link-text.ts';

const drive = /^[a-z]:(?:[\\/]|$)/i;
const draftFile = /[\\/](?:draft_content|draft_info)\.json$/i;

/**
 * An absolute path or `file:` address on the station's machine. Windows paths are compared without regard to case and
 * kind of slash; naming the draft's own JSON is naming its folder.
 * @throws StationError DRAFT_LINK_NETWORK_SHARE: opening one would send the operator's login to whoever named it
 */
export function recogniseLocal(text: string): LocalLink | null {
  const written = fromFileAddress(text) ?? text;
  if (/^(?:\\\\|\/\/)/.test(written))
    throw new StationError('DRAFT_LINK_NETWORK_SHARE', { path: written.slice(0, 200) });
  if (written.includes('\0')) return null;
  if (drive.test(written)) {
    const file = withoutTail(path.win32.normalize(`${written}\\`), '\\');
    return { kind: 'local', key: `file:///${folderOf(file).replaceAll('\\', '/').toLowerCase()}`, path: file };
  }
  if (!written.startsWith('/')) return null;
  const file = withoutTail(path.posix.normalize(`${written}/`), '/');
  return { kind: 'local', key: `file://${folderOf(file)}`, path: file };
}

function fromFileAddress(text: string): string | null {
  if (!/^file:/i.test(text)) return null;
  const rest = text.slice('file:'.length);
  const local = /^\/\/(?:localhost)?(\/.*)$/is.exec(rest)?.[1] ?? rest;
  const decoded = decodeOnce(local);
  return /^\/[a-z]:[\\/]/i.test(decoded) ? decoded.slice(1) : decoded;
}

function folderOf(file: string): string {
  return file.replace(draftFile, '') || file;
}

/** Without the slash at the end, except that of a root. */
function withoutTail(file: string, slash: string): string {
  return file.endsWith(slash) && !/^(?:[a-z]:\\|\/)$/i.test(file) ? file.slice(0, -1) : file;
}
