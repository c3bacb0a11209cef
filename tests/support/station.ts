import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { SettingsPatch } from '../../main/shared/settings.ts';
import type { Task, TaskDetail } from '../../main/shared/task.ts';
import { tempFolder } from './temp.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface ContractStatus {
  readonly draft_url: string;
  readonly status: 'pending' | 'processing' | 'completed' | 'failed';
  readonly progress: number;
  readonly video_url: string;
  readonly error_message: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

export interface TestStation {
  readonly child: ChildProcess;
  readonly data: string;
  readonly url: string;
  readonly windowUrl: string;
  readonly token: string;
  post(path: string, body: unknown): Promise<Response>;
  /** `/api/*` with the token. */
  api(method: string, path: string, body?: unknown): Promise<Response>;
  submit(draftUrl: string): Promise<void>;
  status(draftUrl: string): Promise<ContractStatus>;
  /** The newest task of the list, whatever its state. */
  newest(): Promise<Task>;
  detail(id: string): Promise<TaskDetail>;
  /** Polls until the draft's task has ended; answers every status seen. */
  finished(draftUrl: string, timeoutMs?: number): Promise<ContractStatus[]>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface TestStationOptions {
  readonly data?: string;
  readonly port?: number;
  readonly settings?: SettingsPatch;
  readonly env?: Record<string, string>;
}

/** Starts the real station as its own program on a free port; stopped when the test ends. */
export async function startTestStation(options: TestStationOptions = {}): Promise<TestStation> {
  const data = options.data ?? tempFolder();
  const args = ['--data', data, '--port', String(options.port ?? 0), '--drain', '0'];
  const child = fork(path.join(root, 'main/headless.ts'), args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...options.env },
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  const ended = once(child, 'exit');
  const [told] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error(`the station did not start: ${complaint}`))),
  ])) as [{ url: string; windowUrl: string }];
  const token = readFileSync(path.join(data, 'token'), 'utf8').trim();

  const request = (method: string, where: string, body: unknown, headers: Record<string, string>) =>
    fetch(`${told.url}${where}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const station: TestStation = {
    child,
    data,
    token,
    ...told,
    post: (where, body) => request('POST', where, body, {}),
    api: (method, where, body) => request(method, where, body, { authorization: `Bearer ${token}` }),
    submit: async (draftUrl) => {
      const response = await station.post('/v1/gen_video', { draft_url: draftUrl });
      if (response.status !== 200) throw new Error(`gen_video: ${response.status} ${await response.text()}`);
    },
    status: async (draftUrl) => {
      const response = await station.post('/v1/gen_video_status', { draft_url: draftUrl });
      if (response.status !== 200) throw new Error(`gen_video_status: ${response.status} ${await response.text()}`);
      return (await response.json()) as ContractStatus;
    },
    newest: async () => {
      const page = (await (await station.api('GET', '/api/tasks?limit=1')).json()) as { tasks: Task[] };
      const [task] = page.tasks;
      if (task === undefined) throw new Error('there is no task');
      return task;
    },
    detail: async (id) => (await (await station.api('GET', `/api/tasks/${id}`)).json()) as TaskDetail,
    finished: async (draftUrl, timeoutMs = 90_000) => {
      const until = Date.now() + timeoutMs;
      const seen: ContractStatus[] = [];
      while (Date.now() < until) {
        const status = await station.status(draftUrl);
        seen.push(status);
        if (status.status === 'completed' || status.status === 'failed') return seen;
        await pause(50);
      }
      throw new Error(`still ${JSON.stringify(seen.at(-1))} after ${timeoutMs} ms; ${complaint}`);
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.send('stop', () => {});
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
  onTestFinished(() => station.stop());
  if (options.settings !== undefined) {
    const response = await station.api('PATCH', '/api/settings', options.settings);
    if (response.status !== 200) throw new Error(`settings: ${response.status} ${await response.text()}`);
  }
  return station;
}
