import { rename } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorRecord } from '../../shared/errors/index.ts';
import { addressOf } from '../link-text.ts';
import { draftFolderPlaceholder, mediaPathForm } from '../media-path.ts';
import { safeName } from '../names.ts';
import type { OpenedDraft } from '../sources/opener.ts';
import { baseName, type MediaUse } from './collect.ts';
import type { PlannedMedia } from './plan.ts';
import { extensionOfFile, ownName } from './transfer.ts';

export interface MissingMedia {
  readonly materialId: string;
  /** For people. */
  readonly name: string;
  /** Address without query, or file name. */
  readonly source: string;
  readonly reason: ErrorRecord;
}

/** What became of every material, written into the draft at the same time. */
export class Outcome {
  readonly media = new Map<string, string | 'missing'>();
  readonly missing: MissingMedia[] = [];
  readonly #mediaFolder: string;

  constructor(mediaFolder: string) {
    this.#mediaFolder = mediaFolder;
  }

  have({ source, uses }: PlannedMedia, file: string): void {
    const isOwn = path.dirname(file) === this.#mediaFolder;
    const written = isOwn ? `${draftFolderPlaceholder}/media/${path.basename(file)}` : file;
    const origin = source.type === 'url' ? withoutQuery(source.url) : null;
    for (const use of uses) {
      use.assign(written, origin);
      if (use.field === 'path') this.media.set(use.materialId, file);
    }
  }

  lose(use: MediaUse, reason: ErrorRecord): void {
    const name = safeName(baseName(use.written) || use.name || use.materialId);
    // A reversed copy can be made again from the file itself.
    use.assign(use.field === 'reverse_path' ? '' : `${draftFolderPlaceholder}/media/missing-${name}`, null);
    if (use.field === 'path') this.media.set(use.materialId, 'missing');
    if (use.need !== 'needed') return;
    const source = mediaPathForm(use.written) === 'url' ? addressOf(use.written) : baseName(use.written);
    this.missing.push({ materialId: use.materialId, name: use.name, source, reason });
  }
}

/**
 * Files that came with the draft move to the media folder; files elsewhere on this machine stay where they are.
 * @returns the new names of moved files, by their old path
 */
export async function takeLocalFiles(
  files: readonly PlannedMedia[],
  filesFolder: string,
  outcome: Outcome,
): Promise<Map<string, string>> {
  const moved = new Map<string, string>();
  const mediaFolder = path.join(path.dirname(filesFolder), 'media');
  for (const [index, media] of files.entries()) {
    if (media.source.type !== 'file') continue;
    const { file } = media.source;
    if (!isInside(file, filesFolder)) {
      outcome.have(media, file);
      continue;
    }
    const name = `${ownName(index, path.relative(filesFolder, file))}-d${await extensionOfFile(file, file)}`;
    const place = path.join(mediaFolder, name);
    await rename(file, place);
    moved.set(file, name);
    outcome.have(media, place);
  }
  return moved;
}

/** Why a path leads to no file, for the task's warnings. */
export function lossReason(use: MediaUse): ErrorRecord {
  const form = mediaPathForm(use.written);
  const isForeign = form === 'windows' || form === 'posix' || form === 'network_share' || form === 'unusable';
  const file = baseName(use.written) || use.name;
  return { code: isForeign ? 'MEDIA_FOREIGN_PATH' : 'MEDIA_NOT_IN_DRAFT', params: { file } };
}

/** Material that nothing shows is not fetched; in a draft from elsewhere it may not point into this machine either. */
export function settleIdle(use: MediaUse, { origin }: OpenedDraft): void {
  const form = mediaPathForm(use.written);
  const isLocalPath = form !== 'url' && form !== 'empty' && form !== 'placeholder';
  if (origin === 'remote' && isLocalPath) use.assign('', null);
}

/** An address that may be kept: signatures are in the query. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
