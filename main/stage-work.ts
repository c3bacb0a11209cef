import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type FetchedDraft, fetchDraft, parseDraftLink, withDiskNamed } from './drafts/index.ts';
import { chooseEngine } from './engine-choice.ts';
import type { Engine, EngineHealth, LocalDraft } from './engines/engine.ts';
import { inspectFetched } from './inspect-fetched.ts';
import type { MediaInspector } from './media/facts.ts';
import type { StationPaths } from './paths.ts';
import { placeVideo, videoName } from './publish/local.ts';
import type { StageWork } from './queue/stages.ts';
import { sampleFolder } from './sample/index.ts';
import type { ErrorRecord } from './shared/errors/index.ts';
import { note } from './shared/log-notes.ts';
import type { Settings } from './shared/settings.ts';
import type { EngineId } from './shared/task.ts';
import type { SpawnWorker } from './workers/spawn.ts';

export interface WorkTools {
  readonly paths: StationPaths;
  readonly settings: () => Settings;
  readonly engines: Readonly<Record<EngineId, Engine>>;
  /** The Jianying client's health, remembered for a short while. */
  readonly jianyingHealth: () => Promise<EngineHealth>;
  readonly media: MediaInspector;
  /** Makes the sample's media. */
  readonly spawn: SpawnWorker;
}

/** A fetched draft and the engine that was chosen for it. */
export interface ReadyDraft {
  readonly local: LocalDraft;
  readonly engine: EngineId;
}

const coverSize = 480;

/** What the stages do, put together from drafts, engines and publishing. */
export function stageWork(tools: WorkTools): StageWork<ReadyDraft> {
  const { paths, settings, engines, media } = tools;
  const draftFolder = (id: string) => path.join(paths.task(id), 'draft');
  const workFolder = (id: string) => path.join(paths.task(id), 'work');

  return {
    async fetch(task, context) {
      const folder = draftFolder(task.id);
      await emptyFolder(folder);
      // Its folder is its link; what is in it is made when it is wanted for the first time.
      if (task.draftUrl === paths.sample) {
        if (!existsSync(paths.sample)) context.log('info', ...note('SAMPLE_MADE'));
        await sampleFolder(paths.sample, tools.spawn, context.signal);
      }
      const environment = { folder, dataFolder: paths.data, settings: settings(), cacheFolder: paths.cache };
      const fetched = await fetchDraft(parseDraftLink(task.draftUrl), environment, context);
      const inspection = await inspectFetched(fetched, media, context.signal);
      const engine = chooseEngine(settings(), inspection, await tools.jianyingHealth());
      context.log('info', ...note(engine === 'embedded' ? 'ENGINE_EMBEDDED' : 'ENGINE_JIANYING'));
      const warnings = engine === 'embedded' ? missingWarnings(fetched) : [];
      return {
        draft: { local: fetched.local, engine },
        name: fetched.local.name,
        durationMs: fetched.local.durationUs / 1000,
        engine,
        inspection,
        warnings,
      };
    },

    async export(task, draft, context) {
      const folder = workFolder(task.id);
      await emptyFolder(folder);
      const { preset } = settings();
      const outputFile = path.join(folder, videoName(task.id, `.${preset.container}`));
      const job = {
        taskId: task.id,
        attempt: task.attempt,
        draft: draft.local,
        preset,
        outputFile,
        workFolder: folder,
      };
      try {
        const result = await engines[draft.engine].export(job, context);
        return { file: result.file, warnings: result.warnings };
      } catch (error) {
        await keepEvidence(folder, path.join(paths.task(task.id), 'evidence'));
        throw await withDiskNamed(error, folder, settings().minFreeDiskGb);
      }
    },

    async publish(task, _draft, exported, context) {
      const chosen = settings();
      const coverFile = path.join(paths.task(task.id), 'cover.jpg');
      const hasCover = await media.cover(exported.file, coverFile, coverSize).then(
        () => true,
        (error: unknown) => {
          context.log('warn', ...note('NO_COVER', { reason: String(error) }));
          return false;
        },
      );
      context.signal.throwIfAborted();
      const folder = outputFolder(chosen, paths);
      const placed = await placeVideo(exported.file, task.id, folder).catch(async (error: unknown) => {
        throw await withDiskNamed(error, folder, chosen.minFreeDiskGb);
      });
      let videoUrl = `/v1/videos/${placed.name}`;
      if (chosen.s3.enabled) {
        const { signal, onProgress } = context;
        // Loaded when needed: the client library is larger than the station.
        const { uploadVideo } = await import('./publish/object-storage.ts');
        videoUrl = await uploadVideo(chosen.s3, placed.file, placed.name, { signal, onProgress, bytes: placed.bytes });
      }
      context.onProgress(1);
      return { videoUrl, videoFile: placed.file, videoBytes: placed.bytes, hasCover };
    },

    async cleanUp(task, end) {
      await removeQuietly(workFolder(task.id));
      // A finished task's draft is kept for a while (retention); one that runs again is fetched afresh.
      if (end === 'cancelled' || end === 'put_back') await removeQuietly(draftFolder(task.id));
      // A file that was placed just before the attempt ended otherwise belongs to nobody.
      if (end === 'cancelled' || end === 'failed') {
        const folder = outputFolder(settings(), paths);
        for (const extension of ['.mp4', '.mov']) await removeQuietly(path.join(folder, videoName(task.id, extension)));
      }
    },
  };
}

/** Where finished videos go. */
export function outputFolder(settings: Settings, paths: StationPaths): string {
  return settings.outputFolder === '' ? paths.videos : settings.outputFolder;
}

function missingWarnings(fetched: FetchedDraft): ErrorRecord[] {
  return fetched.missing.map((missing) => missing.reason);
}

async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await mkdir(folder, { recursive: true });
}

async function keepEvidence(workFolder: string, evidenceFolder: string): Promise<void> {
  const written = path.join(workFolder, 'evidence');
  if (!existsSync(written)) return;
  await removeQuietly(evidenceFolder);
  await cp(written, evidenceFolder, { recursive: true }).catch(() => {});
}

/** Something that cannot be removed now (a scanner holds it) is left for retention. */
async function removeQuietly(target: string): Promise<void> {
  await rm(target, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}
