import path from 'node:path';
import type { MediaInspector } from '../../media/facts.ts';
import { type ErrorRecord, StationError } from '../../shared/errors/index.ts';
import { errorNote, note, reasonParams } from '../../shared/log-notes.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ExportJob, ExportResult, StageContext } from '../engine.ts';
import { Client } from './client.ts';
import type { Clock } from './clock.ts';
import type { DriverJob } from './driver/action.ts';
import { type Calibration, defaultCalibration } from './driver/calibration.ts';
import { deadlinesFor } from './driver/deadlines.ts';
import type { Memory } from './driver/memory.ts';
import { DriveFailure, drive, type RunTools } from './driver/run.ts';
import type { Tier } from './driver/scene.ts';
import { StepLog } from './driver/steps.ts';
import { collectEvidence, folderSink } from './evidence.ts';
import type { Files } from './files.ts';
import type { DraftsRoot } from './locate/drafts-root.ts';
import type { InstallFacts } from './locate/facts.ts';
import type { Install } from './locate/installs.ts';
import type { PathMap } from './paths.ts';
import { unregister } from './place/draft-index.ts';
import {
  type PlacedDraft,
  type PlaceTools,
  place,
  provokeRescan,
  registerPlaced,
  removeOwn,
  sweep,
} from './place/place.ts';
import type { KnownClient, StateStore } from './state.ts';
import type { UiBackend } from './ui/backend.ts';
import { expectedVideo, shapeFits, toleranceUs, type WantedExport, wantedExport } from './wanted.ts';
import { findOutput } from './watch/output.ts';
import { takeFile } from './watch/take.ts';

/** Everything an attempt works with; made by the engine. */
export interface AttemptTools {
  readonly ui: UiBackend;
  readonly files: Files;
  readonly clock: Clock;
  readonly paths: PathMap;
  readonly media: MediaInspector;
  readonly store: StateStore;
  readonly settings: Settings;
  readonly install: Install;
  readonly root: DraftsRoot;
  readonly facts: InstallFacts;
  onAttention(state: 'needs_desktop' | 'free'): void;
}

export interface AttemptOutcome extends ExportResult {
  /** The client is on its home page with nothing of ours open; false: it should be started again before the next one. */
  readonly clean: boolean;
}

/** One attempt: place, drive, take, verify, tidy. Leaves no draft, no half file and no open dialog behind. */
export async function runAttempt(job: ExportJob, context: StageContext, tools: AttemptTools): Promise<AttemptOutcome> {
  const { files, clock, paths, store, settings, install, root, ui } = tools;
  const { station } = await store.load();
  const localRoot = paths.fromClient(root.folder);
  const placing: PlaceTools = { files, paths, clock, root: localRoot, station };
  const client = new Client(install.exe, { ui, files, clock, stateFile: store.clientFile });
  const before = await client.look();
  const ours = await client.isOurs(before.processes);
  const running = before.processes.length > 0;
  await sweep(placing, !running);
  const placed = await place(placing, job.draft, job.taskId, job.attempt);
  context.log('info', ...note('JIANYING_PLACED', { name: placed.name, folder: root.folder }));
  const steps = new StepLog();
  let last = null as Memory | null;
  const wanted = wantedExport(job.preset, placed.content);
  const driving: RunTools = {
    ui,
    client,
    files,
    clock,
    paths,
    root: localRoot,
    outputFolders: [],
    steps,
    rescan: () => provokeRescan(placing, placed),
    log: (level, message, data) => context.log(level, message, data),
    onProgress: (fraction) => context.onProgress(fraction),
    onMemory: (memory) => {
      // Tidying starts with a memory of its own; what the export knew is kept.
      if (memory.phase !== 'tidy') last = memory;
    },
    onAttention: tools.onAttention,
  };
  let clean = false;
  let restart = true;
  let output = job.outputFile;
  try {
    if (running) await provokeRescan(placing, placed);
    else await registerPlaced(placing, placed);
    context.onProgress(0.05);
    const known = await knownClient(store, install);
    const jobFor = (tier: Tier, calibration: Calibration) =>
      driverJob(job, tools, placed, tier, calibration, known, wanted, ours || launchedByUs(last));
    const { file, memory, tier, calibration } = await exportWith(tools, driving, context, known, jobFor);
    output = withEndingOf(file, job.outputFile);
    await takeFile(files, clock, file, output, context.signal);
    context.log('info', ...note('JIANYING_WROTE', { file }));
    await store.saveClient({ ...known, tier, ...chosen(memory, wanted, known) });
    const [tidied, verified] = await Promise.allSettled([
      tidyUp(jobFor(tier, calibration), driving, context),
      verify({ ...job, outputFile: output }, tools, placed, wanted, memory, context),
    ]);
    clean = tidied.status === 'fulfilled' && tidied.value;
    if (verified.status === 'rejected') throw verified.reason;
    return { file: output, warnings: verified.value, clean };
  } catch (error) {
    // A video that was taken but did not pass is not left where a good one is expected.
    await files.remove(output).catch(() => {});
    if (!context.signal.aborted) {
      const failure = StationError.from(error);
      context.log('warn', ...errorNote(failure));
      await collectEvidence(
        folderSink(files, path.join(job.workFolder, 'evidence')),
        ui,
        client,
        steps.last(),
        failure.message,
      );
      restart = !(error instanceof DriveFailure) || error.restartClient;
    }
    throw error;
  } finally {
    if (!clean) await putBack();
    await cleanUp(placing, placed, client, last?.exportPath ?? null, paths);
  }

  /** Nothing of ours stays open: the client is led back to its home page, or ended when that is better and allowed. */
  async function putBack(): Promise<void> {
    const touched = last !== null && (last.phase !== 'home' || last.launchedMs !== null);
    const look = await client.look().catch(() => null);
    if (!touched || !last || !look || look.processes.length === 0) return;
    const mayStop = settings.jianyingMayClose || (await client.isOurs(look.processes));
    if (!restart || !mayStop) {
      const known = await knownClient(store, install);
      const calibration = (await store.calibration()) ?? defaultCalibration;
      const back = driverJob(job, tools, placed, known.tier ?? 'named', calibration, known, wanted, true);
      // A tile that was clicked a moment ago may still open.
      const notBeforeMs = last.phase === 'open' ? last.lastTryMs + openingMs : 0;
      if (await tidyUp(back, driving, { ...context, signal: new AbortController().signal }, notBeforeMs)) return;
    }
    if (mayStop) await client.stop(8_000).catch(() => {});
  }
}

const openingMs = 5_000;

const launchedByUs = (memory: Memory | null) => memory !== null && memory.launchedMs !== null;

/** Drives the export, by names where the client shows them; finds out which kind of client it is when nobody knows yet. */
async function exportWith(
  tools: AttemptTools,
  driving: RunTools,
  context: StageContext,
  known: KnownClient,
  jobFor: (tier: Tier, calibration: Calibration) => DriverJob,
): Promise<{ file: string; memory: Memory; tier: Tier; calibration: Calibration }> {
  const calibration = await tools.store.calibration();
  const attempt = async (tier: Tier) => {
    const used = calibration ?? defaultCalibration;
    // A blind client does not say where it exports to; a named one does.
    const outputFolders =
      tier === 'named'
        ? []
        : [...used.exportFolders, ...tools.facts.exportFolders].map((folder) => tools.paths.fromClient(folder));
    const { file, memory } = await drive(jobFor(tier, used), { ...driving, outputFolders }, context.signal);
    if (file === null) throw new StationError('EXPORT_FILE_MISSING');
    return { file, memory, tier, calibration: used };
  };
  if (known.tier === 'blind') {
    if (!calibration) throw new StationError('JIANYING_CALIBRATION_NEEDED', { version: known.version });
    return attempt('blind');
  }
  try {
    return await attempt('named');
  } catch (error) {
    if (!(error instanceof StationError) || error.code !== 'JIANYING_CALIBRATION_NEEDED') throw error;
    await tools.store.saveClient({ ...known, tier: 'blind' });
    if (!calibration) throw error;
    context.log('info', ...note('JIANYING_BLIND'));
    return attempt('blind');
  }
}

function driverJob(
  job: ExportJob,
  tools: AttemptTools,
  placed: PlacedDraft,
  tier: Tier,
  calibration: Calibration,
  known: KnownClient | null,
  wanted: WantedExport,
  ours: boolean,
): DriverJob {
  return {
    tier,
    durationS: job.draft.durationUs / 1e6,
    version: tools.install.version,
    draftName: placed.name,
    wanted: { resolution: wanted.resolution, fps: wanted.fps },
    remembered: { resolution: known?.resolution ?? null, fps: known?.fps ?? null },
    deadlines: deadlinesFor(job.draft.durationUs, tools.settings.patience),
    calibration,
    ours,
    mayClose: tools.settings.jianyingMayClose,
    minFreeBytes: tools.settings.minFreeDiskGb * 1e9,
    missingMedia: placed.missing.join(', '),
  };
}

async function knownClient(store: StateStore, install: Install): Promise<KnownClient> {
  const { client } = await store.load();
  if (client && client.exe === install.exe && client.version === install.version) return client;
  return { exe: install.exe, version: install.version, tier: null, resolution: null, fps: null };
}

/** What the dialog holds now, as far as it is known. */
function chosen(memory: Memory, wanted: WantedExport, known: KnownClient): Pick<KnownClient, 'resolution' | 'fps'> {
  return {
    resolution: memory.settings.resolution === 'done' ? wanted.resolution : known.resolution,
    fps: memory.settings.fps === 'done' ? wanted.fps : known.fps,
  };
}

/** The client decides which kind of file it writes: a video is named as what it is. */
function withEndingOf(written: string, wanted: string): string {
  const ending = /\.\w+$/.exec(written)?.[0] ?? '';
  return ending === '' ? wanted : wanted.replace(/\.\w+$/, ending.toLowerCase());
}

/** @throws StationError EXPORT_FILE_MISSING, EXPORT_FILE_BROKEN, JIANYING_WRONG_DRAFT */
async function verify(
  job: ExportJob,
  { media }: AttemptTools,
  placed: PlacedDraft,
  wanted: WantedExport,
  memory: Memory,
  { signal }: StageContext,
): Promise<ErrorRecord[]> {
  const found = await media.probe(job.outputFile, signal);
  await media.verify(job.outputFile, expectedVideo(job.draft.durationUs, placed.content.audible, found), {
    toleranceUs: toleranceUs(job.draft.durationUs),
    signal,
  });
  if (!shapeFits(placed.content.canvas, found))
    throw new StationError('JIANYING_WRONG_DRAFT', { found: `${found.width}x${found.height}`, name: placed.name });
  const warnings: ErrorRecord[] = [];
  const kept = (setting: string, value: string | null) =>
    warnings.push({ code: 'JIANYING_EXPORT_SETTING_KEPT', params: { setting, wanted: value ?? '' } });
  if (wanted.shortSide > 0 && Math.min(found.width, found.height) !== wanted.shortSide)
    kept('分辨率', wanted.resolution);
  if (memory.settings.fps === 'kept' && Math.abs(found.fps - wanted.fpsValue) > 0.5) kept('帧率', wanted.fps);
  return warnings;
}

/** Back to the home page; true when that worked. */
async function tidyUp(job: DriverJob, driving: RunTools, context: StageContext, notBeforeMs = 0): Promise<boolean> {
  if (context.signal.aborted) return false;
  try {
    await drive(job, { ...driving, onProgress: () => {} }, context.signal, 'tidy', notBeforeMs);
    return true;
  } catch (error) {
    if (context.signal.aborted) return false;
    context.log('warn', ...note('JIANYING_NOT_HOME', reasonParams(error)));
    return false;
  }
}

/** Removes our copy and a video that was not taken; what is still held open is swept by a later attempt. */
async function cleanUp(
  placing: PlaceTools,
  placed: PlacedDraft,
  client: Client,
  exportPath: string | null,
  paths: PathMap,
): Promise<void> {
  const { files, root } = placing;
  if (exportPath !== null) {
    const left = await findOutput(files, placed.name, paths.fromClient(exportPath), []).catch(() => null);
    if (left) await files.remove(left.file).catch(() => {});
  }
  await removeOwn(placing, `${placed.folder}.tmp`).catch(() => false);
  const removed = await removeOwn(placing, placed.folder).catch(() => false);
  const running = await client.look().then(
    (look) => look.processes.length > 0,
    () => true,
  );
  if (removed && !running) await unregister(files, root, new Set([placed.name])).catch(() => {});
}
