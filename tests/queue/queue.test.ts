import { describe, expect, it } from 'vitest';
import type { ErrorRecord } from '../../main/shared/errors/index.ts';
import { StationError } from '../../main/shared/errors/index.ts';
import type { StationEvent } from '../../main/shared/events.ts';
import { settled } from '../support/clock.ts';
import { harness, submit } from './harness.ts';

describe('a submitted task', () => {
  it('waits as pending until a lane takes it, then goes through the stages to a video', async () => {
    const { queue, work } = harness();
    const id = submit(queue, 'a');
    expect(queue.store.get(id)?.state).toBe('pending');
    await queue.start();
    await settled();
    expect(queue.store.get(id)).toMatchObject({ state: 'processing', stage: 'fetch', attempt: 1 });
    work.running('fetch').end();
    await settled();
    expect(queue.store.get(id)).toMatchObject({
      state: 'processing',
      stage: 'export',
      name: 'draft of a',
      durationMs: 5000,
    });
    work.running('export').end();
    await settled();
    work.running('publish').end();
    await settled();
    expect(queue.store.get(id)).toMatchObject({ state: 'completed', videoUrl: `/v1/videos/video_${id}.mp4` });
    expect(work.cleaned).toEqual([{ id, end: 'completed' }]);
  });

  it('keeps how long each stage of each attempt took', async () => {
    const { queue, work, clock } = harness();
    const id = submit(queue, 'a');
    await queue.start();
    for (const [stage, ms, error] of [
      ['fetch', 2000, undefined],
      ['export', 5000, new StationError('INTERNAL', { reason: 'boom' })],
      ['fetch', 1000, undefined],
      ['export', 4000, undefined],
      ['publish', 3000, undefined],
    ] as const) {
      await settled();
      if (work.calls.length === 0) await clock.advance(750);
      await clock.advance(ms);
      work.running(stage).end(error);
    }
    await settled();
    expect(queue.store.get(id)?.timings.map(({ attempt, stage, durationMs }) => [attempt, stage, durationMs])).toEqual([
      [1, 'fetch', 2000],
      [1, 'export', 5000],
      [2, 'fetch', 1000],
      [2, 'export', 4000],
      [2, 'publish', 3000],
    ]);
  });

  it('joins the live task of the same draft, and is a new task once that one has ended', async () => {
    const { queue, work } = harness();
    await queue.start();
    const first = queue.submit('a', 'a', 'a');
    expect(queue.submit('a', ' a ', 'a')).toMatchObject({ created: false, task: { id: first.task.id } });
    for (const stage of ['fetch', 'export', 'publish'] as const) {
      await settled();
      expect(queue.submit('a', 'a', 'a').created).toBe(false);
      work.running(stage).end();
    }
    await settled();
    const second = queue.submit('a', 'a', 'a');
    expect(second.created).toBe(true);
    expect(queue.store.newestOfDraft('a')?.id).toBe(second.task.id);
  });

  it('is refused when the line is full', async () => {
    const { queue } = harness({ maxPending: 2 });
    submit(queue, 'a');
    submit(queue, 'b');
    expect(() => submit(queue, 'c')).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
    expect(queue.submit('a', 'a', 'a').created).toBe(false);
  });
});

describe('the lanes', () => {
  it('fetch three at once, export one at a time in the order of submission, and overlap', async () => {
    const { queue, work } = harness();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) submit(queue, name);
    await queue.start();
    await settled();
    expect(work.names()).toEqual(['fetch a', 'fetch b', 'fetch c']);
    work.running('fetch', 'b').end();
    await settled();
    // b is exported while a is still being fetched; d takes the free fetch lane.
    expect(work.names().sort()).toEqual(['export b', 'fetch a', 'fetch c', 'fetch d']);
    work.running('fetch', 'c').end();
    work.running('fetch', 'a').end();
    await settled();
    work.running('export', 'b').end();
    await settled();
    // The line before the export slot is served by place, not by who was fetched first.
    expect(work.names().filter((name) => name.startsWith('export'))).toEqual(['export a']);
    expect(work.names()).toContain('publish b');
  });

  it('do not fetch further ahead than there are fetch lanes', async () => {
    const { queue, work } = harness();
    work.automatic.add('fetch');
    for (let n = 0; n < 20; n++) submit(queue, `d${n}`);
    await queue.start();
    await settled();
    const { counts } = queue.status();
    expect(counts.processing).toBeLessThanOrEqual(1 + 3 + 3);
    expect(counts.pending).toBeGreaterThanOrEqual(13);
  });

  it('let a task that is moved to the front go first', async () => {
    const { queue, work } = harness({ fetchLanes: 1 });
    for (const name of ['a', 'b', 'c']) submit(queue, name);
    const d = submit(queue, 'd');
    expect(queue.move(d, null)).toBe(true);
    expect(queue.store.waiting(10).map((task) => task.draftUrl)).toEqual(['d', 'a', 'b', 'c']);
    await queue.start();
    await settled();
    expect(work.names()).toEqual(['fetch d']);
    expect(queue.move(d, null)).toBe(false);
  });

  it('start the next export in the turn in which the last one ends', async () => {
    const { queue, work } = harness();
    work.automatic.add('fetch');
    submit(queue, 'a');
    submit(queue, 'b');
    await queue.start();
    await settled();
    work.running('export', 'a').end();
    await settled();
    expect(work.names()).toContain('export b');
  });
});

describe('pause', () => {
  it('lets what is running finish, takes nothing new, and outlives a restart', async () => {
    const station = harness();
    const { queue, work } = station;
    submit(queue, 'a');
    await queue.start();
    await settled();
    work.running('fetch').end();
    await settled();
    queue.pause(null);
    submit(queue, 'b');
    await settled();
    expect(work.names()).toEqual(['export a']);
    work.running('export').end();
    await settled();
    work.running('publish').end();
    await settled();
    expect(queue.store.counts()).toMatchObject({ completed: 1, pending: 1 });

    const again = station.crash();
    await again.queue.start();
    await settled();
    expect(again.queue.status().mode).toBe('paused');
    expect(again.work.names()).toEqual([]);
    again.queue.resume();
    await settled();
    expect(again.work.names()).toEqual(['fetch b']);
  });

  it('comes by itself with its reason when a person is needed, and the task keeps its place', async () => {
    const { queue, work } = harness();
    const a = submit(queue, 'a');
    await queue.start();
    await settled();
    work.running('fetch').end(new StationError('DISK_SHORT', { folder: 'D:', freeGb: 0, neededGb: 2 }));
    await settled();
    expect(queue.status()).toMatchObject({ mode: 'paused', reason: { code: 'DISK_SHORT' } });
    expect(queue.store.get(a)).toMatchObject({ state: 'pending', failures: 0 });
  });

  it('for want of disk space ends by itself when there is space', async () => {
    let obstacle: ErrorRecord | null = { code: 'DISK_SHORT', params: { folder: 'D:', freeGb: 0, neededGb: 2 } };
    const { queue, work, clock } = harness({}, { obstacle: () => obstacle });
    submit(queue, 'a');
    await queue.start();
    expect(queue.status()).toMatchObject({ mode: 'paused', reason: { code: 'DISK_SHORT' } });
    await clock.advance(30_000);
    expect(work.names()).toEqual([]);
    obstacle = null;
    await clock.advance(10_000);
    expect(work.names()).toEqual(['fetch a']);
  });
});

describe('cancel', () => {
  it('reaches a task in every stage and cleans up after it', async () => {
    for (const stage of ['pending', 'fetch', 'ready', 'export', 'publish'] as const) {
      const { queue, work } = harness();
      const first = submit(queue, 'first');
      const id = stage === 'ready' ? submit(queue, 'second') : first;
      if (stage !== 'pending') await queue.start();
      for (const passed of ['fetch', 'export', 'publish'] as const) {
        await settled();
        if (stage === passed || stage === 'pending') break;
        if (stage === 'ready') {
          work.running('fetch', 'first').end();
          work.running('fetch', 'second').end();
          await settled();
          break;
        }
        work.running(passed).end();
      }
      await settled();
      expect(queue.store.get(id)).toMatchObject(
        stage === 'pending' ? { state: 'pending' } : { state: 'processing', stage },
      );
      expect(await queue.cancel(id)).toBe('cancelled');
      expect(queue.store.get(id)?.state).toBe('cancelled');
      expect(work.cleaned).toContainEqual({ id, end: 'cancelled' });
      expect(work.names().some((name) => name.endsWith(id))).toBe(false);
      expect(await queue.cancel(id)).toBe('already_finished');
    }
  });

  it('does not wait for ever for a stage that does not listen, whose late result is refused', async () => {
    const { queue, work, clock } = harness();
    work.deaf.add('fetch');
    const id = submit(queue, 'a');
    await queue.start();
    await settled();
    const late = work.running('fetch');
    const outcome = queue.cancel(id);
    await clock.advance(10_000);
    expect(await outcome).toBe('cancelled');
    late.end();
    await settled();
    expect(queue.store.get(id)?.state).toBe('cancelled');
    expect(work.names()).toEqual([]);
  });
});

describe('a failed attempt', () => {
  it('is tried again after a while, and given up after the last attempt', async () => {
    const { queue, work, clock } = harness();
    const id = submit(queue, 'a');
    await queue.start();
    for (const attempt of [1, 2, 3]) {
      await settled();
      expect(queue.store.get(id)).toMatchObject({ state: 'processing', attempt });
      work.running('fetch').end(new StationError('INTERNAL', { reason: 'boom' }));
      await settled();
      if (attempt < 3) {
        expect(queue.store.get(id)).toMatchObject({ state: 'pending', failures: attempt });
        expect(work.names()).toEqual([]);
        await clock.advance(2000);
      }
    }
    expect(queue.store.get(id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' }, failures: 3 });
  });

  it('does not hold up the tasks behind it', async () => {
    const { queue, work } = harness({ fetchLanes: 1 });
    submit(queue, 'a');
    submit(queue, 'b');
    await queue.start();
    await settled();
    work.running('fetch', 'a').end(new StationError('INTERNAL', { reason: 'boom' }));
    await settled();
    expect(work.names()).toEqual(['fetch b']);
  });

  it('without any progress is stopped and said to have stalled', async () => {
    const { queue, work, clock } = harness({ maxAttempts: 1 });
    const id = submit(queue, 'a');
    await queue.start();
    await settled();
    await clock.advance(170_000);
    work.running('fetch').context.onProgress(0.1);
    await clock.advance(170_000);
    work.running('fetch').context.onProgress(0.1);
    expect(queue.store.get(id)?.state).toBe('processing');
    await clock.advance(11_000);
    const task = queue.store.get(id);
    expect(task?.state).toBe('failed');
    expect(task === null ? null : queue.view(task).error).toMatchObject({
      code: 'STAGE_STALLED',
      zh: expect.stringContaining('「获取草稿与素材」阶段 180 秒'),
      en: expect.stringContaining('"fetch" stage made no progress for 180 s'),
    });
  });
});

describe('the event stream', () => {
  it('begins with a snapshot and goes on in versions without gaps; progress never falls', async () => {
    const { queue, work, clock } = harness();
    await queue.start();
    submit(queue, 'a');
    await settled();
    const events: StationEvent[] = [];
    const end = queue.events.subscribe((event) => events.push(event));
    expect(events).toMatchObject([{ type: 'snapshot', tasks: [{ name: 'a', state: 'processing' }] }]);
    const { context } = work.running('fetch');
    for (const fraction of [0.1, 0.5, 0.3, 0.9]) {
      context.onProgress(fraction);
      await clock.advance(250);
    }
    work.running('fetch').end();
    await settled();
    end();
    work.running('export').end();
    await settled();
    expect(events.map((event) => event.version)).toEqual(events.map((_, n) => (events[0]?.version ?? 0) + n));
    const progress = events.flatMap((event) => (event.type === 'task' ? [event.task.progress] : []));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress).toEqual(expect.arrayContaining([14, 30, 46, 50]));
  });
});

describe('a stop', () => {
  it('waits for running exports, then puts the rest back in line without counting a crash', async () => {
    const station = harness();
    const { queue, work, clock } = station;
    const a = submit(queue, 'a');
    const b = submit(queue, 'b');
    await queue.start();
    await settled();
    work.running('fetch', 'a').end();
    await settled();
    const stopped = queue.stop(60_000);
    await settled();
    expect(() => submit(queue, 'c')).toThrow(expect.objectContaining({ code: 'STATION_STOPPING' }));
    work.running('export', 'a').end();
    await settled();
    work.running('publish', 'a').end();
    await settled();
    await clock.advance(60_000);
    await stopped;
    expect(queue.store.get(a)?.state).toBe('completed');
    expect(queue.store.get(b)).toMatchObject({ state: 'pending', crashes: 0, failures: 0 });
  });

  it('does not wait for tasks that are still being fetched or wait for their export', async () => {
    const { queue, work } = harness();
    const tasks = ['a', 'b', 'c'].map((name) => submit(queue, name));
    await queue.start();
    await settled();
    for (const name of ['a', 'b']) work.running('fetch', name).end();
    await settled();
    const stopped = queue.stop(60_000);
    await settled();
    work.running('export', 'a').end();
    await settled();
    work.running('publish', 'a').end();
    // Without the clock: nothing is waited for any more.
    await stopped;
    expect(tasks.map((id) => queue.store.get(id)?.state)).toEqual(['completed', 'pending', 'pending']);
  });
});

describe('after a crash', () => {
  it('interrupted tasks run again at their old place; nothing is lost', async () => {
    const station = harness();
    for (const name of ['a', 'b', 'c', 'd']) submit(station.queue, name);
    await station.queue.start();
    await settled();
    station.work.running('fetch', 'a').end();
    await settled();
    const again = station.crash();
    expect(await again.queue.start()).toEqual({ putBack: 4, parked: 0 });
    await settled();
    expect(again.work.names()).toEqual(['fetch a', 'fetch b', 'fetch c']);
    expect(again.queue.store.newestOfDraft('a')).toMatchObject({ attempt: 2, crashes: 1 });
  });

  it('a task that has killed the station twice is parked with that reason', async () => {
    let station = harness();
    const id = submit(station.queue, 'deadly');
    for (let crash = 1; crash <= 2; crash++) {
      await station.queue.start();
      await settled();
      expect(station.work.names()).toEqual(['fetch deadly']);
      station = station.crash();
    }
    expect(await station.queue.start()).toEqual({ putBack: 0, parked: 1 });
    expect(station.queue.store.get(id)).toMatchObject({
      state: 'failed',
      error: { code: 'TASK_CRASHED_STATION', params: { crashes: 2 } },
    });
  });

  it('a cancel that was asked for stands', async () => {
    const station = harness();
    station.work.deaf.add('fetch');
    const id = submit(station.queue, 'a');
    await station.queue.start();
    await settled();
    void station.queue.cancel(id);
    const again = station.crash();
    await again.queue.start();
    expect(again.queue.store.get(id)?.state).toBe('cancelled');
  });
});
