import type { QueueStatus, StationEvent } from '../../main/shared/events.ts';
import { defaultSettings, type Settings } from '../../main/shared/settings.ts';
import { isTerminal, type Task } from '../../main/shared/task.ts';
import type { TaskPage, TaskQuery } from '../../main/shared/task-query.ts';
import { failure, newTask } from './fake-tasks.ts';

type EventBody = StationEvent extends infer E ? (E extends { version: number } ? Omit<E, 'version'> : never) : never;

/** The contract's scale of each stage. */
const ranges = { fetch: [10, 50], ready: [50, 50], export: [50, 90], publish: [90, 90] } as const;

/** A queue that lives in memory and moves only when told: the scripted half of the fake station. */
export class FakeQueue {
  readonly tasks = new Map<string, Task>();
  settings: Settings = { ...defaultSettings, firstRunDone: true };
  #line: string[] = [];
  #mode: QueueStatus['mode'] = 'running';
  #reason: QueueStatus['reason'] = null;
  #version = 0;
  #seq = 0;
  #listeners = new Set<(event: StationEvent) => void>();
  #counts = { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 };

  subscribe(listener: (event: StationEvent) => void): () => void {
    this.#listeners.add(listener);
    listener(this.snapshot());
    return () => void this.#listeners.delete(listener);
  }

  snapshot(): StationEvent {
    const all = [...this.tasks.values()];
    const waiting = this.#line.slice(0, 500).map((id, index) => this.#shown(id, index + 1));
    const running = all.filter((task) => task.state === 'processing');
    const over = all
      .filter((task) => isTerminal(task.state))
      .sort((a, b) => (b.completedAt ?? '').localeCompare(a.completedAt ?? ''))
      .slice(0, 50);
    return {
      type: 'snapshot',
      version: this.#version,
      queue: this.status(),
      tasks: [...running, ...waiting, ...over],
    };
  }

  status(): QueueStatus {
    return {
      mode: this.#mode,
      reason: this.#reason,
      counts: { ...this.#counts },
      exporting: { embedded: 0, jianying: 0 },
    };
  }

  setMode(mode: QueueStatus['mode'], reason: QueueStatus['reason'] = null): void {
    this.#mode = mode;
    this.#reason = reason;
    this.#tellQueue();
  }

  submit(draftUrl: string, name?: string): { id: string; created: boolean } {
    const live = [...this.tasks.values()].find((task) => task.draftUrl === draftUrl && !isTerminal(task.state));
    if (live !== undefined) return { id: live.id, created: false };
    this.#seq += 1;
    const task = newTask(this.#seq, draftUrl, new Date().toISOString(), name);
    this.#line.push(task.id);
    this.put(task);
    return { id: task.id, created: true };
  }

  /** Many waiting tasks at once, without an event for each. */
  fill(count: number): void {
    for (let index = 0; index < count; index += 1) {
      this.#seq += 1;
      const task = newTask(this.#seq, `https://drafts.example.com/${this.#seq}`, new Date().toISOString());
      this.tasks.set(task.id, task);
      this.#line.push(task.id);
    }
    this.#counts.pending += count;
  }

  start(id: string, change: Partial<Task> = {}): void {
    this.#change(id, {
      state: 'processing',
      stage: 'fetch',
      progress: 10,
      fraction: 0,
      attempt: 1,
      engine: 'embedded',
      startedAt: new Date().toISOString(),
      durationMs: 31_400,
      ...change,
    });
  }

  /** `fraction` of the stage, 0..1. */
  progress(id: string, stage: keyof typeof ranges, fraction: number, detail: Task['detail'] = null): void {
    const [from, to] = ranges[stage];
    this.#change(id, { progress: Math.floor(from + (to - from) * fraction), stage, fraction, detail });
  }

  complete(id: string, change: Partial<Task> = {}): void {
    const completedAt = new Date().toISOString();
    const url = `/v1/videos/${id}.mp4`;
    this.#change(id, {
      state: 'completed',
      stage: null,
      progress: 100,
      fraction: null,
      detail: null,
      completedAt,
      videoUrl: url,
      videoBytes: 24_310_482,
      coverUrl: `/api/tasks/${id}/files/cover.jpg`,
      ...change,
    });
  }

  fail(id: string, change: Partial<Task> = {}): void {
    this.#change(id, {
      state: 'failed',
      stage: null,
      progress: 0,
      fraction: null,
      detail: null,
      completedAt: new Date().toISOString(),
      error: failure,
      ...change,
    });
  }

  cancel(id: string): 'cancelled' | 'already_finished' | 'not_found' {
    const task = this.tasks.get(id);
    if (task === undefined) return 'not_found';
    if (isTerminal(task.state)) return 'already_finished';
    this.#change(id, {
      state: 'cancelled',
      stage: null,
      progress: 0,
      fraction: null,
      detail: null,
      completedAt: new Date().toISOString(),
    });
    return 'cancelled';
  }

  retry(id: string): string | null {
    const task = this.tasks.get(id);
    return task === undefined ? null : this.submit(task.draftUrl, task.name).id;
  }

  remove(id: string): boolean {
    const task = this.tasks.get(id);
    if (task === undefined || !isTerminal(task.state)) return false;
    this.tasks.delete(id);
    this.#counts[task.state] -= 1;
    this.#tell({ type: 'removed', id });
    this.#tellQueue();
    return true;
  }

  move(id: string, before: string | null): boolean {
    if (!this.#line.includes(id) || (before !== null && !this.#line.includes(before))) return false;
    this.#line = this.#line.filter((other) => other !== id);
    this.#line.splice(before === null ? 0 : this.#line.indexOf(before), 0, id);
    // As the real queue: every place in the line may have changed.
    for (const [index, other] of this.#line.slice(0, 500).entries())
      this.#tell({ type: 'task', task: this.#shown(other, index + 1) });
    return true;
  }

  line(): readonly string[] {
    return [...this.#line];
  }

  list(query: TaskQuery): TaskPage {
    const search = (query.search ?? '').toLowerCase();
    const after = Number(query.after ?? 0);
    const inOrder =
      query.sort === 'line'
        ? this.#line.flatMap((id, index) => (this.tasks.has(id) ? [this.#shown(id, index + 1)] : []))
        : [...this.tasks.values()].sort((a, b) => (query.sort === 'oldest' ? a.seq - b.seq : b.seq - a.seq));
    const found = inOrder.filter(
      (task) =>
        (query.state === undefined || query.state.includes(task.state)) &&
        (query.engine === undefined || task.engine === query.engine) &&
        (query.from === undefined || task.createdAt >= query.from) &&
        (query.to === undefined || task.createdAt < query.to) &&
        `${task.name} ${task.draftUrl} ${task.id}`.toLowerCase().includes(search),
    );
    const page = found.slice(after, after + query.limit);
    return { tasks: page, next: after + query.limit < found.length ? String(after + query.limit) : null };
  }

  changed(what: 'settings' | 'health'): void {
    this.#tell({ type: 'changed', what });
  }

  put(task: Task): void {
    const before = this.tasks.get(task.id);
    if (before !== undefined) this.#counts[before.state] -= 1;
    this.#counts[task.state] += 1;
    this.tasks.set(task.id, task);
    const place = this.#line.indexOf(task.id);
    if (task.state !== 'pending' && place >= 0) this.#line.splice(place, 1);
    this.#tell({ type: 'task', task: task.state === 'pending' ? this.#shown(task.id, place + 1) : task });
    if (before?.state !== task.state) this.#tellQueue();
  }

  #change(id: string, change: Partial<Task>): void {
    const task = this.tasks.get(id);
    if (task === undefined) throw new Error(`no task ${id}`);
    this.put({ ...task, ...change });
  }

  #shown(id: string, position: number): Task {
    const task = this.tasks.get(id);
    if (task === undefined) throw new Error(`no task ${id}`);
    return { ...task, position };
  }

  #tellQueue(): void {
    this.#tell({ type: 'queue', queue: this.status() });
  }

  #tell(body: EventBody): void {
    this.#version += 1;
    const event = { ...body, version: this.#version } as StationEvent;
    for (const listener of this.#listeners) listener(event);
  }
}
