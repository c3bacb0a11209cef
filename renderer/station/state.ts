import type { QueueStatus, StationEvent } from '../../main/shared/events.ts';
import { isTerminal, type Task } from '../../main/shared/task.ts';
import { type ProgressTrace, traceProgress } from './progress-trace.ts';

/** The station as this window knows it: everything derives from the event stream. Pure data, never changed in place. */
export interface StationState {
  /** Of the last event taken; -1 before the first snapshot. */
  readonly version: number;
  readonly queue: QueueStatus | null;
  readonly tasks: ReadonlyMap<string, Task>;
  /** In the order they were started. */
  readonly processing: readonly string[];
  /** The beginning of the waiting line, in order, without holes; `queue.counts.pending` is its full length. */
  readonly waiting: readonly string[];
  /** Latest first. */
  readonly finished: readonly string[];
  /** How fast each processing task has been moving. */
  readonly traces: ReadonlyMap<string, ProgressTrace>;
  /** Grow when settings or health changed at the station. */
  readonly settingsChanges: number;
  readonly healthChanges: number;
}

export const emptyState: StationState = {
  version: -1,
  queue: null,
  tasks: new Map(),
  processing: [],
  waiting: [],
  finished: [],
  traces: new Map(),
  settingsChanges: 0,
  healthChanges: 0,
};

/** Finished tasks beyond this are left to the history page. */
const finishedKept = 200;

/**
 * Takes one event of the stream.
 * @returns null when events are missing before this one: ask for a new snapshot.
 */
export function applyEvent(state: StationState, event: StationEvent, nowMs: number): StationState | null {
  if (event.type === 'snapshot') return fromSnapshot(state, event, nowMs);
  if (event.version !== state.version + 1) return null;
  const next = { ...state, version: event.version };
  switch (event.type) {
    case 'task':
      return withTask(next, event.task, nowMs);
    case 'removed':
      return withoutTask(next, event.id);
    case 'queue':
      return { ...next, queue: event.queue };
    case 'changed':
      return event.what === 'settings'
        ? { ...next, settingsChanges: state.settingsChanges + 1 }
        : { ...next, healthChanges: state.healthChanges + 1 };
  }
}

/** Adds a further page of the waiting line behind what is known. Tasks already known keep their place. */
export function withMoreWaiting(state: StationState, page: readonly Task[]): StationState {
  const known = new Set(state.waiting);
  const fresh = page.filter((task) => task.state === 'pending' && !known.has(task.id) && !state.tasks.has(task.id));
  if (fresh.length === 0) return state;
  const tasks = new Map(state.tasks);
  for (const task of fresh) tasks.set(task.id, task);
  return { ...state, tasks, waiting: [...state.waiting, ...fresh.map((task) => task.id)] };
}

function fromSnapshot(
  state: StationState,
  event: Extract<StationEvent, { type: 'snapshot' }>,
  nowMs: number,
): StationState {
  const tasks = new Map(event.tasks.map((task) => [task.id, task]));
  const traces = new Map<string, ProgressTrace>();
  for (const task of event.tasks)
    if (task.state === 'processing') traces.set(task.id, traceProgress(state.traces.get(task.id), task, nowMs));
  return {
    version: event.version,
    queue: event.queue,
    tasks,
    traces,
    processing: ids(event.tasks, 'processing', byStart),
    waiting: ids(event.tasks, 'pending', (a, b) => (a.position ?? 0) - (b.position ?? 0)),
    finished: event.tasks
      .filter((task) => isTerminal(task.state))
      .sort(byEnd)
      .map((task) => task.id),
    // A reconnect may have missed changes: everything shown is fetched again.
    settingsChanges: state.settingsChanges + 1,
    healthChanges: state.healthChanges + 1,
  };
}

function ids(tasks: readonly Task[], state: Task['state'], order: (a: Task, b: Task) => number): string[] {
  return tasks
    .filter((task) => task.state === state)
    .sort(order)
    .map((task) => task.id);
}

function byStart(a: Task, b: Task): number {
  return (a.startedAt ?? '').localeCompare(b.startedAt ?? '') || a.seq - b.seq;
}

function byEnd(a: Task, b: Task): number {
  return (b.completedAt ?? '').localeCompare(a.completedAt ?? '') || b.seq - a.seq;
}

function withTask(state: StationState, task: Task, nowMs: number): StationState {
  const before = state.tasks.get(task.id);
  const waiting = placeWaiting(state, task);
  // A waiting task behind the known beginning of the line is only counted.
  if (task.state === 'pending' && !waiting.includes(task.id)) {
    return before === undefined ? state : withoutTask(state, task.id);
  }
  const tasks = new Map(state.tasks).set(task.id, task);
  let { processing, finished, traces } = state;
  if (task.state === 'processing') {
    if (before?.state !== 'processing') processing = insert(without(processing, task.id), task, byStart, tasks);
    traces = new Map(traces).set(task.id, traceProgress(traces.get(task.id), task, nowMs));
  } else if (before?.state === 'processing') {
    processing = without(processing, task.id);
    traces = new Map(traces);
    (traces as Map<string, ProgressTrace>).delete(task.id);
  }
  if (isTerminal(task.state)) {
    if (before === undefined || !isTerminal(before.state) || before.completedAt !== task.completedAt)
      finished = insert(without(finished, task.id), task, byEnd, tasks);
    for (const id of finished.slice(finishedKept)) tasks.delete(id);
    finished = finished.slice(0, finishedKept);
  } else if (before !== undefined && isTerminal(before.state)) finished = without(finished, task.id);
  return { ...state, tasks, traces, processing, waiting, finished };
}

/** The waiting line with this task at its place; the same array when nothing moved. */
function placeWaiting(state: StationState, task: Task): readonly string[] {
  const { waiting } = state;
  const index = waiting.indexOf(task.id);
  if (task.state !== 'pending') return index < 0 ? waiting : without(waiting, task.id);
  const wanted = task.position === null ? (index < 0 ? waiting.length : index) : task.position - 1;
  if (index === wanted) return waiting;
  if (index < 0 && wanted > waiting.length) return waiting;
  const rest = index < 0 ? waiting : without(waiting, task.id);
  if (wanted > rest.length) return rest;
  return [...rest.slice(0, wanted), task.id, ...rest.slice(wanted)];
}

function insert(
  list: readonly string[],
  task: Task,
  order: (a: Task, b: Task) => number,
  tasks: ReadonlyMap<string, Task>,
): readonly string[] {
  const at = list.findIndex((id) => {
    const other = tasks.get(id);
    return other !== undefined && order(task, other) < 0;
  });
  return at < 0 ? [...list, task.id] : [...list.slice(0, at), task.id, ...list.slice(at)];
}

function withoutTask(state: StationState, id: string): StationState {
  if (!state.tasks.has(id)) return state;
  const tasks = new Map(state.tasks);
  tasks.delete(id);
  const traces = new Map(state.traces);
  traces.delete(id);
  return {
    ...state,
    tasks,
    traces,
    processing: without(state.processing, id),
    waiting: without(state.waiting, id),
    finished: without(state.finished, id),
  };
}

function without(list: readonly string[], id: string): readonly string[] {
  return list.includes(id) ? list.filter((other) => other !== id) : list;
}
