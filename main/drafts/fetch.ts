import { access, mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import path from 'node:path';
import type { LocalDraft, StageContext } from '../engines/engine.ts';
import { type ErrorRecord, StationError } from '../shared/errors/index.ts';
import type { Settings } from '../shared/settings.ts';
import type { DraftLink } from './link.ts';
import { addressOf } from './link-text.ts';
import { MediaCache } from './media/cache.ts';
import { baseName, collectMedia, type MediaUse } from './media/collect.ts';
import { type PlannedMedia, planMedia } from './media/plan.ts';
import { extensionOfFile, ownName, transferMedia } from './media/transfer.ts';
import { failureOf } from './media/verdict.ts';
import { draftFolderPlaceholder, mediaPathForm } from './media-path.ts';
import { safeName } from './names.ts';
import { networkClient } from './network/client.ts';
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

export interface MissingMedia {
  readonly materialId: string;
  /** For people. */
  readonly name: string;
  /** Address without query, or file name. */
  readonly source: string;
  readonly reason: ErrorRecord;
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
  const filesFolder = path.join(folder, 'source');
  const mediaFolder = path.join(folder, 'media');
  try {
    await mkdir(filesFolder, { recursive: true });
    await mkdir(mediaFolder, { recursive: true });
    const opened = await openLink(link, {
      settings,
      dataFolder: environment.dataFolder,
      filesFolder,
      client,
      signal: context.signal,
      log: context.log,
      onProgress: (fraction) => context.onProgress(0.25 * fraction),
    });
    context.signal.throwIfAborted();
    context.onProgress(0.25);

    const content = opened.content as Record<string, unknown>;
    const draft = readDraft(content);
    requireSegments(draft);
    const uses = collectMedia(content);
    const plan = await planMedia(uses, opened, isThere);
    context.onProgress(0.5, { done: 0, total: plan.files.length });
    context.log('info', `The draft has ${plan.files.length} media files, ${plan.lost.length} more lead nowhere.`);

    const outcome = new Outcome(mediaFolder);
    const moved = await takeLocalFiles(plan.files, filesFolder, outcome);
    const remote = plan.files.filter(({ source }) => source.type === 'url');
    const transferred = await transferMedia(remote, {
      client,
      settings,
      cache,
      mediaFolder,
      context,
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

    const contentFile = path.join(folder, 'draft_content.json');
    await writeFile(contentFile, JSON.stringify(content));
    await rm(filesFolder, { recursive: true, force: true });
    context.onProgress(1);
    return {
      local: { folder, contentFile, name: draft.name || opened.name, durationUs: draft.durationUs },
      media: outcome.media,
      missing: outcome.missing,
    };
  } catch (error) {
    await emptyFolder(folder);
    throw context.signal.aborted ? context.signal.reason : await withDiskNamed(error, folder, settings);
  } finally {
    await cache.trim(Date.now());
    await client.close();
  }
}

/** What became of every material, written into the draft at the same time. */
class Outcome {
  readonly media = new Map<string, string | 'missing'>();
  readonly missing: MissingMedia[] = [];
  readonly #mediaFolder: string;

  constructor(mediaFolder: string) {
    this.#mediaFolder = mediaFolder;
  }

  have({ source, uses }: PlannedMedia, file: string): void {
    const isOwn = path.dirname(file) === this.#mediaFolder;
    const written = isOwn ? `${draftFolderPlaceholder}/media/${path.basename(file)}` : file;
    for (const use of uses) {
      use.assign(written, source.type === 'url' ? `${new URL(source.url).protocol}//${addressOf(source.url)}` : null);
      if (use.field === 'path') this.media.set(use.materialId, file);
    }
  }

  lose(use: MediaUse, reason: ErrorRecord): void {
    const name = safeName(baseName(use.written) || use.name || use.materialId);
    // A reversed copy can be made again from the file itself.
    use.assign(use.field === 'path' ? `${draftFolderPlaceholder}/media/missing-${name}` : '', null);
    if (use.field !== 'path') return;
    this.media.set(use.materialId, 'missing');
    if (use.need !== 'needed') return;
    const source = mediaPathForm(use.written) === 'url' ? addressOf(use.written) : baseName(use.written);
    this.missing.push({ materialId: use.materialId, name: use.name, source, reason });
  }
}

/**
 * Files that came with the draft move to the media folder; files elsewhere on this machine stay where they are.
 * @returns the new names of moved files, by their old path
 */
async function takeLocalFiles(
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

function lossReason(use: MediaUse): ErrorRecord {
  const form = mediaPathForm(use.written);
  const isForeign = form === 'windows' || form === 'posix' || form === 'network_share' || form === 'unusable';
  const file = baseName(use.written) || use.name;
  return { code: isForeign ? 'MEDIA_FOREIGN_PATH' : 'MEDIA_NOT_IN_DRAFT', params: { file } };
}

/** Material that nothing shows is not fetched; in a draft from elsewhere it may not point into this machine either. */
function settleIdle(use: MediaUse, { origin }: OpenedDraft): void {
  const form = mediaPathForm(use.written);
  const isLocalPath = form !== 'url' && form !== 'empty' && form !== 'placeholder';
  if (origin === 'remote' && isLocalPath) use.assign('', null);
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

/** A full disk is the operator's business, whatever part of the fetch met it. */
async function withDiskNamed(error: unknown, folder: string, settings: Settings): Promise<unknown> {
  const origin = error instanceof StationError && error.code === 'INTERNAL' ? error.cause : error;
  const code = origin instanceof Error && 'code' in origin ? origin.code : '';
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const free = await statfs(folder).then(
    ({ bavail, bsize }) => (bavail * bsize) / 1e9,
    () => 0,
  );
  return new StationError('DISK_SHORT', { folder, freeGb: free.toFixed(1), neededGb: settings.minFreeDiskGb });
}

async function emptyFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 3 });
}
