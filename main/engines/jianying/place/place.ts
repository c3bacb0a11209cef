import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { StationError } from '../../../shared/errors/index.ts';
import type { LocalDraft } from '../../engine.ts';
import type { Clock } from '../clock.ts';
import type { Files } from '../files.ts';
import type { PathMap } from '../paths.ts';
import { type RewrittenContent, rewriteContent } from './content.ts';
import { register, restoreIfBroken, unregister } from './draft-index.ts';
import { isOurs, markerFile, writeMarker } from './marker.ts';
import { type DraftMeta, draftMetaInfo, indexEntry } from './meta.ts';

export interface PlaceTools {
  readonly files: Files;
  readonly paths: PathMap;
  readonly clock: Clock;
  /** Drafts folder of the client, as the station sees it. */
  readonly root: string;
  readonly station: string;
}

/** Our copy of a draft inside the client's drafts folder. */
export interface PlacedDraft {
  readonly name: string;
  /** As the station sees it. */
  readonly folder: string;
  readonly content: RewrittenContent;
  readonly meta: DraftMeta;
  /** Media files that the draft wants and that are not there; names for people. */
  readonly missing: readonly string[];
}

/**
 * Copies the draft into the client's folder under a short ASCII name that nothing else has. The fetched draft itself is
 * never given to the client: newer ones encrypt what they open, so every attempt gets a fresh copy.
 * @throws StationError JIANYING_DRAFT_UNREADABLE, JIANYING_PLACE_FAILED
 */
export async function place(tools: PlaceTools, draft: LocalDraft, task: string, attempt: number): Promise<PlacedDraft> {
  const { files, paths, clock, root, station } = tools;
  const name = await freeName(tools);
  const folder = path.join(root, name);
  const source = await files.read(draft.contentFile);
  const id = randomUUID().toUpperCase();
  const content = rewriteContent(source, draft.folder, folder, paths, id);
  try {
    await files.copyFolder(draft.folder, folder);
    await writeMarker(files, folder, { station, name, task, attempt, madeAtMs: clock.now() });
    // What a client wrote for another version of this draft would win over the file below.
    for (const stale of [
      'Timelines',
      'timeline_layout.json',
      '.locked',
      '.backup',
      'template-2.tmp',
      'draft_content.json.bak',
    ])
      await files.remove(path.join(folder, stale));
    await files.write(path.join(folder, 'draft_content.json'), content.text);
    await files.write(path.join(folder, 'draft_info.json'), content.text);
    const meta: DraftMeta = {
      id,
      name,
      folder: paths.toClient(folder),
      root: paths.toClient(root),
      contentFile: paths.toClient(path.join(folder, 'draft_content.json')),
      durationUs: draft.durationUs,
      nowUs: clock.now() * 1000,
      media: content.media,
      bytes: content.text.length,
    };
    await files.write(path.join(folder, 'draft_meta_info.json'), JSON.stringify(draftMetaInfo(meta)));
    const missing: string[] = [];
    for (const media of content.media)
      if (media.localPath === null || !(await files.facts(media.localPath)))
        missing.push(media.name || media.materialId);
    return { name, folder, content, meta, missing };
  } catch (cause) {
    await files.remove(folder).catch(() => {});
    if (cause instanceof StationError) throw cause;
    throw new StationError('JIANYING_PLACE_FAILED', { folder: root, reason: reasonOf(cause) }, { cause });
  }
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

async function freeName({ files, root }: PlaceTools): Promise<string> {
  const taken = new Set(await files.list(root));
  for (;;) {
    const name = `q-${randomBytes(3).toString('hex')}`;
    if (!taken.has(name)) return name;
  }
}

/** Adds the copy to the client's list; only while it is not running. */
export function registerPlaced(tools: PlaceTools, placed: PlacedDraft): Promise<boolean> {
  return register(tools.files, tools.root, indexEntry(placed.meta));
}

/** A running client reads its folder again when a folder appears and goes: `<name>.tmp` does both. */
export async function provokeRescan(tools: PlaceTools, placed: PlacedDraft): Promise<void> {
  const temporary = `${placed.folder}.tmp`;
  await removeOwn(tools, temporary);
  await tools.files.makeFolder(temporary);
  for (const name of [markerFile, 'draft_content.json', 'draft_meta_info.json'])
    await tools.files.copyFile(path.join(placed.folder, name), path.join(temporary, name));
  await removeOwn(tools, temporary);
}

/** Removes a draft folder if it is ours; false when it is not, or is still held open. */
export async function removeOwn(tools: PlaceTools, folder: string): Promise<boolean> {
  if (!(await isOurs(tools.files, folder, tools.station))) return false;
  for (let tries = 0; tries < 10; tries++) {
    try {
      // The marker goes last: a folder that could be removed only in part stays ours, and is swept later.
      for (const name of await tools.files.list(folder))
        if (name !== markerFile) await tools.files.remove(path.join(folder, name));
      await tools.files.remove(folder);
      return true;
    } catch {
      await tools.clock.sleep(500);
    }
  }
  return false;
}

/** Removes what earlier attempts left behind, and takes it off the list when the client is not running. */
export async function sweep(
  tools: PlaceTools,
  clientRunning: boolean,
  keep: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await tools.files.list(tools.root)) {
    if (keep.has(name) || !name.startsWith('q-')) continue;
    if (await removeOwn(tools, path.join(tools.root, name))) removed.push(name);
  }
  if (!clientRunning) {
    await restoreIfBroken(tools.files, tools.root);
    if (removed.length > 0) await unregister(tools.files, tools.root, new Set(removed));
  }
  return removed;
}
