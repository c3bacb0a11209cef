import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { createApi, isLoopbackAddress, type Listening, listen, type StationPort } from './api/index.ts';
import { checkSettings } from './check-settings.ts';
import { diskObstacle, freeBytes } from './disk.ts';
import { fetchDraft, parseDraftLink } from './drafts/index.ts';
import { createEmbeddedEngine } from './engines/embedded/index.ts';
import type { Engine } from './engines/engine.ts';
import {
  createJianyingEngine,
  type JianyingDeps,
  type JianyingEngine,
  type SessionChange,
} from './engines/jianying/index.ts';
import { desktopNeeded, healthLines } from './health.ts';
import { inspectFetched } from './inspect-fetched.ts';
import { createMediaInspector } from './media/index.ts';
import { webhookCourier } from './notifier.ts';
import { type StationPaths, stationPaths } from './paths.ts';
import { backupAgeMs, backupDatabase, closeDatabase, databaseFile, openDatabase } from './queue/database.ts';
import { Outbox } from './queue/outbox.ts';
import { RenderQueue } from './queue/queue.ts';
import { SettingsStore } from './queue/settings-store.ts';
import { TaskLog } from './queue/task-log.ts';
import { Remembered } from './remembered.ts';
import { removeExpired } from './retention-run.ts';
import { selfTest } from './self-test.ts';
import type { Health, HealthLine } from './shared/health.ts';
import type { EngineId } from './shared/task.ts';
import { outputFolder, type ReadyDraft, stageWork } from './stage-work.ts';
import { stationLog } from './station-log.ts';
import type { StationParts } from './station-parts.ts';
import { stationPort } from './station-port.ts';
import { stationToken } from './token.ts';
import { type SpawnWorker, spawnNodeWorker } from './workers/spawn.ts';

export interface StationOptions {
  readonly dataFolder: string;
  /** How child programs are started; Node's fork unless Electron brings its own. */
  readonly spawn?: SpawnWorker;
  /** Stand before the settings, for this run only. */
  readonly host?: string;
  readonly port?: number;
  /** Folder of the built window. */
  readonly staticFolder?: string | null;
  /** The client needs the real mouse or a person is in its way; and when that is over. */
  readonly onAttention?: (state: 'needs_desktop' | 'free', task: string) => void;
  /** Where the Jianying client runs, when it is not simply this computer (tests: a fake one under Wine). */
  readonly jianying?: Pick<JianyingDeps, 'platform' | 'paths'>;
  /** Told of failures that are the station's own fault. */
  readonly report?: (error: unknown) => void;
}

export interface Station {
  readonly port: StationPort;
  readonly paths: StationPaths;
  readonly listening: Listening;
  /** The window's address, token included. */
  readonly windowUrl: string;
  /** What the desktop learned about the session (lock screen, sleep). */
  sessionChanged(change: SessionChange): void;
  /** Writes a zip for calibrating the station to this PC's Jianying. */
  diagnose(zipFile: string): Promise<void>;
  /**
   * Takes nothing new, gives exports `deadlineMs` to finish, puts the rest back in line, closes everything. Called again
   * with less time, it hurries.
   */
  stop(deadlineMs: number): Promise<void>;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const healthKeptMs = 20_000;
/** For notices under way when the station stops; the others are sent after the next start. */
const courierGraceMs = 3000;
const gigabyte = 1024 ** 3;

/**
 * Puts a station together and starts it.
 * @throws StationError PORT_TAKEN, DATABASE_NEWER, DATABASE_BUSY ...
 */
export async function startStation(options: StationOptions): Promise<Station> {
  const startedAt = new Date().toISOString();
  const spawn = options.spawn ?? spawnNodeWorker;
  const paths = stationPaths(options.dataFolder);
  const log = stationLog(paths.logFile);
  const report = (error: unknown) => {
    log.error({ err: error }, 'The station failed at something.');
    options.report?.(error);
  };
  const { db, opening } = openDatabase(databaseFile(paths.data), Date.now());
  const settings = new SettingsStore(db);
  const media = createMediaInspector(spawn);
  /** Lines that the health page has besides those it makes up itself: checks that were run, what is going on now. */
  const checked = new Map<string, HealthLine>();
  const jianying = createJianyingEngine({
    spawn,
    settings: () => settings.current,
    media,
    dataFolder: paths.data,
    onAttention: (state, task) => {
      // The window sees it among the health lines, the desktop app tells it at once.
      if (state === 'free') checked.delete('desktop');
      else checked.set('desktop', desktopNeeded(task));
      queue.events.emit({ type: 'changed', what: 'health' });
      options.onAttention?.(state, task);
    },
    ...options.jianying,
  });
  const engines: Record<EngineId, Engine> = {
    embedded: createEmbeddedEngine({
      spawn,
      fontFolder: () => settings.current.fontFolder,
      sharing: () => ({ parts: settings.current.embeddedParts, lanes: settings.current.embeddedLanes }),
    }),
    jianying,
  };
  const jianyingHealth = new Remembered(() => engines.jianying.probe(), healthKeptMs);
  const output = () => outputFolder(settings.current, paths);
  const outbox = new Outbox(db);
  const queue = new RenderQueue<ReadyDraft>({
    db,
    settings,
    work: stageWork({
      paths,
      settings: () => settings.current,
      engines,
      jianyingHealth: () => jianyingHealth.get(),
      media,
      spawn,
    }),
    limits: () => settings.current,
    taskFolder: paths.task,
    ending: (task, nowMs) => {
      if (settings.current.webhookUrl !== '') outbox.add(task.seq, nowMs);
    },
    ended: () => courier.wake(),
    obstacle: () => diskObstacle([paths.data, output()], settings.current.minFreeDiskGb),
  });
  const courier = webhookCourier({
    outbox,
    settings: () => settings.current,
    task: (id) => queue.store.get(id),
    baseUrl: () => settings.current.publicBaseUrl || (listening?.url ?? ''),
    log: (id, level, message, data) => new TaskLog(paths.task(id)).write(Date.now(), level, message, data),
    changed: () => queue.events.emit({ type: 'changed', what: 'health' }),
  });
  let listening: Listening | null = null;

  const health = async (): Promise<Health> => {
    const found = healthLines({
      opening,
      queue: queue.status(),
      engines: await Promise.all([jianyingHealth.get(), engines.embedded.probe()]),
      policy: settings.current.engine,
      address: listening?.url ?? '',
      exposed: !isLoopbackAddress(options.host ?? settings.current.host),
      hasApiKey: settings.current.apiKey !== '',
      folders: [
        { id: 'data', folder: paths.data },
        { id: 'output', folder: output() },
      ].map(({ id, folder }) => ({ id, folder, freeGb: freeBytes(folder) / gigabyte, writable: isWritable(folder) })),
      neededGb: settings.current.minFreeDiskGb,
      library: libraryFacts(settings.current.draftLibrary || paths.library),
      webhook: outbox.troubles(Date.now() - 24 * hourMs),
    });
    const lines = [...found, ...checked.values()];
    return { ok: lines.every((line) => line.level !== 'problem'), version: packageJson.version, startedAt, lines };
  };

  const parts: StationParts = {
    version: packageJson.version,
    token: stationToken(paths.tokenFile),
    paths,
    db,
    settings,
    queue,
    outbox,
    courier,
    health,
    changeSettings: async (patch) => {
      checkSettings(patch, settings.current);
      const before = settings.current;
      const changed = settings.change(patch);
      queue.limitsChanged();
      if (changed.webhookUrl !== before.webhookUrl || changed.webhookSecret !== before.webhookSecret) {
        courier.receiverChanged();
      }
      queue.events.emit({ type: 'changed', what: 'settings' });
      return changed;
    },
    inspect: async (draftUrl, signal) => {
      const folder = path.join(paths.data, 'inspections', crypto.randomUUID());
      mkdirSync(folder, { recursive: true });
      try {
        const context = { signal, onProgress: () => {}, log: () => {} };
        const environment = { folder, dataFolder: paths.data, settings: settings.current, cacheFolder: paths.cache };
        const fetched = await fetchDraft(parseDraftLink(draftUrl), environment, context);
        return await inspectFetched(fetched, media, signal);
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
    runCheck: async (check, signal) => {
      const line =
        check === 'self_test'
          ? await selfTest(engines.embedded, settings.current.preset, path.join(paths.data, 'self-test'), signal)
          : await diagnosis(jianying, path.join(paths.data, 'diagnosis.zip'));
      checked.set(line.id, line);
      queue.events.emit({ type: 'changed', what: 'health' });
      return health();
    },
    switchUpdateGuard: async (on) => {
      await jianying.switchGuard(on);
      jianyingHealth.forget();
      queue.events.emit({ type: 'changed', what: 'health' });
      return health();
    },
  };

  const port = stationPort(parts);
  const app = createApi(port, { staticFolder: options.staticFolder ?? null, report });
  try {
    // First the address, then the work: a second station on a taken port must touch nothing.
    listening = await listen(app, {
      host: options.host ?? settings.current.host,
      port: options.port ?? settings.current.port,
    });
  } catch (error) {
    media.close();
    jianying.close();
    await closeDatabase(db);
    throw error;
  }
  const found = await queue.start();
  courier.start();
  log.info({ url: listening.url, opening, ...found }, 'The station started.');

  const housekeeping = setInterval(() => void keepHouse().catch(report), hourMs);
  const firstHousekeeping = setTimeout(() => void keepHouse().catch(report), minuteMs);
  async function keepHouse(): Promise<void> {
    await removeExpired(db, paths, settings.current, Date.now());
    if (backupAgeMs(db, Date.now()) > 24 * hourMs) await backupDatabase(db);
  }

  const opened = listening;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await opened.close(2000);
    media.close();
    jianying.close();
    await closeDatabase(db);
  };
  return {
    port,
    paths,
    listening: opened,
    windowUrl: `${opened.url}/?token=${parts.token}`,
    sessionChanged: (change) => jianying.sessionChanged(change),
    diagnose: (zipFile) => jianying.diagnose(zipFile),
    stop: async (deadlineMs) => {
      clearInterval(housekeeping);
      clearTimeout(firstHousekeeping);
      if (closing === null) {
        await queue.stop(deadlineMs);
        await courier.stop(Math.min(deadlineMs, courierGraceMs));
      }
      log.info('The station stops.');
      closing ??= close();
      await closing;
    },
  };
}

/** Writes the zip for support; the line says where it is. */
async function diagnosis(jianying: JianyingEngine, file: string): Promise<HealthLine> {
  await jianying.diagnose(file);
  return {
    id: 'diagnosis',
    level: 'ok',
    zh: `诊断包已写入 ${file}`,
    en: `The diagnosis was written to ${file}`,
    remedy: null,
    facts: { file },
  };
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function libraryFacts(folder: string): { folder: string; drafts: number } {
  return { folder, drafts: existsSync(folder) ? readdirSync(folder).length : 0 };
}
