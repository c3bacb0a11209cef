import { createReadStream, existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Health } from '../../main/shared/health.ts';
import { settingsPatchSchema, settingsSchema } from '../../main/shared/settings.ts';
import type { Statistics } from '../../main/shared/task-query.ts';
import { FakeQueue } from './fake-queue.ts';
import { detailOf, failure, inspection, logOf } from './fake-tasks.ts';

const windowFolder = path.resolve(import.meta.dirname, '../../dist/renderer');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
};

/** The policy of the real station: what the window may do. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https: http:; " +
  "media-src 'self' blob: https: http:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

export interface FakeStation {
  readonly url: string;
  readonly queue: FakeQueue;
  readonly health: Health;
  readonly uploads: { name: string; body: Buffer }[];
  readonly requests: string[];
  /** Answers that replace the usual one, by `METHOD /path`. */
  readonly overrides: Map<string, { status: number; body: unknown }>;
  /** A video and a cover to serve, when a test has made some. */
  media: { video?: string; cover?: string };
  /** Ends every event stream and refuses connections, as a station does that restarts. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A station without anything behind it: a real HTTP server that answers the operator API from a script. */
export async function startFakeStation(options: { token?: string } = {}): Promise<FakeStation> {
  const queue = new FakeQueue();
  const overrides: FakeStation['overrides'] = new Map();
  const requests: string[] = [];
  const uploads: FakeStation['uploads'] = [];
  const health: Health = fakeHealth();
  const media: FakeStation['media'] = {};

  const handle = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://station');
    const route = `${request.method} ${url.pathname}`;
    requests.push(route);
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const notFound = () =>
      json(404, { error: { code: 'NOT_FOUND', message: '没有这个任务', details: '它可能已被删除。' } });
    if (options.token !== undefined && url.searchParams.get('token') === options.token) {
      response.writeHead(302, {
        location: '/',
        'set-cookie': `station=${options.token}; HttpOnly; SameSite=Strict; Path=/`,
      });
      return void response.end();
    }
    if (
      options.token !== undefined &&
      url.pathname.startsWith('/api/') &&
      !request.headers.cookie?.includes(`station=${options.token}`)
    )
      return json(401, { error: { code: 'TOKEN_REQUIRED', message: '需要令牌', details: '' } });
    const override = overrides.get(route);
    if (override !== undefined) return json(override.status, override.body);

    const [, , kind, id, action, name] = url.pathname.split('/');
    switch (true) {
      case route === 'GET /api/events':
        return events(queue, request, response);
      case route === 'GET /api/tasks':
        return json(200, queue.list(url.searchParams));
      case route === 'GET /api/tasks.csv':
        response.writeHead(200, {
          'content-type': 'text/csv',
          'content-disposition': 'attachment; filename="tasks.csv"',
        });
        return void response.end(
          `id,name\n${queue
            .list(url.searchParams)
            .tasks.map((t) => `${t.id},${t.name}`)
            .join('\n')}`,
        );
      case route === 'POST /api/tasks': {
        const { draft_urls } = (await body(request)) as { draft_urls: string[] };
        const results = draft_urls.map((draft_url) => {
          if (!/^https?:|^\d+$/.test(draft_url))
            return {
              draft_url,
              task_id: null,
              created: false,
              error: {
                code: 'DRAFT_LINK_UNRECOGNISED',
                zh: `无法从链接中识别出草稿：${draft_url}。请检查 draft_url 是否完整。`,
                en: `No draft can be recognised in the link ${draft_url}. Check that draft_url is complete.`,
              },
            };
          const { id: task_id, created } = queue.submit(draft_url);
          return { draft_url, task_id, created, error: null };
        });
        return json(200, { results });
      }
      case route === 'POST /api/tasks/retry-failed': {
        const failed = [...queue.tasks.values()].filter((task) => task.state === 'failed');
        for (const task of failed) queue.retry(task.id);
        return json(200, { retried: failed.length });
      }
      case route === 'POST /api/sample':
        return json(200, { task_id: queue.submit('sample', '示例草稿').id });
      case route === 'POST /api/uploads': {
        const name = url.searchParams.get('name') ?? '';
        uploads.push({ name, body: await bytes(request) });
        return json(200, { task_id: queue.submit(`upload:${uploads.length}`, name).id });
      }
      case route === 'GET /api/queue':
        return json(200, queue.status());
      case route === 'POST /api/queue/pause':
        queue.setMode('paused');
        return json(200, queue.status());
      case route === 'POST /api/queue/resume':
        queue.setMode('running');
        return json(200, queue.status());
      case route === 'GET /api/settings':
        return json(200, queue.settings);
      case route === 'PATCH /api/settings': {
        const patch = settingsPatchSchema.safeParse(await body(request));
        if (!patch.success)
          return json(400, { error: { code: 'SETTINGS_INVALID', message: '设置无效', details: patch.error.message } });
        queue.settings = settingsSchema.parse({
          ...queue.settings,
          ...patch.data,
          preset: { ...queue.settings.preset, ...patch.data.preset },
          s3: { ...queue.settings.s3, ...patch.data.s3 },
        });
        queue.changed('settings');
        return json(200, queue.settings);
      }
      case route === 'GET /api/health':
        return json(200, health);
      case route === 'GET /api/statistics':
        return json(200, fakeStatistics());
      case route === 'POST /api/inspect':
        return json(200, inspection('检查的草稿'));
      case route === 'GET /openapi.json':
        return json(200, JSON.parse(await readFile(path.join(import.meta.dirname, 'fake-openapi.json'), 'utf8')));
      case route === 'POST /v1/gen_video': {
        const { draft_url } = (await body(request)) as { draft_url: string };
        queue.submit(draft_url);
        return json(200, { message: '视频生成任务已提交，请使用draft_url查询进度' });
      }
      case url.pathname.startsWith('/v1/videos/'):
        return file(request, response, media.video);
    }
    if (kind === 'tasks' && id !== undefined) {
      const task = queue.tasks.get(id);
      if (task === undefined) return notFound();
      if (action === undefined && request.method === 'GET') return json(200, detailOf(task));
      if (action === undefined && request.method === 'DELETE')
        return queue.remove(id)
          ? json(200, {})
          : json(409, { error: { code: 'TASK_LIVE', message: '任务还没有结束', details: '' } });
      if (action === 'cancel') return json(200, { outcome: queue.cancel(id) });
      if (action === 'retry') return json(200, { task_id: queue.retry(id) });
      if (action === 'move') {
        const { before } = (await body(request)) as { before: string | null };
        return queue.move(id, before) ? json(200, {}) : notFound();
      }
      if (action === 'log') return json(200, { lines: logOf(task).slice(Number(url.searchParams.get('after') ?? 0)) });
      if (action === 'files')
        return file(request, response, name === 'controls.txt' ? import.meta.filename : media.cover);
      if (action === 'support.zip') return file(request, response, import.meta.filename);
    }
    if (url.pathname.startsWith('/api/')) return json(404, { error: failure });
    return page(url.pathname, request, response);
  };

  let server = http.createServer((request, response) => void handle(request, response));
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    queue,
    health,
    uploads,
    requests,
    overrides,
    media,
    stop,
    close: stop,
    restart: async () => {
      server = http.createServer((request, response) => void handle(request, response));
      await listen(port);
    },
  };
}

function events(queue: FakeQueue, request: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const leave = queue.subscribe((event) => response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
  request.on('close', leave);
}

function page(pathname: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const wanted = path.join(windowFolder, pathname === '/' ? 'index.html' : pathname);
  if (!wanted.startsWith(windowFolder) || !existsSync(wanted)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('content-security-policy', contentSecurityPolicy);
  response.setHeader('x-content-type-options', 'nosniff');
  file(request, response, wanted);
}

/** A file with one byte range, as video players ask for. */
function file(request: http.IncomingMessage, response: http.ServerResponse, absolutePath: string | undefined): void {
  if (absolutePath === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { size } = statSync(absolutePath);
  const type = types[path.extname(absolutePath)] ?? 'application/octet-stream';
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  if (range === null) {
    response.writeHead(200, { 'content-type': type, 'content-length': size, 'accept-ranges': 'bytes' });
    createReadStream(absolutePath).pipe(response);
    return;
  }
  const start = Number(range[1]);
  const end = range[2] === '' ? size - 1 : Number(range[2]);
  response.writeHead(206, {
    'content-type': type,
    'content-length': end - start + 1,
    'content-range': `bytes ${start}-${end}/${size}`,
    'accept-ranges': 'bytes',
  });
  createReadStream(absolutePath, { start, end }).pipe(response);
}

async function bytes(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function body(request: http.IncomingMessage): Promise<unknown> {
  return JSON.parse((await bytes(request)).toString('utf8'));
}

function fakeHealth(): Health {
  const line = (
    id: string,
    level: Health['lines'][number]['level'],
    zh: string,
    en: string,
    remedy: Health['lines'][number]['remedy'] = null,
    facts: Health['lines'][number]['facts'] = {},
  ) => ({ id, level, zh, en, remedy, facts });
  return {
    ok: false,
    version: '0.1.0',
    startedAt: new Date(Date.now() - 7_200_000).toISOString(),
    lines: [
      line('database', 'ok', '数据库完好', 'The database is sound', null, { tasks: 1284, sizeMb: 12.4 }),
      line(
        'disk',
        'warning',
        '输出盘剩余 6.2 GB，低于 10 GB',
        'The output disk has 6.2 GB left, less than 10 GB',
        'open_output',
        {
          freeGb: 6.2,
          folder: 'D:\\videos',
        },
      ),
      line('port', 'ok', '接口地址 http://127.0.0.1:8000', 'API address http://127.0.0.1:8000', 'open_settings'),
      line('embedded', 'ok', '内置引擎自检通过', 'The embedded engine passed its self-test', 'run_self_test', {
        encoders: 'libx264, h264_nvenc',
      }),
      line(
        'jianying',
        'problem',
        '没有找到剪映专业版，将使用内置引擎导出',
        'Jianying Pro was not found; the embedded engine is used',
        'install_jianying',
      ),
      line('session', 'ok', '桌面会话未锁定', 'The desktop session is not locked'),
      line('library', 'ok', '草稿库可读写', 'The draft library can be read and written', 'open_settings'),
    ],
  };
}

function fakeStatistics(): Statistics {
  const today = new Date();
  return {
    days: Array.from({ length: 30 }, (_, index) => {
      const day = new Date(today.getTime() - (29 - index) * 86_400_000);
      const busy = (index * 7919) % 41;
      return {
        day: day.toISOString().slice(0, 10),
        completed: busy,
        failed: index % 6 === 0 ? 2 : 0,
        cancelled: index % 9 === 0 ? 1 : 0,
      };
    }),
    stageMs: { fetch: 6200, ready: 11_400, export: 48_300, publish: 900 },
  };
}
