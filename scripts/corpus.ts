/**
 * Renders real drafts whole, each through the whole station, with generated stand-in media; looks at every video.
 * Usage: npm run corpus -- [parts of names] [--seconds <n>] [--resolution 480p|720p|1080p|draft] [--fps <n>] [--warnings]
 * An hour-long draft takes its minutes; at `--fps 5` (the draft's own rate is changed, and nothing else) far fewer.
 * `--warnings` prints what the station said about each video. The videos stay in scratch/corpus/data/videos.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AV_LOG_ERROR, Log } from 'node-av';
import { exportPresetSchema } from '../main/shared/settings.ts';
import type { Bilingual } from '../main/shared/task.ts';
import { canBeRendered, corpusNames, examineVideo } from '../tests/support/corpus.ts';
import { corpusFolder } from '../tests/support/environment.ts';
import { standInMedia } from '../tests/support/stand-in-media.ts';

const root = path.resolve(import.meta.dirname, '..');
const scratch = path.join(root, 'scratch', 'corpus');

interface Status {
  readonly status: 'pending' | 'processing' | 'completed' | 'failed';
  readonly progress: number;
  readonly video_url: string;
  readonly error_message: string;
}

const { values, positionals } = parseArgs({
  options: {
    seconds: { type: 'string' },
    resolution: { type: 'string', default: '480p' },
    fps: { type: 'string' },
    warnings: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
Log.setLevel(AV_LOG_ERROR);
const preset = exportPresetSchema.parse({ resolution: values.resolution, quality: 28 });
const change = {
  ...(values.seconds === undefined ? {} : { firstSeconds: Number(values.seconds) }),
  ...(values.fps === undefined ? {} : { fps: Number(values.fps) }),
};
if (!existsSync(corpusFolder)) throw new Error(`There is no ${corpusFolder}. Set DRAFT_CORPUS to a folder of drafts.`);

rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });
const data = path.join(scratch, 'data');
const child = fork(path.join(root, 'main', 'headless.ts'), ['--data', data, '--port', '0'], {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  execArgv: ['--disable-warning=ExperimentalWarning'],
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(child.kill() ? 130 : 1));
const [{ url }] = (await Promise.race([
  once(child, 'message'),
  once(child, 'exit').then(() => Promise.reject(new Error('The station did not start.'))),
])) as [{ url: string }];
const token = readFileSync(path.join(data, 'token'), 'utf8').trim();

async function call<T>(method: string, where: string, body?: object): Promise<T> {
  const response = await fetch(`${url}${where}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${where}: HTTP ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** What is wrong with the draft's video; empty when nothing is. */
async function renderWhole(name: string): Promise<{ readonly seconds: number; readonly wrong: readonly string[] }> {
  const { folder, draft } = await standInMedia(path.join(corpusFolder, name), path.join(scratch, name), {
    ...change,
    masters: path.join(scratch, 'masters'),
  });
  await call('POST', '/v1/gen_video', { draft_url: folder });
  for (;;) {
    const status = await call<Status>('POST', '/v1/gen_video_status', { draft_url: folder });
    if (process.stdout.isTTY) process.stdout.write(`\r${status.progress} % `);
    const seconds = draft.durationUs / 1e6;
    if (status.status === 'failed') return { seconds, wrong: [status.error_message] };
    if (status.status === 'completed') {
      const video = path.join(data, 'videos', path.basename(new URL(status.video_url).pathname));
      return { seconds, wrong: await examineVideo(video, draft, preset) };
    }
    await pause(200);
  }
}

/** What the station said about the newest video: sentences for people. */
async function newestWarnings(): Promise<readonly string[]> {
  const { tasks } = await call<{ tasks: readonly { id: string }[] }>('GET', '/api/tasks?sort=newest&limit=1');
  const { warningList } = await call<{ warningList: readonly Bilingual[] }>('GET', `/api/tasks/${tasks[0]?.id}`);
  return warningList.map(({ en }) => en);
}

const wanted = (name: string) => positionals.length === 0 || positionals.some((part) => name.includes(part));
let failed = 0;
try {
  await call('PATCH', '/api/settings', { engine: 'embedded', preset, minFreeDiskGb: 0.5 });
  for (const name of corpusNames().filter((each) => canBeRendered(each) && wanted(each))) {
    const began = performance.now();
    const { seconds, wrong } = await renderWhole(name).catch((error: unknown) => ({
      seconds: 0,
      wrong: [String(error)],
    }));
    const took = (performance.now() - began) / 1000;
    if (wrong.length > 0) failed += 1;
    const speed = `${(seconds / took).toFixed(1)}x`;
    console.log(
      `${process.stdout.isTTY ? '\r' : ''}${wrong.length === 0 ? 'ok  ' : 'BAD '} ${name}  ${seconds.toFixed(1)} s in ${took.toFixed(1)} s (${speed})  ${wrong.join('; ')}`,
    );
    if (values.warnings) for (const warning of await newestWarnings()) console.log(`       ${warning}`);
  }
} finally {
  const ended = once(child, 'exit');
  child.send('stop');
  await ended;
}
console.log(failed === 0 ? 'Every draft became a right video.' : `${failed} drafts went wrong.`);
process.exitCode = failed === 0 ? 0 : 1;
