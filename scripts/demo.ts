/**
 * `npm run demo`: the station's main job, from a draft link to a finished video, on this machine and by itself. Makes a
 * small real draft, serves it behind a page link as a Coze workflow would hand it on, starts a station on a free port
 * with a scratch data folder, submits, polls, and tells what came out.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createMediaInspector } from '../main/media/index.ts';
import { sampleDraft, sampleFiles } from '../main/sample/draft.ts';
import { sampleFolder } from '../main/sample/index.ts';
import { spawnNodeWorker } from '../main/workers/spawn.ts';

const root = path.resolve(import.meta.dirname, '..');
const scratch = path.join(root, 'scratch', 'demo');
const giveUpMs = 120_000;

interface Status {
  status: 'pending' | 'processing' | 'completed' | 'failed';
  progress: number;
  video_url: string;
  error_message: string;
}

interface RunningStation {
  readonly url: string;
  readonly windowUrl: string;
  stop(): Promise<void>;
}

/** Serves the draft and its media on loopback, as the service of a workflow does. */
async function serveDraft(folder: string): Promise<{ draftUrl: string; host: string; server: Server }> {
  const server = createServer((request, response) => {
    const { host } = request.headers;
    const name = path.basename(new URL(request.url ?? '/', `http://${host}`).pathname);
    if (name === 'draft.json') {
      const media = Object.fromEntries(
        Object.entries(sampleFiles).map(([key, file]) => [key, `http://${host}/${file}`]),
      );
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(sampleDraft(media as { [Name in keyof typeof sampleFiles]: string })));
      return;
    }
    const file = path.join(folder, name);
    if (!existsSync(file)) response.writeHead(404).end();
    else createReadStream(file).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const inner = encodeURIComponent(`http://${host}/draft.json`);
  return { draftUrl: `https://ts.fyshark.com/#/cozeToJianyin?drafId=${inner}`, host, server };
}

async function startStation(data: string): Promise<RunningStation> {
  const child = fork(path.join(root, 'main', 'headless.ts'), ['--data', data, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [told] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The station did not start.'))),
  ])) as [{ url: string; windowUrl: string }];
  return {
    ...told,
    stop: async () => {
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
    },
  };
}

async function call<T>(url: string, body: object, headers: Record<string, string> = {}, method = 'POST'): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${url}: HTTP ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

function bar({ status, progress }: Status): string {
  const width = 32;
  const full = Math.round((progress / 100) * width);
  return `[${'█'.repeat(full)}${'░'.repeat(width - full)}] ${String(progress).padStart(3)}%  ${status}`;
}

async function poll(station: string, draftUrl: string): Promise<Status> {
  const until = Date.now() + giveUpMs;
  let last = '';
  while (Date.now() < until) {
    const status = await call<Status>(`${station}/v1/gen_video_status`, { draft_url: draftUrl });
    const line = bar(status);
    if (process.stdout.isTTY) process.stdout.write(`\r${line}   `);
    else if (line !== last) console.log(line);
    last = line;
    if (status.status === 'completed' || status.status === 'failed') {
      if (process.stdout.isTTY) process.stdout.write('\n');
      return status;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The demo took longer than two minutes.');
}

rmSync(scratch, { recursive: true, force: true });
console.log('1/4  Making the sample draft: a moving clip with sound, two photos, titles, music ...');
const folder = await sampleFolder(path.join(scratch, 'draft'), spawnNodeWorker);
const served = await serveDraft(folder);

console.log('2/4  Starting a station on a free port ...');
const station = await startStation(path.join(scratch, 'data'));
try {
  const token = new URL(station.windowUrl).searchParams.get('token') ?? '';
  // The demo's media come from this machine: private addresses are refused unless the operator allows them.
  await call(
    `${station.url}/api/settings`,
    { mediaHosts: [served.host] },
    { authorization: `Bearer ${token}` },
    'PATCH',
  );

  console.log(`3/4  POST ${station.url}/v1/gen_video\n     draft_url ${served.draftUrl}`);
  const { message } = await call<{ message: string }>(`${station.url}/v1/gen_video`, { draft_url: served.draftUrl });
  console.log(`     ${message}`);
  const began = Date.now();
  const status = await poll(station.url, served.draftUrl);
  if (status.status === 'failed') throw new Error(status.error_message);

  const file = path.join(scratch, 'data', 'videos', path.basename(new URL(status.video_url).pathname));
  const media = createMediaInspector(spawnNodeWorker);
  const facts = await media.probe(file);
  media.close();
  const download = await fetch(status.video_url, { headers: { range: 'bytes=0-1023' } });
  console.log(`4/4  Finished in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  console.log(`     file       ${file}`);
  console.log(
    `     video_url  ${status.video_url}  (HTTP ${download.status}, ${download.headers.get('content-type')})`,
  );
  console.log(
    `     contents   ${facts.width}x${facts.height}, ${facts.fps} fps, ${(facts.durationUs / 1e6).toFixed(2)} s, ` +
      `${facts.videoCodec} + ${facts.audioCodec}, ${(facts.bytes / 1024).toFixed(0)} KiB`,
  );
} finally {
  await station.stop();
  served.server.close();
}
