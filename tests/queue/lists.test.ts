import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { listTasks } from '../../main/queue/task-list.ts';
import { TaskStore } from '../../main/queue/task-store.ts';
import { WaitingLine } from '../../main/queue/waiting-line.ts';
import { taskQuerySchema } from '../../main/shared/task-query.ts';
import { tempFolder } from '../support/temp.ts';

function filled(count: number, name = (n: number) => `draft ${n}`) {
  const { db } = openDatabase(databaseFile(tempFolder()), 0);
  const store = new TaskStore(db);
  for (let n = 0; n < count; n++) {
    store.submit({
      id: `id${n}`,
      draftKey: `k${n}`,
      draftUrl: `https://example.com/${n}.json`,
      name: name(n),
      nowMs: n * 1000,
    });
  }
  return { db, store, line: new WaitingLine(db) };
}

const query = (values: object) => taskQuerySchema.parse(values);

describe('the list of tasks', () => {
  it('pages through everything once, in each order', () => {
    const { db } = filled(23);
    for (const sort of ['newest', 'oldest', 'line'] as const) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = listTasks(db, query({ sort, limit: 5, ...(after === undefined ? {} : { after }) }));
        seen.push(...page.tasks.map((task) => task.id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      const expected = Array.from({ length: 23 }, (_, n) => `id${n}`);
      expect(seen).toEqual(sort === 'newest' ? expected.reverse() : expected);
    }
    db.close();
  });

  it('finds Chinese and Latin words, short and long, and takes special characters literally', () => {
    const names = ['春节贺岁短片', '端午龙舟', '100%_done "quoted"', 'Summer trip'];
    const { db, store } = filled(4, (n) => names[n] ?? '');
    // Half of them finished, half still waiting: both are found.
    for (const id of ['id0', 'id3']) store.apply(id, { type: 'cancelled' }, {}, 99);
    const found = (search: string) => listTasks(db, query({ search })).tasks.map((task) => task.name);
    expect(found('贺岁短')).toEqual(['春节贺岁短片']);
    expect(found('龙舟')).toEqual(['端午龙舟']);
    expect(found('summer')).toEqual(['Summer trip']);
    expect(found('%_')).toEqual(['100%_done "quoted"']);
    expect(found('"quoted"')).toEqual(['100%_done "quoted"']);
    expect(found('example.com/3')).toEqual(['Summer trip']);
    expect(found('nothing like it')).toEqual([]);
    db.close();
  });

  it('filters by state and time of submission; a made-up page mark finds nothing', () => {
    const { db, store } = filled(6);
    store.apply('id2', { type: 'cancelled' }, {}, 99);
    expect(listTasks(db, query({ state: 'cancelled,failed' })).tasks.map((task) => task.id)).toEqual(['id2']);
    const range = { from: new Date(2000).toISOString(), to: new Date(4000).toISOString() };
    expect(listTasks(db, query(range)).tasks.map((task) => task.id)).toEqual(['id3', 'id2']);
    expect(listTasks(db, query({ after: 'x;DROP TABLE tasks' })).tasks).toEqual([]);
    db.close();
  });
});

describe('the waiting line', () => {
  it('has the order that the moves ask for, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.option(fc.nat(5))), { maxLength: 120 }), (moves) => {
        const { db, store, line } = filled(6);
        let expected = ['id0', 'id1', 'id2', 'id3', 'id4', 'id5'];
        for (const [which, before] of moves) {
          const id = `id${which}`;
          const beforeId = before === null ? null : `id${before}`;
          expect(line.move(id, beforeId)).toBe(true);
          if (id === beforeId) continue;
          const rest = expected.filter((other) => other !== id);
          const at = beforeId === null ? 0 : rest.indexOf(beforeId);
          expected = [...rest.slice(0, at), id, ...rest.slice(at)];
        }
        const waiting = store.waiting(10);
        expect(waiting.map((task) => task.id)).toEqual(expected);
        expect(waiting.map((task) => line.position(task))).toEqual([1, 2, 3, 4, 5, 6]);
        db.close();
      }),
      { seed: 3, numRuns: 15 },
    );
  });

  it('finds room between two neighbours a thousand times', () => {
    const { db, store, line } = filled(3);
    for (let n = 0; n < 1000; n++) {
      // Always the last one between the first two.
      const [, second, third] = store.waiting(3);
      if (second === undefined || third === undefined) throw new Error('three tasks wait');
      expect(line.move(third.id, second.id)).toBe(true);
      expect(store.waiting(3).map((task) => task.id)).toEqual([store.waiting(1)[0]?.id, third.id, second.id]);
    }
    db.close();
  });

  it('puts a new task at its end, also after moves', () => {
    const { db, store, line } = filled(3);
    line.move('id0', 'id2');
    line.move('id2', null);
    store.submit({ id: 'new', draftKey: 'new', draftUrl: 'u', name: 'n', nowMs: 0 });
    expect(store.waiting(9).at(-1)?.id).toBe('new');
    db.close();
  });

  it('does not move what does not wait', () => {
    const { db, store, line } = filled(2);
    store.apply('id0', { type: 'cancelled' }, {}, 0);
    expect(line.move('id0', null)).toBe(false);
    expect(line.move('id1', 'id0')).toBe(false);
    expect(line.move('nobody', null)).toBe(false);
    db.close();
  });
});
