import path from 'node:path';
import type { MediaInspector } from '../../media/facts.ts';
import { StationError } from '../../shared/errors/index.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SpawnWorker } from '../../workers/spawn.ts';
import type { Engine, EngineHealth, ExportJob, ExportResult, StageContext } from '../engine.ts';
import { type AttemptTools, runAttempt } from './attempt.ts';
import { Client, clientOnly } from './client.ts';
import { type Clock, systemClock } from './clock.ts';
import { shareOf } from './driver/calibration.ts';
import { diskFiles, type Files } from './files.ts';
import { writeDiagnosis } from './health/diagnose.ts';
import { preflight } from './health/preflight.ts';
import { type Probe, probeClient } from './health/probe.ts';
import { unavailableHealth } from './health/report.ts';
import { FailureStreak } from './health/streak.ts';
import { settingFile, switchGuard } from './health/update-guard.ts';
import { findDraftsRoot } from './locate/drafts-root.ts';
import { chooseInstall, findInstalls } from './locate/installs.ts';
import { type PathMap, samePaths } from './paths.ts';
import { StateStore } from './state.ts';
import type { UiBackend } from './ui/backend.ts';
import { createWindowsUi } from './windows/host.ts';

export interface JianyingDeps {
  readonly spawn: SpawnWorker;
  readonly settings: () => Settings;
  readonly media: MediaInspector;
  /** The station's data folder; the engine keeps its state in `jianying/` below it. */
  readonly dataFolder: string;
  /** Where the client runs; default: this system. */
  readonly platform?: NodeJS.Platform;
  readonly clock?: Clock;
  readonly files?: Files;
  readonly paths?: PathMap;
  /** Default: the Windows backend in a child process. */
  readonly ui?: UiBackend;
  /** A person or a locked desktop is in the driver's way, and then no more. */
  readonly onAttention?: (state: 'needs_desktop' | 'free', task: string) => void;
}

export interface JianyingEngine extends Engine {
  /** Writes what is needed to support this computer's client into a zip: versions, paths, windows, trees, health. */
  diagnose(zipFile: string): Promise<void>;
  /**
   * Where the mouse is, as shares of the client's window or dialog below it: what a calibration is made of. Null when it is
   * over no window of the client.
   */
  mouseSpot(): Promise<{ window: string; share: readonly [number, number] } | null>;
  /**
   * Switches the guard against the client's automatic update, in the client's own setting file. A client that the station
   * started is closed first.
   * @throws StationError JIANYING_GUARD_CLIENT_RUNNING, JIANYING_GUARD_NO_FILE, JIANYING_GUARD_FAILED ...
   */
  switchGuard(on: boolean): Promise<void>;
  /** What the desktop learned about the session; it is also looked up before every step. */
  sessionChanged(state: SessionChange): void;
  /** Ends the child process. */
  close(): void;
}

export type SessionChange = 'locked' | 'unlocked' | 'suspended' | 'resumed';

/** A client slows down with every export; the blind one is started anew each time. */
const exportsPerClient = 18;
/** For a client to end by itself when it is asked. */
const closePatienceMs = 8_000;

/** The engine that drives the installed Jianying client. Exports one draft at a time: the client is one window. */
export function createJianyingEngine(deps: JianyingDeps): JianyingEngine {
  const platform = deps.platform ?? process.platform;
  const clock = deps.clock ?? systemClock;
  const files = deps.files ?? diskFiles;
  const paths = deps.paths ?? samePaths;
  const store = new StateStore(files, deps.dataFolder);
  const streak = new FailureStreak();
  const ui = deps.ui ?? createWindowsUi(deps.spawn);
  let turn: Promise<unknown> = Promise.resolve();
  let exportsDone = 0;
  let exporting = false;

  /** One at a time, in order; a probe must not look while an export clicks. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work, work);
    turn = result.catch(() => {});
    return result;
  }

  /** @throws StationError when nothing can be exported now */
  async function prepare(job: ExportJob): Promise<AttemptTools> {
    const settings = deps.settings();
    const facts = await ui.installFacts(settings.jianyingExe, settings.jianyingDrafts);
    const install = chooseInstall(findInstalls(facts), settings.jianyingExe);
    if (!install) throw new StationError('JIANYING_NOT_FOUND');
    const root = findDraftsRoot(facts, settings.jianyingDrafts);
    if (!root)
      throw new StationError('JIANYING_DRAFTS_FOLDER_MISSING', {
        folder: settings.jianyingDrafts || facts.localAppData,
      });
    await preflight({
      ui,
      files,
      store,
      settings,
      install,
      localRoot: paths.fromClient(root.folder),
      durationUs: job.draft.durationUs,
    });
    return {
      ui,
      files,
      clock,
      paths,
      media: deps.media,
      store,
      settings,
      install,
      root,
      facts,
      onAttention: (state) => deps.onAttention?.(state, job.taskId),
    };
  }

  async function exportOnce(job: ExportJob, context: StageContext): Promise<ExportResult> {
    context.signal.throwIfAborted();
    const tools = await prepare(job);
    const { file, warnings, clean } = await runAttempt(job, context, tools);
    exportsDone++;
    const known = (await store.load()).client;
    if (clean && (known?.tier === 'blind' || exportsDone >= exportsPerClient)) {
      exportsDone = 0;
      await restartIfOurs(tools);
    }
    return { file, warnings };
  }

  /** Fresh clients misbehave less; one that a person started is left alone. */
  async function restartIfOurs(tools: AttemptTools): Promise<void> {
    const client = new Client(tools.install.exe, { ui, files, clock, stateFile: store.clientFile });
    const look = await client.look();
    if (tools.settings.jianyingMayClose || (await client.isOurs(look.processes))) await client.stop(closePatienceMs);
  }

  async function setGuard(on: boolean): Promise<void> {
    const { jianyingExe, jianyingDrafts, jianyingMayClose } = deps.settings();
    const facts = await ui.installFacts(jianyingExe, jianyingDrafts);
    const install = chooseInstall(findInstalls(facts), jianyingExe);
    if (!install) throw new StationError('JIANYING_NOT_FOUND');
    const client = new Client(install.exe, { ui, files, clock, stateFile: store.clientFile });
    const { processes } = await client.look();
    if (processes.length > 0) {
      if (!jianyingMayClose && !(await client.isOurs(processes)))
        throw new StationError('JIANYING_GUARD_CLIENT_RUNNING');
      await client.stop(closePatienceMs);
    }
    await switchGuard(files, paths.fromClient(settingFile(facts.localAppData, path.win32.join)), on);
  }

  return {
    id: 'jianying',

    async probe(): Promise<EngineHealth> {
      if (platform !== 'win32') return unavailableHealth({ reason: 'system', system: platform });
      const tools: Probe = { ui, files, store, settings: deps.settings(), clock };
      return alone(() => probeClient(tools)).catch((error: unknown) =>
        unavailableHealth({ reason: 'failure', failure: StationError.from(error) }),
      );
    },

    export: (job, context) => {
      if (platform !== 'win32')
        return Promise.reject(new StationError('JIANYING_UNSUPPORTED_SYSTEM', { system: platform }));
      return alone(async () => {
        exporting = true;
        try {
          const result = await exportOnce(job, context);
          streak.succeeded();
          return result;
        } catch (error) {
          // A cancelled task says nothing about the client.
          if (context.signal.aborted) throw error;
          throw streak.failed(job.taskId, toStationError(error));
        } finally {
          exporting = false;
        }
      });
    },

    diagnose: (zipFile) => writeDiagnosis(zipFile, { ui, files, store, settings: deps.settings(), platform, clock }),

    async switchGuard(on) {
      if (platform !== 'win32') throw new StationError('JIANYING_UNSUPPORTED_SYSTEM', { system: platform });
      // Not after the export: whoever asked would wait for minutes.
      if (exporting) throw new StationError('JIANYING_GUARD_CLIENT_RUNNING');
      await alone(() => setGuard(on));
    },

    async mouseSpot() {
      const settings = deps.settings();
      const facts = await ui.installFacts(settings.jianyingExe, settings.jianyingDrafts);
      const install = chooseInstall(findInstalls(facts), settings.jianyingExe);
      if (!install) throw new StationError('JIANYING_NOT_FOUND');
      const { windows, session } = clientOnly(await ui.look(), install.exe);
      // Dialogs lie above the main window.
      for (const window of windows.toSorted((a, b) => area(a.rect) - area(b.rect))) {
        const share = shareOf(window.rect, session.cursor);
        if (share) return { window: window.title, share };
      }
      return null;
    },

    sessionChanged(state) {
      // The driver looks at the session before every step; after sleep its child process may be stale.
      if (state === 'resumed') ui.reset();
    },

    close: () => ui.close(),
  };
}

const area = ({ width, height }: { width: number; height: number }) => width * height;

function toStationError(error: unknown): StationError {
  if (error instanceof Error && error.name === 'UiFailure')
    return new StationError('JIANYING_DRIVER_FAILED', { reason: error.message }, { cause: error });
  return StationError.from(error);
}
