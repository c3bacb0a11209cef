import { describe, expect, it } from 'vitest';
import { LiveTasks } from '../../main/desktop/live-view.ts';
import type { QueueStatus } from '../../main/shared/events.ts';
import type { TaskState } from '../../main/shared/task.ts';
import { someTask } from '../support/fake-port.ts';

const queue = (change: Partial<QueueStatus> = {}): QueueStatus => ({
  mode: 'running',
  reason: null,
  counts: { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 },
  exporting: { jianying: 0, embedded: 0 },
  ...change,
});
const task = (id: string, state: TaskState) => someTask(id, { state });
const snapshot = (...tasks: ReturnType<typeof task>[]) =>
  ({ type: 'snapshot', version: 1, queue: queue(), tasks }) as const;
const change = (id: string, state: TaskState) => ({ type: 'task', version: 2, task: task(id, state) }) as const;

describe('what has just ended', () => {
  it('is not what was over when the app came', () => {
    const live = new LiveTasks();
    expect(live.take(snapshot(task('old', 'completed')))).toEqual([]);
    expect(live.take(change('old', 'completed'))).toEqual([]);
  });

  it('is a task that was seen at work, told of once', () => {
    const live = new LiveTasks();
    live.take(snapshot());
    live.take(change('a', 'pending'));
    live.take(change('a', 'processing'));
    expect(live.take(change('a', 'completed')).map(({ id }) => id)).toEqual(['a']);
    expect(live.take(change('a', 'completed'))).toEqual([]);
  });

  it('is what ended while the connection was away', () => {
    const live = new LiveTasks();
    live.take(snapshot(task('a', 'processing'), task('b', 'pending')));
    live.lost();
    expect(live.view.connected).toBe(false);
    expect(
      live.take(snapshot(task('a', 'failed'), task('b', 'pending'), task('c', 'completed'))).map(({ id }) => id),
    ).toEqual(['a']);
    expect(live.view.connected).toBe(true);
  });

  it('is not a removed task', () => {
    const live = new LiveTasks();
    live.take(snapshot(task('a', 'processing')));
    live.take({ type: 'removed', version: 2, id: 'a' });
    expect(live.take(change('a', 'completed'))).toEqual([]);
  });
});

describe('the view', () => {
  it('holds the queue and what is worked on', () => {
    const live = new LiveTasks();
    expect(live.view).toEqual({ connected: false, queue: null, processing: [] });
    live.take(snapshot(task('a', 'processing'), task('b', 'pending')));
    live.take({ type: 'queue', version: 2, queue: queue({ mode: 'paused' }) });
    live.take({ type: 'changed', version: 3, what: 'health' });
    expect(live.view.queue?.mode).toBe('paused');
    expect(live.view.processing.map(({ id }) => id)).toEqual(['a']);
  });
});
