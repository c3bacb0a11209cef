/**
 * Says what is in a draft and whether it can be exported, without queuing anything.
 * Usage: npm run inspect -- <draft folder, JSON file or link> [--json] [--data <folder>] [--allow <host>]
 * Exit code 1: it cannot be exported; 2: it cannot be read or fetched.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openDraft } from '../main/drafts/draft-folder.ts';
import { fetchDraft, parseDraftLink } from '../main/drafts/index.ts';
import { inspectDraft } from '../main/drafts/inspect/index.ts';
import { lookAtMedia } from '../main/drafts/inspect/known-media.ts';
import { embeddedDrawability } from '../main/engines/embedded/drawability.ts';
import { inspectFetched } from '../main/inspect-fetched.ts';
import { createMediaInspector, type MediaInspector } from '../main/media/index.ts';
import { defaultDataFolder } from '../main/paths.ts';
import { type Language, StationError, sentence } from '../main/shared/errors/index.ts';
import type { Inspection } from '../main/shared/inspection.ts';
import { settingsSchema } from '../main/shared/settings.ts';
import { spawnNodeWorker } from '../main/workers/spawn.ts';
import { inspectionReport } from './inspection-report.ts';

const usage = {
  zh: `用法：npm run inspect -- <草稿文件夹、JSON 文件或链接> [--json] [--data <数据目录>] [--allow <主机>]
  --json   输出完整的 JSON 报告
  --data   渲染站的数据目录，其中的 library 是草稿库
  --allow  允许从这个内网主机下载，例如 127.0.0.1:9000；可以重复`,
  en: `Usage: npm run inspect -- <draft folder, JSON file or link> [--json] [--data <folder>] [--allow <host>]
  --json   print the whole report as JSON
  --data   the station's data folder, whose library is the draft library
  --allow  a private host that may be fetched from, e.g. 127.0.0.1:9000; may be repeated`,
} as const;

const options = {
  json: { type: 'boolean', default: false },
  data: { type: 'string' },
  allow: { type: 'string', multiple: true, default: [] as string[] },
} as const;

interface Place {
  readonly dataFolder: string;
  readonly mediaHosts: readonly string[];
}

/** What lies on this machine is inspected where it lies; a link is fetched into a folder that is removed again. */
async function inspect(
  location: string,
  place: Place,
  media: MediaInspector,
  signal: AbortSignal,
): Promise<Inspection> {
  if (existsSync(location) && !location.toLowerCase().endsWith('.zip')) {
    const { draft, problems, folder } = await openDraft(location);
    const known = await lookAtMedia(draft, folder, media, signal);
    return inspectDraft(draft, known, embeddedDrawability, { problems, nowMs: Date.now() });
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'inspect-draft-'));
  try {
    const settings = settingsSchema.parse({ mediaHosts: place.mediaHosts });
    const environment = { folder, dataFolder: place.dataFolder, settings, cacheFolder: path.join(folder, 'cache') };
    const link = parseDraftLink(existsSync(location) ? path.resolve(location) : location);
    const fetched = await fetchDraft(link, environment, { signal, onProgress: showProgress, log: () => {} });
    return await inspectFetched(fetched, media, signal);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function showProgress(fraction: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${Math.floor(fraction * 100)} %${fraction >= 1 ? '\r     \r' : ''}`);
}

function spokenLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

async function main(): Promise<number> {
  const language = spokenLanguage();
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [location] = positionals;
  if (location === undefined || positionals.length > 1) {
    console.error(usage[language]);
    return 2;
  }
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort(new StationError('TASK_CANCELLED')));
  const media = createMediaInspector(spawnNodeWorker);
  try {
    const place = { dataFolder: path.resolve(values.data ?? defaultDataFolder()), mediaHosts: values.allow };
    const inspection = await inspect(location, place, media, stopped.signal);
    console.log(values.json ? JSON.stringify(inspection, null, 2) : inspectionReport(inspection, language));
    return inspection.embedded === 'impossible' ? 1 : 0;
  } catch (error) {
    console.error(sentence(StationError.from(error).toRecord(), language));
    return 2;
  } finally {
    media.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${usage[spokenLanguage()]}`);
  return 2;
});
