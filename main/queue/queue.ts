import { type ErrorRecord, StationError } from '../shared/errors/index.ts';
import type { QueueStatus } from '../shared/events.ts';
import { type EngineId, isTerminal, type Task } from '../shared/task.ts';
import { Attempt, failureOf } from './attempt.ts';
import { type EndHost, endAttempt } from './attempt-end.ts';
import { type Clock, systemClock } from './clock.ts';
import { EventHub } from './event-hub.ts';
import { Lane } from './lane.ts';
import { ProgressTicker } from './progress-ticker.ts';
import type { QueueOptions } from './queue-options.ts';
import { type Recovered, recoverTasks } from './recovery.ts';
import type { AttemptEnd } from './stages.ts';
import type { TaskEvent } from './state.ts';
import { newTaskId } from './task-id.ts';
import { TaskLog } from './task-log.ts';
import type { TaskRecord } from './task-record.ts';
import { type TaskFacts, TaskStore } from './task-store.ts';
import { bilingual, type LiveProgress, taskView } from './task-view.ts';
import { WaitingLine } from './waiting-line.ts';

export type CancelOutcome = 'cancelled' | 'already_finished' | 'not_found';

const obstacleEveryMs = 10_000;
const snapshotPending = 500;
const snapshotFinished = 50;

/**
 * The durable queue: accepts tasks, runs them through the lanes, survives crashes. It alone writes task state.
 * `start` begins work; before that, submissions are accepted and wait.
 */
export class RenderQueue<Draft> {
  readonly store: TaskStore;
  readonly events: EventHub;
  readonly #options: QueueOptions<Draft>;
  readonly #line: WaitingLine;
  readonly #clock: Clock;
  readonly #attempts = new Map<string, { attempt: Attempt<Draft>; ended: Promise<void> }>();
  readonly #lanes: { export: Record<EngineId, Lane>; publish: Lane };
  #fetching = 0;
  #mode: QueueStatus['mode'] | 'stopped' = 'stopped';
  #pauseReason: ErrorRecord | null = null;
  #cancelWakeUp = () => {};
  #cancelObstacleCheck = () => {};
  readonly #ticker: ProgressTicker<Attempt<Draft>>;
  readonly #endHost: EndHost;

  constructor(options: QueueOptions<Draft>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.store = new TaskStore(options.db, options.ending);
    this.#line = new WaitingLine(options.db);
    this.events = new EventHub(() => ({ type: 'snapshot', queue: this.status(), tasks: this.#snapshotTasks() }));
    this.#ticker = new ProgressTicker(this.#clock, (attempt) => {
      const running = this.#attempts.get(attempt.task.id)?.attempt === attempt;
      if (running && this.events.listening) this.events.emit({ type: 'task', task: this.view(attempt.task) });
    });
    this.#endHost = {
      clock: this.#clock,
      maxAttempts: () => options.limits().maxAttempts,
      random: options.random ?? Math.random,
      draining: () => this.#mode === 'draining',
      apply: (id, event, facts) => this.#apply(id, event, facts),
      pause: (reason) => this.pause(reason),
    };
    const limits = options.limits();
    this.#lanes = {
      export: { jianying: new Lane(1), embedded: new Lane(limits.embeddedLanes) },
      publish: new Lane(limits.publishLanes),
    };
  }

  /** Puts back what a dead station left in the middle, then works. Answers what was found. */
  async start(): Promise<Recovered> {
    const { work, taskFolder, settings } = this.#options;
    const ended = (task: TaskRecord) => this.#options.ended?.(task);
    const found = await recoverTasks({ store: this.store, work, clock: this.#clock, taskFolder, ended });
    const paused = settings.readPause();
    this.#mode = 'running';
    if (paused !== null) this.pause(paused.reason);
    else this.#pump();
    return found;
  }

  /** Accepts a draft. On disk when it returns. @throws StationError QUEUE_FULL, STATION_STOPPING */
  submit(draftKey: string, draftUrl: string, name: string): { task: TaskRecord; created: boolean } {
    if (this.#mode === 'draining') throw new StationError('STATION_STOPPING');
    const limit = this.#options.limits().maxPending;
    if (this.store.counts().pending >= limit && this.store.liveOfDraft(draftKey) === null) {
      throw new StationError('QUEUE_FULL', { limit });
    }
    const submitted = this.store.submit({ id: newTaskId(), draftKey, draftUrl, name, nowMs: this.#clock.now() });
    if (submitted.created) {
      this.#tell(submitted.task);
      this.#pump();
    }
    return submitted;
  }

  /** Ends a task that waits or runs; when it answers, no process and no temporary file of it is left. */
  async cancel(id: string): Promise<CancelOutcome> {
    const task = this.store.get(id);
    if (task === null) return 'not_found';
    const running = this.#attempts.get(id);
    if (running === undefined) {
      if (task.state !== 'pending') return 'already_finished';
      const cancelled = this.#apply(id, { type: 'cancelled' }, {});
      await this.#options.work.cleanUp(cancelled, 'cancelled');
      this.#pump();
      return 'cancelled';
    }
    this.store.askCancel(id);
    running.attempt.abort(new StationError('TASK_CANCELLED'));
    await running.ended;
    return this.store.get(id)?.state === 'cancelled' ? 'cancelled' : 'already_finished';
  }

  /** Takes no new task; what is running goes on. The reason is shown and outlives a restart. */
  pause(reason: ErrorRecord | null): void {
    if (this.#mode !== 'running' && this.#mode !== 'paused') return;
    this.#mode = 'paused';
    this.#pauseReason = reason;
    this.#options.settings.writePause({ reason });
    this.#openLanes(false);
    this.#tellStatus();
    this.#watchObstacle();
  }

  resume(): void {
    if (this.#mode !== 'paused') return;
    this.#mode = 'running';
    this.#pauseReason = null;
    this.#options.settings.writePause(null);
    this.#openLanes(true);
    this.#tellStatus();
    this.#pump();
  }

  move(id: string, beforeId: string | null): boolean {
    if (!this.#line.move(id, beforeId)) return false;
    // Every place in the line may have changed: listeners take the new order at once.
    for (const task of this.store.waiting(snapshotPending)) this.#tell(task);
    return true;
  }

  remove(id: string): boolean {
    if (!this.store.remove(id)) return false;
    this.events.emit({ type: 'removed', id });
    this.#tellStatus();
    return true;
  }

  /** Takes new limits (number of lanes) at once. */
  limitsChanged(): void {
    const limits = this.#options.limits();
    this.#lanes.export.embedded.resize(limits.embeddedLanes);
    this.#lanes.publish.resize(limits.publishLanes);
    this.#pump();
  }

  /** Drains: takes nothing new, gives running attempts `deadlineMs` to end, then puts them back in line. */
  async stop(deadlineMs: number): Promise<void> {
    this.#mode = 'draining';
    this.#openLanes(false);
    this.#cancelWakeUp();
    this.#cancelObstacleCheck();
    this.#tellStatus();
    const ends = () => Promise.all([...this.#attempts.values()].map((running) => running.ended));
    // What is not being exported yet would wait for a lane that opens no more.
    for (const { attempt } of this.#attempts.values()) {
      if (attempt.task.stage === 'fetch' || attempt.task.stage === 'ready') {
        attempt.abort(new StationError('STATION_STOPPING'));
      }
    }
    if (deadlineMs > 0) {
      let stopWaiting = () => {};
      const deadline = new Promise<void>((resolve) => {
        stopWaiting = this.#clock.after(deadlineMs, resolve);
      });
      await Promise.race([ends(), deadline]);
      stopWaiting();
    }
    for (const { attempt } of this.#attempts.values()) attempt.abort(new StationError('STATION_STOPPING'));
    await ends();
    this.#mode = 'stopped';
  }

  status(): QueueStatus {
    return {
      mode: this.#mode === 'stopped' ? 'draining' : this.#mode,
      reason: this.#pauseReason === null ? null : bilingual(this.#pauseReason),
      counts: this.store.counts(),
      exporting: { jianying: this.#lanes.export.jianying.used, embedded: this.#lanes.export.embedded.used },
    };
  }

  /** What a running attempt has measured; null for others. */
  live(id: string): LiveProgress | null {
    return this.#attempts.get(id)?.attempt ?? null;
  }

  view(task: TaskRecord): Task {
    return taskView(task, this.live(task.id), task.state === 'pending' ? this.#line.position(task) : null);
  }

  /** Starts whatever can start. Called after everything that may have made room or brought work. */
  #pump(): void {
    if (this.#mode !== 'running') return;
    const { fetchLanes } = this.#options.limits();
    const now = this.#clock.now();
    // Fetched drafts wait for their slot; fetching further ahead than that would only fill the disk.
    const fetchedAhead = () =>
      [...this.#attempts.values()].filter(({ attempt }) => attempt.task.stage === 'ready').length;
    while (this.#fetching < fetchLanes && fetchedAhead() < fetchLanes) {
      const next = this.store.nextInLine(now);
      if (next === null) break;
      const obstacle = this.#options.obstacle?.() ?? null;
      if (obstacle !== null) {
        this.pause(obstacle);
        return;
      }
      this.#begin(next);
    }
    this.#cancelWakeUp();
    const retryAt = this.store.earliestRetryMs();
    if (retryAt !== null && retryAt > now) this.#cancelWakeUp = this.#clock.after(retryAt - now, () => this.#pump());
  }

  #begin(task: TaskRecord): void {
    this.#fetching += 1;
    const attempt = new Attempt<Draft>(task, this.#log(task.id), {
      work: this.#options.work,
      clock: this.#clock,
      lanes: this.#lanes,
      patience: () => this.#options.limits().patience,
      apply: (id, event, facts) => this.#apply(id, event, facts),
      writeInspection: (id, report) => this.store.writeInspection(id, report),
      fetched: () => {
        this.#fetching -= 1;
      },
      beforeExport: () => {
        const obstacle = this.#options.obstacle?.() ?? null;
        if (obstacle !== null) throw new StationError(obstacle.code, obstacle.params);
      },
      progressed: (progressed) => this.#ticker.progressed(progressed),
    });
    const started = attempt.run();
    const ended = this.#end(attempt, started);
    this.#attempts.set(task.id, { attempt, ended });
  }

  async #end(attempt: Attempt<Draft>, run: Promise<void>): Promise<void> {
    const { id } = attempt.task;
    let end: AttemptEnd = 'completed';
    try {
      await run;
    } catch (thrown) {
      end = await endAttempt(attempt, failureOf(thrown), this.#endHost);
    }
    await this.#options.work.cleanUp(attempt.task, end);
    this.#attempts.delete(id);
    const task = this.store.get(id);
    if (task !== null) this.#tell(task);
    this.#pump();
  }

  #apply(id: string, event: TaskEvent, facts: TaskFacts): TaskRecord {
    const task = this.store.apply(id, event, facts, this.#clock.now());
    this.#tell(task);
    if (isTerminal(task.state)) this.#options.ended?.(task);
    // A task that goes on makes room behind it; the pump runs when this one has gone on.
    if (event.type === 'advanced') queueMicrotask(() => this.#pump());
    return task;
  }

  #openLanes(open: boolean): void {
    this.#lanes.export.embedded.setOpen(open);
    this.#lanes.export.jianying.setOpen(open);
  }

  /** A pause for want of disk space ends by itself when there is space again. */
  #watchObstacle(): void {
    this.#cancelObstacleCheck();
    if (this.#pauseReason?.code !== 'DISK_SHORT') return;
    this.#cancelObstacleCheck = this.#clock.after(obstacleEveryMs, () => {
      if (this.#mode !== 'paused' || this.#pauseReason?.code !== 'DISK_SHORT') return;
      if ((this.#options.obstacle?.() ?? null) === null) this.resume();
      else this.#watchObstacle();
    });
  }

  #log(id: string): TaskLog {
    return new TaskLog(this.#options.taskFolder(id));
  }

  #tell(task: TaskRecord): void {
    if (!this.events.listening) return;
    this.events.emit({ type: 'task', task: this.view(task) });
    this.#tellStatus();
  }

  #tellStatus(): void {
    if (this.events.listening) this.events.emit({ type: 'queue', queue: this.status() });
  }

  #snapshotTasks(): Task[] {
    const tasks = [
      ...this.store.processing(),
      ...this.store.waiting(snapshotPending),
      ...this.store.latestFinished(snapshotFinished),
    ];
    return tasks.map((task) => this.view(task));
  }
}
