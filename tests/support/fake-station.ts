import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createApi, listen, type StationPort } from '../../main/api/index.ts';
import { StationError } from '../../main/shared/errors/index.ts';
import type { Health } from '../../main/shared/health.ts';
import { settingsSchema } from '../../main/shared/settings.ts';
import type { DeliveryView } from '../../main/shared/task.ts';
import { fakeHealth, fakeStatistics, guardLine } from './fake-content.ts';
import { FakeQueue } from './fake-queue.ts';
import { detailOf, inspection, logOf } from './fake-tasks.ts';

const windowFolder = path.resolve(import.meta.dirname, '../../dist/renderer');

type Failing = 'retry' | 'changeSettings' | 'submitSample' | 'switchUpdateGuard';

/** A station without anything behind it: the real HTTP side and the built window over a scripted queue. */
export interface FakeStation {
  /** With the token: the address that an operator opens first. */
  readonly windowUrl: string;
  readonly url: string;
  readonly queue: FakeQueue;
  /** What the health page is told; tests change it. */
  health: Health;
  readonly uploads: { name: string; body: Buffer }[];
  readonly checks: string[];
  /** What became of the webhook's notice, by task. */
  readonly webhooks: Map<string, DeliveryView>;
  /** A video and a cover to serve, when a test has made some. */
  readonly media: { video?: string; cover?: string };
  /** The next calls of these fail with this error. */
  readonly failures: Map<Failing, StationError>;
  /** Ends every event stream and refuses connections, as a station does that restarts. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  restart(): Promise<void>;
}

const token = 'the-token-of-this-station';

export async function startFakeStation(): Promise<FakeStation> {
  const queue = new FakeQueue();
  const uploads: FakeStation['uploads'] = [];
  const checks: string[] = [];
  const media: FakeStation['media'] = {};
  const webhooks: FakeStation['webhooks'] = new Map();
  const failures: FakeStation['failures'] = new Map();
  const fail = (name: Failing) => {
    const failure = failures.get(name);
    failures.delete(name);
    if (failure !== undefined) throw failure;
  };
  const exists = (id: string) => queue.tasks.get(id) ?? null;

  const port: StationPort = {
    version: '0.1.0',
    token,
    settings: () => queue.settings,
    changeSettings: async ({ preset, s3, ...rest }) => {
      fail('changeSettings');
      const { settings } = queue;
      queue.settings = settingsSchema.parse({
        ...settings,
        ...rest,
        preset: { ...settings.preset, ...preset },
        s3: { ...settings.s3, ...s3 },
      });
      queue.changed('settings');
      return queue.settings;
    },
    submit: async (draftUrl) => {
      if (!/^https?:|^\d+$|^upload:/.test(draftUrl))
        throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: draftUrl });
      const { id, created } = queue.submit(draftUrl);
      return { taskId: id, created };
    },
    statusOf: () => null,
    activeCount: () => queue.line().length,
    listTasks: (query) => queue.list(query),
    task: (id) => {
      const task = exists(id);
      return task === null ? null : { ...detailOf(task), webhook: webhooks.get(id) ?? null };
    },
    cancel: async (id) => queue.cancel(id),
    retry: async (id) => {
      fail('retry');
      return queue.retry(id);
    },
    retryAllFailed: async () => {
      const failed = [...queue.tasks.values()].filter((task) => task.state === 'failed');
      for (const task of failed) queue.retry(task.id);
      return failed.length;
    },
    remove: async (id) => queue.remove(id),
    move: (id, before) => queue.move(id, before),
    notifyAgain: (id) => {
      if (!webhooks.has(id)) return false;
      webhooks.set(id, {
        state: 'waiting',
        tries: 0,
        triedAt: null,
        dueAt: new Date().toISOString(),
        answer: null,
        error: null,
      });
      return true;
    },
    pause: () => queue.setMode('paused'),
    resume: () => queue.setMode('running'),
    log: async (id, after) => {
      const task = exists(id);
      return task === null ? null : logOf(task).slice(after);
    },
    taskFile: (_id, name) => (name.endsWith('.txt') ? import.meta.filename : (media.cover ?? null)),
    videoFile: () => media.video ?? null,
    health: async () => station.health,
    statistics: () => fakeStatistics(),
    inspect: async () => inspection('检查的草稿'),
    receiveUpload: async ({ name, content }) => {
      uploads.push({ name, body: await buffer(content) });
      return `upload:${name}`;
    },
    submitSample: async () => {
      fail('submitSample');
      const { id, created } = queue.submit('sample', '示例草稿');
      return { taskId: id, created };
    },
    supportArchive: async (id) => (exists(id) === null ? null : Readable.from(['PK'])),
    runCheck: async (check) => {
      checks.push(check);
      return station.health;
    },
    switchUpdateGuard: async (on) => {
      fail('switchUpdateGuard');
      const others = station.health.lines.filter(({ id }) => id !== 'update_guard');
      station.health = { ...station.health, lines: [...others, guardLine(on)] };
      return station.health;
    },
    queueStatus: () => queue.status(),
    subscribe: (listener) => queue.subscribe(listener),
  };

  const open = (portNumber: number) =>
    listen(createApi(port, { staticFolder: windowFolder }), { host: '127.0.0.1', port: portNumber });
  let listening = await open(0);
  const station: FakeStation = {
    url: listening.url,
    windowUrl: `${listening.url}/?token=${token}`,
    queue,
    health: fakeHealth(),
    uploads,
    checks,
    webhooks,
    media,
    failures,
    stop: () => listening.close(0),
    restart: async () => {
      listening = await open(listening.port);
    },
  };
  return station;
}
