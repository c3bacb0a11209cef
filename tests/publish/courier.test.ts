import { describe, expect, it, onTestFinished } from 'vitest';
import { Courier } from '../../main/publish/courier.ts';
import type { WebhookAnswer, WebhookBody } from '../../main/publish/webhook.ts';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { Outbox } from '../../main/queue/outbox.ts';
import { TaskStore } from '../../main/queue/task-store.ts';
import { settled, TestClock } from '../support/clock.ts';
import { tempFolder } from '../support/temp.ts';

const ok: WebhookAnswer = { kind: 'status', status: 204, retryAfterMs: null };
const busy: WebhookAnswer = { kind: 'status', status: 503, retryAfterMs: null };
const gone: WebhookAnswer = { kind: 'status', status: 410, retryAfterMs: null };

interface Sent {
  readonly id: string;
  readonly task: string;
  readonly url: string;
  answer(answer: WebhookAnswer): void;
}

/** A courier on a real database; requests wait until the test answers them. */
function courierOn(folder: string, clock = new TestClock()) {
  const { db } = openDatabase(databaseFile(folder), clock.now());
  onTestFinished(() => void (db.open && db.close()));
  const outbox = new Outbox(db);
  const store = new TaskStore(db, (task, nowMs) => outbox.add(task.seq, nowMs));
  const sent: Sent[] = [];
  const told: string[] = [];
  const receiver = { url: 'http://receiver/hook', secret: '' };
  let automatic: WebhookAnswer | null = null;
  const courier = new Courier({
    outbox,
    clock,
    receiver: () => receiver,
    content: ({ taskId }) => ({ task_id: taskId }) as WebhookBody,
    post: (url, headers, body, signal) =>
      new Promise((resolve, reject) => {
        const task = (JSON.parse(body) as WebhookBody).task_id;
        sent.push({ id: headers['x-station-delivery'] ?? '', task, url, answer: resolve });
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
        if (automatic !== null) resolve(automatic);
      }),
    told: ({ taskId }, result, answer) => told.push(`${taskId} ${result.state} ${answer}`),
    random: () => 0.5,
  });
  return {
    db,
    outbox,
    store,
    courier,
    clock,
    sent,
    told,
    receiver,
    answerAll: (answer: WebhookAnswer) => {
      automatic = answer;
    },
    end: (id: string) => {
      store.submit({ id, draftKey: id, draftUrl: id, name: id, nowMs: clock.now() });
      store.apply(id, { type: 'cancelled' }, {}, clock.now());
      courier.wake();
    },
    crash: () => {
      db.close();
      return courierOn(folder, clock);
    },
  };
}

describe('the courier', () => {
  it('carries a result at once and says so', async () => {
    const { courier, sent, told, end, outbox } = courierOn(tempFolder());
    courier.start();
    end('a');
    expect(sent.map(({ task }) => task)).toEqual(['a']);
    sent[0]?.answer(ok);
    await settled();
    expect(told).toEqual(['a delivered HTTP 204']);
    expect(outbox.ofTask('a')).toMatchObject({ state: 'delivered', tries: 1 });
  });

  it('tries again under the same id until it is taken, and stops when it is refused', async () => {
    const { courier, sent, told, end, clock } = courierOn(tempFolder());
    courier.start();
    end('a');
    for (const [answer, pauseMs] of [
      [busy, 5000],
      [{ kind: 'failure', reason: 'ECONNRESET' }, 30_000],
      [{ kind: 'status', status: 429, retryAfterMs: 600_000 }, 600_000],
    ] as const) {
      const before = sent.length;
      sent.at(-1)?.answer(answer);
      await settled();
      await clock.advance(pauseMs - 1);
      expect(sent).toHaveLength(before);
      await clock.advance(1);
      expect(sent).toHaveLength(before + 1);
    }
    sent.at(-1)?.answer(gone);
    await settled();
    await clock.advance(100 * 3_600_000);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(sent).toHaveLength(4);
    expect(told.at(-1)).toBe('a given_up HTTP 410');
  });

  it('gives up on a dead receiver after a day', async () => {
    const { courier, end, clock, outbox, answerAll } = courierOn(tempFolder());
    answerAll({ kind: 'failure', reason: 'ECONNREFUSED' });
    courier.start();
    end('a');
    await settled();
    for (let hour = 0; hour < 30; hour++) await clock.advance(3_600_000);
    expect(outbox.ofTask('a')).toMatchObject({
      state: 'given_up',
      tries: 29,
      error: { code: 'WEBHOOK_UNDELIVERED', params: { answer: 'ECONNREFUSED', hours: 24 } },
    });
  });

  it('goes on after a crash where it was: what was under way is sent again, what was taken is not', async () => {
    const first = courierOn(tempFolder());
    first.courier.start();
    for (const id of ['taken', 'underway', 'failed']) first.end(id);
    first.sent[0]?.answer(ok);
    first.sent[2]?.answer(busy);
    await settled();
    const again = first.crash();
    again.courier.start();
    expect(again.sent.map(({ task }) => task)).toEqual(['underway']);
    expect(again.sent[0]?.id).toBe(first.sent[1]?.id);
    await again.clock.advance(5000);
    expect(again.sent.map(({ task }) => task)).toEqual(['underway', 'failed']);
    expect(again.sent[1]?.id).toBe(first.sent[2]?.id);
  });

  it('sends what ended before it started, and what ended while it was not running', () => {
    const { courier, sent, end } = courierOn(tempFolder());
    end('a');
    expect(sent).toEqual([]);
    courier.start();
    expect(sent).toHaveLength(1);
  });

  it('has at most four requests under way; a slow receiver delays no new task of the queue', async () => {
    const { courier, sent, end, store } = courierOn(tempFolder());
    courier.start();
    for (let n = 0; n < 10; n++) end(`t${n}`);
    expect(store.counts().cancelled).toBe(10);
    expect(sent.map(({ task }) => task)).toEqual(['t0', 't1', 't2', 't3']);
    sent[2]?.answer(ok);
    await settled();
    expect(sent.map(({ task }) => task)).toEqual(['t0', 't1', 't2', 't3', 't4']);
    for (let n = 0; n < 10; n++) {
      sent[n]?.answer(ok);
      await settled();
    }
    expect(sent).toHaveLength(10);
  });

  it('takes a corrected address at once', async () => {
    const { courier, sent, end, receiver } = courierOn(tempFolder());
    courier.start();
    end('a');
    sent[0]?.answer(busy);
    await settled();
    receiver.url = 'http://right/hook';
    courier.receiverChanged();
    expect(sent.map(({ url }) => url)).toEqual(['http://receiver/hook', 'http://right/hook']);
    expect(sent[1]?.id).toBe(sent[0]?.id);
  });

  it('gives up what waits when there is no address any more, without a try', async () => {
    const { courier, sent, told, end, receiver, outbox } = courierOn(tempFolder());
    courier.start();
    receiver.url = '';
    end('a');
    await settled();
    expect(sent).toEqual([]);
    expect(told).toEqual(['a given_up ']);
    expect(outbox.ofTask('a')).toMatchObject({ tries: 0, error: { code: 'WEBHOOK_SWITCHED_OFF' } });
  });

  it('does not tell of a task that was removed while its notice was under way', async () => {
    const { courier, sent, told, end, store } = courierOn(tempFolder());
    courier.start();
    end('a');
    store.remove('a');
    sent[0]?.answer(busy);
    await settled();
    expect(told).toEqual([]);
  });

  it('sends once while the disk is full, and writes what came of it when there is room', async () => {
    const { courier, sent, told, end, outbox, clock } = courierOn(tempFolder());
    courier.start();
    end('a');
    const record = outbox.record.bind(outbox);
    outbox.record = () => {
      throw new Error('database or disk is full');
    };
    sent[0]?.answer(ok);
    await clock.advance(60_000);
    expect(sent).toHaveLength(1);
    expect(told).toEqual([]);
    outbox.record = record;
    await clock.advance(10_000);
    expect(told).toEqual(['a delivered HTTP 204']);
    expect(sent).toHaveLength(1);
  });

  it('outlives a log that cannot be written, and a setting that cannot be read, without flooding anybody', async () => {
    const { courier, sent, told, end, outbox, receiver, clock } = courierOn(tempFolder());
    told.push = () => {
      throw new Error('ENOSPC');
    };
    courier.start();
    end('a');
    sent[0]?.answer(ok);
    await settled();
    expect(outbox.ofTask('a')?.state).toBe('delivered');
    Object.defineProperty(receiver, 'url', {
      configurable: true,
      get: () => {
        throw new Error('no settings');
      },
    });
    end('b');
    await clock.advance(9000);
    expect(sent).toHaveLength(1);
    Object.defineProperty(receiver, 'url', { value: 'http://receiver/hook' });
    await clock.advance(11_000);
    expect(sent.map(({ task }) => task)).toEqual(['a', 'b']);
  });

  it('outlives a database that cannot be read for a while', async () => {
    const { courier, sent, end, outbox, clock } = courierOn(tempFolder());
    courier.start();
    const due = outbox.due.bind(outbox);
    outbox.due = () => {
      throw new Error('disk I/O error');
    };
    end('a');
    expect(sent).toEqual([]);
    outbox.due = due;
    await clock.advance(10_000);
    expect(sent).toHaveLength(1);
  });

  it('stops after a grace: what was answered in time is written, the rest is sent after the next start', async () => {
    const first = courierOn(tempFolder());
    first.courier.start();
    first.end('quick');
    first.end('slow');
    const stopped = first.courier.stop(3000);
    first.end('later');
    first.sent[0]?.answer(ok);
    await settled();
    await first.clock.advance(3000);
    await stopped;
    expect(first.told).toEqual(['quick delivered HTTP 204']);
    const again = first.crash();
    again.courier.start();
    expect(again.sent.map(({ task }) => task)).toEqual(['slow', 'later']);
    expect(again.outbox.ofTask('slow')?.tries).toBe(0);
  });
});
