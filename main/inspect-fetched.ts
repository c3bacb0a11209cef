import { readFile } from 'node:fs/promises';
import type { FetchedDraft } from './drafts/index.ts';
import { inspectDraft, type MediaKnowledge } from './drafts/inspect/index.ts';
import { parseDraftFile, readDraftWithProblems, requireSegments } from './drafts/read/index.ts';
import type { MediaInspector } from './media/facts.ts';
import type { Inspection } from './shared/inspection.ts';

/**
 * Inspects a draft that has been fetched: every media file is opened, since drafts lie about them.
 * @throws StationError when the draft has nothing to export
 */
export async function inspectFetched(
  fetched: FetchedDraft,
  media: MediaInspector,
  signal: AbortSignal,
): Promise<Inspection> {
  const json = parseDraftFile(await readFile(fetched.local.contentFile));
  const { draft, problems } = readDraftWithProblems(json, { name: fetched.local.name });
  requireSegments(draft);
  const probes = new Map<string, Promise<MediaKnowledge>>();
  const probe = (file: string): Promise<MediaKnowledge> => {
    const running = probes.get(file) ?? media.probe(file, signal).catch((): MediaKnowledge => 'unreadable');
    probes.set(file, running);
    return running;
  };
  const entries = [...fetched.media].map(
    async ([id, file]): Promise<[string, MediaKnowledge]> => [id, file === 'missing' ? 'missing' : await probe(file)],
  );
  const knowledge = new Map(await Promise.all(entries));
  signal.throwIfAborted();
  // Loaded with the first draft: the registries bring the drawing library with them.
  const { embeddedDrawability } = await import('./engines/embedded/drawability.ts');
  return inspectDraft(draft, knowledge, embeddedDrawability, { problems, nowMs: Date.now() });
}
