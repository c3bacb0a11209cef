import { randomUUID } from 'node:crypto';
import type { ProgressDetail, StageContext } from '../engines/engine.ts';
import { StationError } from '../shared/errors/index.ts';
import { note, stageParams } from '../shared/log-notes.ts';
import type { EngineId, Stage } from '../shared/task.ts';
import type { Clock } from './clock.ts';
import { stageLimits } from './deadlines.ts';
import type { Lane } from './lane.ts';
import type { Fetched, StageWork } from './stages.ts';
import { StaleAttempt, type TaskEvent } from './state.ts';
import type { TaskLog } from './task-log.ts';
import type { TaskRecord } from './task-record.ts';
import type { TaskFacts } from './task-store.ts';
import type { LiveProgress } from './task-view.ts';
import { watch } from './watchdog.ts';

/** What an attempt needs of the queue around it. */
export interface AttemptHost<Draft> {
  readonly work: StageWork<Draft>;
  readonly clock: Clock;
  readonly lanes: { readonly export: Readonly<Record<EngineId, Lane>>; readonly publish: Lane };
  patience(): number;
  /** Writes an event to the task's row and tells everybody. */
  apply(id: string, event: TaskEvent, facts: TaskFacts): TaskRecord;
  writeInspection(id: string, report: string): void;
  /** Called when the attempt no longer holds its fetch lane. */
  fetched(): void;
  /** Called just before an export takes its slot; throws what keeps exports from running now (a full disk). */
  beforeExport(): void;
  progressed(attempt: Attempt<Draft>): void;
}

/** One run of one task through the stages, from taken to published. */
export class Attempt<Draft> implements LiveProgress {
  readonly token = randomUUID();
  readonly log: TaskLog;
  task: TaskRecord;
  fraction = 0;
  detail: ProgressDetail | null = null;
  readonly #host: AttemptHost<Draft>;
  readonly #controller = new AbortController();

  constructor(task: TaskRecord, log: TaskLog, host: AttemptHost<Draft>) {
    this.task = task;
    this.log = log;
    this.#host = host;
  }

  /** Tells the running stage to end; `run` then throws this reason. */
  abort(reason: StationError): void {
    this.#controller.abort(reason);
  }

  /**
   * Goes through all stages.
   * @throws StationError why the attempt failed; StaleAttempt when it had been given up before
   */
  async run(): Promise<void> {
    const { work, lanes } = this.#host;
    const fetched = await this.#fetch();
    if (fetched.inspection !== null) this.#host.writeInspection(this.task.id, JSON.stringify(fetched.inspection));
    this.#apply(
      { type: 'advanced', token: this.token, to: 'ready' },
      { name: fetched.name, durationMs: fetched.durationMs, engine: fetched.engine, warnings: fetched.warnings },
    );

    const exported = await this.#inLane(lanes.export[fetched.engine], () => {
      this.#host.beforeExport();
      this.#apply({ type: 'advanced', token: this.token, to: 'export' });
      return this.#stage('export', (context) => work.export(this.task, fetched.draft, context));
    });
    const warnings = [...fetched.warnings, ...exported.warnings];

    const published = await this.#inLane(lanes.publish, () => {
      this.#apply({ type: 'advanced', token: this.token, to: 'publish' }, { warnings });
      return this.#stage('publish', (context) => work.publish(this.task, fetched.draft, exported, context));
    });
    this.#apply({ type: 'published', token: this.token }, published);
  }

  async #fetch(): Promise<Fetched<Draft>> {
    try {
      this.#apply({ type: 'taken', token: this.token, nowMs: this.#host.clock.now() });
      return await this.#stage('fetch', (context) => this.#host.work.fetch(this.task, context));
    } finally {
      this.#host.fetched();
    }
  }

  write: StageContext['log'] = (level, message, data) => {
    this.log.write(this.#host.clock.now(), level, message, data);
  };

  async #inLane<T>(lane: Lane, run: () => Promise<T>): Promise<T> {
    const waitingSince = this.#host.clock.now();
    const release = await lane.acquire(this.task.rank, this.#controller.signal);
    this.#recordTiming('ready', waitingSince);
    try {
      return await run();
    } finally {
      release();
    }
  }

  async #stage<T>(stage: Exclude<Stage, 'ready'>, run: (context: StageContext) => Promise<T>): Promise<T> {
    const startedMs = this.#host.clock.now();
    this.fraction = 0;
    this.detail = null;
    this.write('info', ...note('STAGE_STARTS', { ...stageParams(stage), attempt: this.task.attempt }));
    const watched = {
      stage,
      limits: stageLimits(stage, this.task.durationMs, this.#host.patience()),
      signal: this.#controller.signal,
      clock: this.#host.clock,
      log: this.write,
      onProgress: (fraction: number, detail: ProgressDetail | null) => {
        this.fraction = fraction;
        this.detail = detail;
        this.#host.progressed(this);
      },
    };
    try {
      return await watch(watched, run);
    } finally {
      this.#recordTiming(stage, startedMs);
    }
  }

  #recordTiming(stage: Stage, startedMs: number): void {
    const durationMs = this.#host.clock.now() - startedMs;
    if (stage === 'ready' && durationMs === 0) return;
    this.#timings.push({ attempt: this.task.attempt, stage, startedAt: new Date(startedMs).toISOString(), durationMs });
  }

  /** Timings that are to be written with the next event. */
  #timings: NonNullable<TaskFacts['timings']>[number][] = [];

  takeTimings(): NonNullable<TaskFacts['timings']> {
    const timings = this.#timings;
    this.#timings = [];
    return timings;
  }

  #apply(event: TaskEvent, facts: TaskFacts = {}): void {
    if (this.#controller.signal.aborted) throw this.#controller.signal.reason;
    this.task = this.#host.apply(this.task.id, event, { ...facts, timings: this.takeTimings() });
  }
}

/** The failure as the queue counts it; null for a late word of an attempt that had been given up. */
export function failureOf(thrown: unknown): StationError | null {
  return thrown instanceof StaleAttempt ? null : StationError.from(thrown);
}
