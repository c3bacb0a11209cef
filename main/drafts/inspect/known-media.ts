import { stat } from 'node:fs/promises';
import type { MediaInspector } from '../../media/facts.ts';
import { recoveryCandidates, remoteMediaUrl } from '../media-path.ts';
import type { Draft, MediaMaterial } from '../model.ts';
import { filesBelow } from '../sources/draft-files.ts';
import { everyMedia } from '../walk.ts';
import type { MediaKnowledge } from './media.ts';

const atOnce = 4;

/**
 * Looks for every media file of a draft on disk, and opens it when there is something to open it with.
 * @param folder the draft's folder, absolute
 * @param inspector null: a file that exists is `present`, whatever is in it
 */
export async function lookAtMedia(
  draft: Draft,
  folder: string,
  inspector: Pick<MediaInspector, 'probe'> | null,
  signal?: AbortSignal,
): Promise<Map<string, MediaKnowledge>> {
  const files = await filesBelow(folder);
  const known = new Map<string, MediaKnowledge>();
  const waiting = everyMedia(draft);
  const worker = async () => {
    for (let material = waiting.pop(); material !== undefined; material = waiting.pop()) {
      signal?.throwIfAborted();
      known.set(material.id, await lookAt(material, folder, files, inspector, signal));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return known;
}

async function lookAt(
  material: MediaMaterial,
  folder: string,
  files: readonly string[],
  inspector: Pick<MediaInspector, 'probe'> | null,
  signal: AbortSignal | undefined,
): Promise<MediaKnowledge> {
  for (const candidate of recoveryCandidates(material, folder, files)) {
    if (candidate.type === 'url' || !(await isFile(candidate.file))) continue;
    if (inspector === null) return 'present';
    try {
      return await inspector.probe(candidate.file, signal);
    } catch {
      signal?.throwIfAborted();
      return 'unreadable';
    }
  }
  return remoteMediaUrl(material) === null ? 'missing' : 'remote';
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() ?? false;
}
