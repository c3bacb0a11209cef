import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { Outbox } from '../../main/queue/outbox.ts';
import { TaskStore } from '../../main/queue/task-store.ts';
import { tempFolder } from '../support/temp.ts';

const now = Date.UTC(2026, 0, 1);

function open(ending?: (seq: number) => void) {
  const { db } = openDatabase(databaseFile(tempFolder()), now);
  onTestFinished(() => void (db.open && db.close()));
  const outbox = new Outbox(db);
  const store = new TaskStore(db, (task, nowMs) => {
    outbox.add(task.seq, nowMs);
    ending?.(task.seq);
  });
  const cancelled = (id: string, nowMs = now) => {
    store.submit({ id, draftKey: id, draftUrl: id, name: id, nowMs });
    store.apply(id, { type: 'cancelled' }, {}, nowMs);
  };
  return { db, outbox, store, cancelled };
}

describe('the outbox', () => {
  it('holds a notice from the moment a task has ended, and none before', () => {
    const { outbox, store, cancelled } = open();
    store.submit({ id: 'waits', draftKey: 'waits', draftUrl: 'u', name: 'n', nowMs: now });
    cancelled('ended');
    expect(outbox.ofTask('waits')).toBeNull();
    expect(outbox.due(now, 10)).toEqual([
      {
        taskId: 'ended',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        state: 'waiting',
        tries: 0,
        createdMs: now,
        dueMs: now,
        triedMs: null,
        answer: null,
        error: null,
      },
    ]);
  });

  it('and the end of the task stand or fall together', () => {
    const { db, outbox, store } = open(() => {
      throw new Error('no room on the disk');
    });
    store.submit({ id: 'a', draftKey: 'a', draftUrl: 'u', name: 'n', nowMs: now });
    expect(() => store.apply('a', { type: 'cancelled' }, {}, now)).toThrow('no room');
    expect(store.get('a')?.state).toBe('pending');
    expect(outbox.ofTask('a')).toBeNull();
    expect(db.inTransaction).toBe(false);
  });

  it('a task that a dead station left behind and that is parked leaves a notice too', () => {
    const { outbox, store } = open();
    store.submit({ id: 'a', draftKey: 'a', draftUrl: 'u', name: 'n', nowMs: now });
    store.apply('a', { type: 'taken', token: 't', nowMs: now }, {}, now);
    expect(store.recover(1, now).ended).toHaveLength(1);
    expect(outbox.ofTask('a')).toMatchObject({ state: 'waiting', tries: 0 });
  });

  it('gives the longest waiting first, and only those whose time has come', () => {
    const { outbox, cancelled } = open();
    for (const [id, at] of [
      ['b', 2],
      ['a', 1],
      ['late', 500],
    ] as const)
      cancelled(id, now + at);
    expect(outbox.due(now + 100, 10).map(({ taskId }) => taskId)).toEqual(['a', 'b']);
    expect(outbox.due(now + 100, 1)).toHaveLength(1);
    expect(outbox.nextDueMs(now + 100)).toBe(now + 500);
    outbox.hurry(now + 100);
    expect(outbox.due(now + 100, 10)).toHaveLength(3);
    expect(outbox.nextDueMs(now + 100)).toBeNull();
  });

  it('keeps what became of every try, counts troubles, and takes no late word', () => {
    const { outbox, cancelled } = open();
    cancelled('a');
    const id = outbox.ofTask('a')?.id ?? '';
    expect(outbox.record(id, { state: 'waiting', dueMs: now + 5000 }, 'HTTP 503', now + 1)).toBe(true);
    expect(outbox.ofTask('a')).toMatchObject({ id, tries: 1, dueMs: now + 5000, triedMs: now + 1, answer: 'HTTP 503' });
    expect(outbox.troubles(now)).toEqual({ retrying: 1, givenUp: 0 });
    const error = { code: 'WEBHOOK_REFUSED', params: { answer: 'HTTP 401' } } as const;
    expect(outbox.record(id, { state: 'given_up', error }, 'HTTP 401', now + 2)).toBe(true);
    expect(outbox.ofTask('a')).toMatchObject({ id, state: 'given_up', tries: 2, dueMs: null, error });
    expect(outbox.troubles(now)).toEqual({ retrying: 0, givenUp: 1 });
    expect(outbox.troubles(now + 3)).toEqual({ retrying: 0, givenUp: 0 });
    expect(outbox.record(id, { state: 'delivered' }, 'HTTP 200', now + 3)).toBe(false);
    expect(outbox.due(now + 9999, 10)).toEqual([]);
  });

  it('sends a result again as a new delivery, but none of a task that has not ended', () => {
    const { outbox, store, cancelled } = open();
    cancelled('a');
    const first = outbox.ofTask('a')?.id ?? '';
    outbox.record(first, { state: 'delivered' }, 'HTTP 200', now);
    expect(outbox.again('a', now + 7)).toBe(true);
    const second = outbox.ofTask('a');
    expect(second).toMatchObject({ state: 'waiting', tries: 0, createdMs: now + 7, answer: null });
    expect(second?.id).not.toBe(first);
    store.submit({ id: 'live', draftKey: 'live', draftUrl: 'u', name: 'n', nowMs: now });
    // One that waits for its next try stays what it is, and is tried now.
    const id = second?.id ?? '';
    outbox.record(id, { state: 'waiting', dueMs: now + 5000 }, 'HTTP 503', now + 8);
    expect(outbox.again('a', now + 9)).toBe(true);
    expect(outbox.ofTask('a')).toMatchObject({ id, tries: 1, dueMs: now + 9, createdMs: now + 7 });
    expect(outbox.again('live', now)).toBe(false);
    expect(outbox.again('unknown', now)).toBe(false);
  });

  it('forgets the notice of a removed task', () => {
    const { outbox, store, cancelled } = open();
    cancelled('a');
    const id = outbox.ofTask('a')?.id ?? '';
    expect(store.remove('a')).toBe(true);
    expect(outbox.due(now, 10)).toEqual([]);
    expect(outbox.record(id, { state: 'delivered' }, 'HTTP 200', now)).toBe(false);
  });
});
