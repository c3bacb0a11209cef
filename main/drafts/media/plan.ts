import path from 'node:path';
import { type MediaCandidate, recoveryCandidates } from '../media-path.ts';
import type { OpenedDraft } from '../sources/opener.ts';
import { baseName, type MediaUse } from './collect.ts';

/** A file that the draft needs, wherever it comes from, and every place of the draft that names it. */
export interface PlannedMedia {
  readonly source: MediaCandidate;
  readonly uses: readonly MediaUse[];
}

export interface MediaPlan {
  readonly files: readonly PlannedMedia[];
  /** Nothing leads to a file. */
  readonly lost: readonly MediaUse[];
}

/**
 * Where every media file comes from. One address or file used by many materials is one planned file. A draft made by
 * somebody else gets no file of this machine except its own.
 * @param exists whether a local file is there
 */
export async function planMedia(
  uses: readonly MediaUse[],
  draft: Pick<OpenedDraft, 'folder' | 'files' | 'addresses' | 'origin' | 'serverFolder'>,
  exists: (file: string) => Promise<boolean>,
): Promise<MediaPlan> {
  const own = new Set(draft.files);
  const namesakes = Map.groupBy(draft.files, (file) => path.basename(file).toLowerCase());
  const planned = new Map<string, { source: MediaCandidate; uses: MediaUse[] }>();
  const lost: MediaUse[] = [];
  for (const use of uses) {
    if (use.need === 'idle') continue;
    const found = await firstUsable(candidatesOf(use, draft, namesakes), draft.origin, own, exists);
    const source = found?.type === 'file' ? whereItIs(found, draft.addresses) : found;
    if (source === null) {
      lost.push(use);
      continue;
    }
    const key = source.type === 'file' ? source.file : source.url;
    const known = planned.get(key);
    if (known === undefined) planned.set(key, { source, uses: [use] });
    else known.uses.push(use);
  }
  return { files: [...planned.values()], lost };
}

/** A file of the draft that is still on its server is an address. */
function whereItIs(found: MediaCandidate & { type: 'file' }, addresses: ReadonlyMap<string, string>): MediaCandidate {
  const url = addresses.get(found.file);
  return url === undefined ? found : { type: 'url', url };
}

function candidatesOf(
  use: MediaUse,
  draft: Pick<OpenedDraft, 'folder' | 'serverFolder'>,
  namesakes: ReadonlyMap<string, readonly string[]>,
): MediaCandidate[] {
  const written = withinServerFolder(use.written, draft.serverFolder) ?? use.written;
  const name = baseName(written.trim() === '' ? use.name : written).toLowerCase();
  return recoveryCandidates(
    { path: written, remoteUrl: use.remoteUrl, name: use.name },
    draft.folder,
    namesakes.get(name) ?? [],
  );
}

/** `/app/output/draft/<id>/assets/a.mp4` is `assets/a.mp4` of this draft, whatever the server's root is. */
function withinServerFolder(written: string, serverFolder: string | null): string | null {
  if (serverFolder === null || /^[a-z][a-z0-9+.-]+:\/\//i.test(written)) return null;
  const plain = written.replaceAll('\\', '/');
  const marker = `/${serverFolder}/`;
  const at = plain.indexOf(marker);
  return at < 0 ? null : plain.slice(at + marker.length);
}

async function firstUsable(
  candidates: readonly MediaCandidate[],
  origin: OpenedDraft['origin'],
  own: ReadonlySet<string>,
  exists: (file: string) => Promise<boolean>,
): Promise<MediaCandidate | null> {
  for (const candidate of candidates) {
    if (candidate.type === 'url') return candidate;
    if (own.has(candidate.file) || (origin === 'local' && (await exists(candidate.file)))) return candidate;
  }
  return null;
}
