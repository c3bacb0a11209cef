import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { DraftStatus, StationPort, Upload } from '../../main/api/station-port.ts';
import { StationError } from '../../main/shared/errors/index.ts';
import type { QueueStatus, StationEvent } from '../../main/shared/events.ts';
import { defaultSettings, type Settings } from '../../main/shared/settings.ts';
import { isTerminal, type Task, type TaskDetail } from '../../main/shared/task.ts';

/** Time of everything that the fake station says. */
export const someTimeMs = Date.UTC(2026, 8, 24, 10, 30);
const someTime = new Date(someTimeMs).toISOString();

export function someTask(id: string, change: Partial<Task> = {}): Task {
  return {
    id,
    seq: 1,
    draftUrl: `https://example.com/${id}.json`,
    name: `草稿 ${id}`,
    state: 'pending',
    stage: null,
    progress: 0,
    fraction: null,
    detail: null,
    position: 1,
    engine: null,
    attempt: 0,
    retryAt: null,
    createdAt: someTime,
    startedAt: null,
    completedAt: null,
    durationMs: null,
    error: null,
    warnings: 0,
    videoUrl: null,
    videoBytes: null,
    coverUrl: null,
    ...change,
  };
}

/**
 * A station in memory, for tests of the HTTP side: it keeps tasks, settings and subscribers, and remembers what it was
 * asked. It renders nothing.
 */
export class FakePort implements StationPort {
  readonly version = '1.2.3';
  readonly token = 'the-token-of-this-station';
  settingsNow: Settings = { ...defaultSettings };
  readonly tasks: Task[] = [];
  readonly statuses = new Map<string, DraftStatus>();
  readonly submitted: string[] = [];
  readonly files = new Map<string, string>();
  readonly uploads: { name: string; kind: string; content: string }[] = [];
  readonly listeners = new Set<(event: StationEvent) => void>();
  queue: QueueStatus = {
    mode: 'running',
    reason: null,
    counts: { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 },
    exporting: { embedded: 0, jianying: 0 },
  };
  version_ = 1;
  /** What `submit` and `statusOf` fail with, when set. */
  failure: unknown = null;

  settings() {
    return this.settingsNow;
  }
  async changeSettings(patch: Parameters<StationPort['changeSettings']>[0]) {
    if (patch.draftLibrary === '/forbidden') {
      throw new StationError('SETTINGS_INVALID', { zh: 'draftLibrary: 无法写入', en: 'draftLibrary: not writable' });
    }
    const { preset, s3, ...rest } = patch;
    const current = this.settingsNow;
    this.settingsNow = Object.assign({}, current, rest, {
      preset: Object.assign({}, current.preset, preset),
      s3: Object.assign({}, current.s3, s3),
    });
    return this.settingsNow;
  }

  async submit(draftUrl: string) {
    if (this.failure !== null) throw this.failure;
    if (!/^https?:/.test(draftUrl.trim())) throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: draftUrl });
    this.submitted.push(draftUrl);
    const live = this.tasks.find((task) => task.draftUrl === draftUrl && task.state === 'pending');
    if (live !== undefined) return { taskId: live.id, created: false };
    const task = someTask(`t${this.tasks.length + 1}`, { seq: this.tasks.length + 1, draftUrl });
    this.add(task);
    return { taskId: task.id, created: true };
  }
  add(task: Task) {
    this.tasks.push(task);
    this.emit({ type: 'task', version: 0, task });
  }
  statusOf(draftUrl: string): DraftStatus | null {
    if (this.failure !== null) throw this.failure;
    const known = this.statuses.get(draftUrl);
    if (known !== undefined) return known;
    const task = this.tasks.findLast((candidate) => candidate.draftUrl === draftUrl);
    if (task === undefined) return null;
    return status({ draftUrl, createdAtMs: Date.parse(task.createdAt) });
  }
  activeCount() {
    return this.tasks.filter(({ state }) => state === 'pending' || state === 'processing').length;
  }

  listTasks(query: Parameters<StationPort['listTasks']>[0]) {
    const found = this.tasks.filter((task) => query.state === undefined || query.state.includes(task.state));
    const start = query.after === undefined ? 0 : Number(query.after);
    const tasks = found.slice(start, start + query.limit);
    const next = start + query.limit < found.length ? String(start + query.limit) : null;
    return { tasks, next };
  }
  #find(id: string) {
    return this.tasks.find((task) => task.id === id);
  }
  #change(id: string, change: Partial<Task>) {
    const index = this.tasks.findIndex((task) => task.id === id);
    const task = this.tasks[index];
    if (task !== undefined) this.tasks[index] = { ...task, ...change };
  }
  task(id: string): TaskDetail | null {
    const task = this.#find(id);
    if (task === undefined) return null;
    return {
      ...task,
      timings: [],
      warningList: [],
      inspection: null,
      evidence: ['screen.png'],
      videoFile: null,
      crashes: 0,
      webhook: null,
    };
  }
  async cancel(id: string) {
    const task = this.#find(id);
    if (task === undefined) return 'not_found' as const;
    if (task.state !== 'pending') return 'already_finished' as const;
    this.#change(id, { state: 'cancelled' });
    return 'cancelled' as const;
  }
  async retry(id: string) {
    const task = this.#find(id);
    return task === undefined ? null : (await this.submit(task.draftUrl)).taskId;
  }
  async retryAllFailed() {
    return this.tasks.filter(({ state }) => state === 'failed').length;
  }
  async remove(id: string) {
    const index = this.tasks.findIndex((task) => task.id === id && task.state !== 'pending');
    if (index >= 0) this.tasks.splice(index, 1);
    return index >= 0;
  }
  readonly moves: [string, string | null][] = [];
  move(id: string, beforeId: string | null) {
    this.moves.push([id, beforeId]);
    return this.#find(id)?.state === 'pending';
  }
  readonly notified: string[] = [];
  notifyAgain(id: string) {
    const task = this.#find(id);
    if (task === undefined || !isTerminal(task.state)) return false;
    this.notified.push(id);
    return true;
  }
  pause() {
    this.queue = { ...this.queue, mode: 'paused' };
  }
  resume() {
    this.queue = { ...this.queue, mode: 'running' };
  }
  async log(id: string, afterLine: number) {
    if (this.#find(id) === undefined) return null;
    return ['one', 'two', 'three']
      .slice(afterLine)
      .map((message) => ({ time: someTime, level: 'info' as const, message }));
  }
  taskFile(id: string, name: string) {
    return this.files.get(`${id}/${name}`) ?? null;
  }
  videoFile(name: string) {
    return this.files.get(name) ?? null;
  }

  async health() {
    return { ok: true, version: this.version, startedAt: someTime, lines: [] };
  }
  statistics() {
    return { days: [], stageMs: { fetch: 1, ready: 2, export: 3, publish: 4 } };
  }
  async inspect(draftUrl: string): ReturnType<StationPort['inspect']> {
    throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: draftUrl });
  }
  async receiveUpload({ name, kind, content }: Upload) {
    const bytes = await buffer(content);
    this.uploads.push({ name, kind, content: bytes.toString() });
    return `/inbox/${name}`;
  }
  async submitSample() {
    return { taskId: 'sample', created: true };
  }
  async supportArchive(id: string) {
    return this.#find(id) === undefined ? null : Readable.from(['PK-archive']);
  }
  readonly checks: string[] = [];
  async runCheck(check: string) {
    this.checks.push(check);
    return this.health();
  }
  readonly guard: boolean[] = [];
  async switchUpdateGuard(on: boolean) {
    if (this.failure !== null) throw this.failure;
    this.guard.push(on);
    return this.health();
  }
  queueStatus() {
    return this.queue;
  }

  subscribe(listener: (event: StationEvent) => void) {
    this.listeners.add(listener);
    listener({ type: 'snapshot', version: this.version_, queue: this.queue, tasks: [...this.tasks] });
    return () => this.listeners.delete(listener);
  }
  emit(event: StationEvent) {
    this.version_ += 1;
    for (const listener of this.listeners) listener({ ...event, version: this.version_ });
  }
}

export function status(change: Partial<DraftStatus> = {}): DraftStatus {
  return {
    draftUrl: 'https://example.com/draft.json',
    status: 'pending',
    progress: 0,
    videoUrl: '',
    error: null,
    createdAtMs: someTimeMs,
    startedAtMs: null,
    completedAtMs: null,
    ...change,
  };
}
