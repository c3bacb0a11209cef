import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import path from 'node:path';
import type { LocalDraft, StageContext } from '../engines/engine.ts';
import { StationError } from '../shared/errors/index.ts';
import { note } from '../shared/log-notes.ts';
import type { Settings } from '../shared/settings.ts';
import { withDiskNamed } from './full-disk.ts';
import type { DraftLink } from './link.ts';
import { MediaCache } from './media/cache.ts';
import { collectMedia } from './media/collect.ts';
import { lossReason, type MissingMedia, Outcome, settleIdle, takeLocalFiles } from './media/outcome.ts';
import { planMedia } from './media/plan.ts';
import { transferMedia } from './media/transfer.ts';
import { failureOf } from './media/verdict.ts';
import { type NetworkClient, networkClient } from './network/client.ts';
import { defaultNetworkLimits, type NetworkLimits, patientLimits } from './network/limits.ts';
import { readDraft, requireSegments } from './read/index.ts';
import { rewriteOtherPaths } from './rewrite.ts';
import { openLink } from './sources/index.ts';
import type { OpenedDraft } from './sources/opener.ts';

export interface FetchEnvironment {
  /** Empty folder of this task, absolute; emptied again when the fetch fails. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly settings: Settings;
  /** Where downloaded media is kept for the next draft; absolute. */
  readonly cacheFolder: string;
  /** For tests: shorter deadlines, another name resolution. */
  readonly limits?: NetworkLimits;
  readonly lookup?: LookupFunction;
}

export interface FetchedDraft {
  readonly local: LocalDraft;
  /** By material id: the absolute file, or that there is none. Materials that no segment uses are absent. */
  readonly media: ReadonlyMap<string, string | 'missing'>;
  readonly missing: readonly MissingMedia[];
}

/**
 * Brings a draft and its media onto the disk: `draft_content.json` and `media/` in the task's folder, which may be moved
 * afterwards. Progress: 0..0.25 the draft, ..0.5 its media looked up, ..1 the media by bytes.
 *
 * Media that the draft does not contain and names no address for is reported in `missing`. Media with an address that
 * cannot be had fails the fetch: for good when the server says so, for now when the network is the trouble.
 * @throws StationError; the signal's reason when it is aborted. The folder is empty then.
 */
export async function fetchDraft(
  link: DraftLink,
  environment: FetchEnvironment,
  context: StageContext,
): Promise<FetchedDraft> {
  const { settings, folder } = environment;
  const client = networkClient({
    allowedHosts: settings.mediaHosts,
    limits: environment.limits ?? patientLimits(defaultNetworkLimits, settings.patience),
    ...(environment.lookup === undefined ? {} : { lookup: environment.lookup }),
  });
  const cache = new MediaCache(environment.cacheFolder, settings.mediaCacheGb * 1_000_000_000);
  const workshop = { settings, client, cache, context, ...(await makeFolders(folder)) };
  try {
    const opened = await openLink(link, {
      ...workshop,
      dataFolder: environment.dataFolder,
      signal: context.signal,
      log: context.log,
      onProgress: (fraction, detail) => context.onProgress(0.25 * fraction, detail),
    });
    context.signal.throwIfAborted();
    context.onProgress(0.25);
    const draft = readDraft(opened.content);
    requireSegments(draft);
    const content = opened.content as Record<string, unknown>;
    const { media, missing } = await settleMedia(content, opened, workshop);

    const contentFile = path.join(folder, 'draft_content.json');
    await writeFile(contentFile, asText(content));
    await rm(workshop.filesFolder, { recursive: true, force: true });
    context.onProgress(1);
    const local = { folder, contentFile, name: draft.name || opened.name, durationUs: draft.durationUs };
    return { local, media, missing };
  } catch (error) {
    await emptyFolder(folder);
    throw context.signal.aborted ? context.signal.reason : await withDiskNamed(error, folder, settings.minFreeDiskGb);
  } finally {
    await cache.trim(Date.now());
    await client.close();
  }
}

interface MediaWorkshop {
  readonly settings: Settings;
  readonly client: NetworkClient;
  readonly cache: MediaCache;
  readonly context: StageContext;
  /** Files that the draft brought along; thrown away in the end. */
  readonly filesFolder: string;
  readonly mediaFolder: string;
}

async function makeFolders(folder: string): Promise<Pick<MediaWorkshop, 'filesFolder' | 'mediaFolder'>> {
  const filesFolder = path.join(folder, 'source');
  const mediaFolder = path.join(folder, 'media');
  await mkdir(filesFolder, { recursive: true });
  await mkdir(mediaFolder, { recursive: true });
  return { filesFolder, mediaFolder };
}

/**
 * Finds or downloads every media file that the draft needs and writes where it is into the draft.
 * @param content changed in place
 */
async function settleMedia(
  content: Record<string, unknown>,
  opened: OpenedDraft,
  workshop: MediaWorkshop,
): Promise<Outcome> {
  const { context, filesFolder, mediaFolder } = workshop;
  const uses = collectMedia(content);
  const plan = await planMedia(uses, opened, isThere);
  const outcome = new Outcome(mediaFolder);
  const moved = await takeLocalFiles(plan.files, filesFolder, outcome);
  context.onProgress(0.5, { done: 0, total: plan.files.length });
  context.log('info', ...note('MEDIA_COUNTED', { files: plan.files.length, lost: plan.lost.length }));

  const remote = plan.files.filter(({ source }) => source.type === 'url');
  const transferred = await transferMedia(remote, {
    ...workshop,
    onProgress: (fraction, detail) => context.onProgress(0.5 + 0.5 * fraction, detail),
  });
  const failure = failureOf(transferred);
  if (failure !== null) throw failure;
  for (const { media, result } of transferred) {
    if ('name' in result) outcome.have(media, path.join(mediaFolder, result.name));
    else for (const use of media.uses) outcome.lose(use, result.failure.toRecord());
  }
  for (const use of plan.lost) outcome.lose(use, lossReason(use));
  for (const use of uses.filter(({ need }) => need === 'idle')) settleIdle(use, opened);
  await rewriteOtherPaths(content, opened, { filesFolder, mediaFolder, moved });
  return outcome;
}

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

/** @throws StationError DRAFT_DAMAGED for nesting that no draft has and JSON cannot write */
function asText(content: object): string {
  try {
    return JSON.stringify(content);
  } catch (error) {
    throw new StationError('DRAFT_DAMAGED', { reason: 'nested too deep' }, { cause: error });
  }
}

async function emptyFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 3 });
}
