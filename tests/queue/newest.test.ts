import { expect, it } from 'vitest';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { TaskStore } from '../../main/queue/task-store.ts';
import { tempFolder } from '../support/temp.ts';

function twin() {
  const { db } = openDatabase(databaseFile(tempFolder()), 0);
  return { store: new TaskStore(db), /** Reads the same rows and remembers nothing. */ fresh: () => new TaskStore(db) };
}

const task = (id: string) => ({ id, draftKey: 'k', draftUrl: 'https://example.com/k.json', name: 'k', nowMs: 1 });

it('knows the newest task of a draft as it is after every write, however often it is asked', () => {
  const { store, fresh } = twin();
  const steps: (() => unknown)[] = [
    () => store.submit(task('one')),
    () => store.apply('one', { type: 'taken', token: 't', nowMs: 2 }, {}, 2),
    () => store.writeFacts('one', { name: 'a title', durationMs: 4000 }),
    () => store.askCancel('one'),
    () => store.apply('one', { type: 'cancelled' }, {}, 3),
    () => store.submit(task('two')),
    () => store.apply('two', { type: 'taken', token: 'u', nowMs: 4 }, {}, 4),
    () => store.recover(3, 5),
    () => store.apply('two', { type: 'cancelled' }, {}, 6),
    () => store.remove('two'),
    () => store.remove('one'),
  ];
  expect(store.newestOfDraft('k')).toBeNull();
  const seen = new Set<string>();
  for (const step of steps) {
    step();
    const newest = store.newestOfDraft('k');
    expect(newest).toEqual(fresh().newestOfDraft('k'));
    expect(store.newestOfDraft('k')).toBe(newest);
    seen.add(`${newest?.id} ${newest?.state}`);
  }
  expect([...seen]).toEqual([
    'one pending',
    'one processing',
    'one cancelled',
    'two pending',
    'two processing',
    'two cancelled',
    'undefined undefined',
  ]);
});
