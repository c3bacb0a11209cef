import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fetchDraft, parseDraftLink } from '../../main/drafts/index.ts';
import { defaultNetworkLimits } from '../../main/drafts/network/limits.ts';
import { defaultSettings } from '../../main/shared/settings.ts';
import { type BenchRow, printRows } from './row.ts';

const mb = 1_000_000;
const rounds = 5;

/** Media downloads of a whole draft against `curl --parallel` bringing the same files from the same loopback server. */
export async function benchDownload(): Promise<BenchRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'station-bench-'));
  const server = fork(path.join(import.meta.dirname, 'download-server.ts'), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  try {
    const [port] = (await once(server, 'message')) as [number];
    const base = `http://127.0.0.1:${port}`;
    return [
      await compare(
        '200 files of 1 MB',
        Array.from({ length: 200 }, (_, index) => `${base}/small/${index}`),
        200,
        folder,
      ),
      await compare('1 file of 1 GB', [`${base}/big`], 1000, folder),
    ];
  } finally {
    server.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(name: string, urls: readonly string[], megabytes: number, folder: string): Promise<BenchRow> {
  let ours = 0;
  let baseline = 0;
  const memory = watchMemory();
  // In turns, the best of each: other work on the machine then hits both alike.
  for (let round = 0; round < rounds; round++) {
    baseline = Math.max(baseline, megabytes / (await secondsOf(folder, (place) => withCurl(urls, place))));
    ours = Math.max(ours, megabytes / (await secondsOf(folder, (place) => withStation(urls, place))));
  }
  const { peakMb, startMb } = memory.stop();
  return {
    name: `download, ${name}`,
    ours: Math.round(ours),
    baseline: Math.round(baseline),
    ratio: ours / baseline,
    unit: 'MB/s',
    note: `against curl --parallel, at least 0.8; peak RSS ${peakMb} MB (${startMb} MB before)`,
  };
}

async function secondsOf(folder: string, work: (place: string) => Promise<void>): Promise<number> {
  const place = await mkdtemp(path.join(folder, 'round-'));
  const started = performance.now();
  await work(place);
  const seconds = (performance.now() - started) / 1000;
  await rm(place, { recursive: true });
  return seconds;
}

async function withCurl(urls: readonly string[], place: string): Promise<void> {
  const config = path.join(place, 'files');
  await writeFile(config, urls.map((url, index) => `url = "${url}"\noutput = "${place}/${index}"\n`).join(''));
  const parallel = String(defaultNetworkLimits.parallel);
  await promisify(execFile)('curl', [
    '--silent',
    '--fail',
    '--parallel',
    '--parallel-max',
    parallel,
    '--config',
    config,
  ]);
}

/** The whole way of a draft, from its JSON to media on disk and in the cache. */
async function withStation(urls: readonly string[], place: string): Promise<void> {
  const draft = path.join(place, 'draft.json');
  await writeFile(draft, JSON.stringify(draftOf(urls)));
  const folder = path.join(place, 'task');
  await mkdir(folder);
  const fetched = await fetchDraft(
    parseDraftLink(draft),
    {
      folder,
      dataFolder: place,
      cacheFolder: path.join(place, 'cache'),
      settings: { ...defaultSettings, mediaHosts: ['127.0.0.1'] },
    },
    { signal: new AbortController().signal, onProgress: () => {}, log: () => {} },
  );
  for (const file of fetched.media.values()) await stat(file);
  if (fetched.media.size !== urls.length) throw new Error('files are missing');
}

function draftOf(urls: readonly string[]): unknown {
  return {
    materials: { videos: urls.map((url, index) => ({ id: `v${index}`, type: 'video', path: url })) },
    tracks: [
      {
        type: 'video',
        segments: urls.map((_, index) => ({
          material_id: `v${index}`,
          target_timerange: { start: index * 1_000_000, duration: 1_000_000 },
          source_timerange: { start: 0, duration: 1_000_000 },
        })),
      },
    ],
  };
}

function watchMemory(): { stop(): { peakMb: number; startMb: number } } {
  const now = () => Math.round(process.memoryUsage.rss() / mb);
  const startMb = now();
  let peakMb = startMb;
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, now());
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return { peakMb, startMb };
    },
  };
}

if (import.meta.main) printRows(await benchDownload());
