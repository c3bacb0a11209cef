import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type FetchEnvironment, type FetchedDraft, fetchDraft, parseDraftLink } from '../../../main/drafts/index.ts';
import { defaultNetworkLimits, type NetworkLimits } from '../../../main/drafts/network/limits.ts';
import type { ProgressDetail, StageContext } from '../../../main/engines/engine.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { defaultSettings, type Settings } from '../../../main/shared/settings.ts';
import { type Handler, serve, type TestServer } from './server.ts';

/** Deadlines in milliseconds instead of half minutes. */
export const quickLimits: NetworkLimits = {
  ...defaultNetworkLimits,
  connectMs: 2000,
  headersMs: 300,
  idleMs: 300,
  totalMs: 5000,
  slowWindowMs: 500,
  slowBytesPerSecond: 2000,
  backoffMs: 5,
  longestPauseMs: 50,
};

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'station-drafts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A loopback server that ends with the test. */
export async function testServer(routes: Readonly<Record<string, Handler | Buffer | string>>): Promise<TestServer> {
  const server = await serve(routes);
  onTestFinished(() => server.close());
  return server;
}

export interface Bench {
  readonly folder: string;
  readonly dataFolder: string;
  readonly cacheFolder: string;
  readonly progress: { fraction: number; detail: ProgressDetail | undefined }[];
  readonly log: string[];
  readonly abort: AbortController;
  fetch(link: string, settings?: Partial<Settings>, environment?: Partial<FetchEnvironment>): Promise<FetchedDraft>;
  /** Fetches what must fail and returns the failure. */
  failure(link: string, settings?: Partial<Settings>, environment?: Partial<FetchEnvironment>): Promise<StationError>;
  /** Files in the task's folder, relative, sorted. */
  files(): Promise<string[]>;
  /** Names in the cache's folder. */
  cached(): Promise<string[]>;
  /** Another task of the same station: the same cache, an empty folder. */
  again(): Promise<Bench>;
}

/** A station's folders and everything `fetchDraft` wants, thrown away after the test. */
export async function bench(cache?: string): Promise<Bench> {
  const root = await temporaryFolder();
  const folder = path.join(root, 'task');
  const dataFolder = path.join(root, 'data');
  const cacheFolder = cache ?? path.join(root, 'cache');
  const progress: Bench['progress'] = [];
  const log: string[] = [];
  const abort = new AbortController();
  const context: StageContext = {
    signal: abort.signal,
    onProgress: (fraction, detail) => void progress.push({ fraction, detail }),
    log: (level, message, data) => void log.push(`${level} ${message} ${JSON.stringify(data ?? {})}`),
  };
  const fetch: Bench['fetch'] = (link, settings = {}, environment = {}) =>
    fetchDraft(
      parseDraftLink(link),
      {
        folder,
        dataFolder,
        cacheFolder,
        settings: { ...defaultSettings, ...settings },
        limits: quickLimits,
        ...environment,
      },
      context,
    );
  return {
    folder,
    dataFolder,
    cacheFolder,
    progress,
    log,
    abort,
    fetch,
    async failure(...asked) {
      try {
        await fetch(...asked);
      } catch (error) {
        if (error instanceof StationError) return error;
        throw error;
      }
      throw new Error('the fetch did not fail');
    },
    cached: () => readdir(cacheFolder).catch(() => []),
    again: () => bench(cacheFolder),
    async files() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
        .sort();
    },
  };
}
