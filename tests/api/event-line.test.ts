import { expect, it } from 'vitest';
import { EventLine } from '../../main/api/event-line.ts';
import type { StationEvent } from '../../main/shared/events.ts';
import { FakePort, someTask } from '../support/fake-port.ts';

const queue = new FakePort().queue;
const snapshot = (version: number): StationEvent => ({ type: 'snapshot', version, queue, tasks: [] });
const tick = (id: string, progress: number): StationEvent => ({
  type: 'task',
  version: 0,
  task: someTask(id, { progress }),
});

/** A client whose speed the test decides. */
function client(limit?: number) {
  const texts: string[] = [];
  const state = { fast: true, snapshots: 0 };
  const line = new EventLine(
    {
      write: (text) => {
        texts.push(text);
        return state.fast;
      },
    },
    () => {
      state.snapshots += 1;
      line.take(snapshot(100));
    },
    limit,
  );
  const events = () =>
    texts
      .filter((text) => text.startsWith('id:'))
      .map((text) => JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '') as StationEvent);
  return { line, state, texts, events };
}

it('numbers events one by one from the snapshot on', () => {
  const { line, events, texts } = client();
  line.take(snapshot(7));
  line.take(tick('a', 10));
  line.take({ type: 'removed', version: 0, id: 'a' });
  expect(events().map(({ type, version }) => [type, version])).toEqual([
    ['snapshot', 7],
    ['task', 8],
    ['removed', 9],
  ]);
  expect(texts[1]).toMatch(/^id: 8\nevent: task\ndata: \{.*\}\n\n$/);
});

it('gives a slow client the newest state of each task, in order and without gaps', () => {
  const { line, state, events } = client();
  line.take(snapshot(1));
  state.fast = false;
  line.take(tick('a', 10));
  for (let progress = 11; progress <= 90; progress += 1) line.take(tick('a', progress));
  line.take(tick('b', 50));
  line.take({ type: 'removed', version: 0, id: 'a' });
  line.take({ type: 'queue', version: 0, queue });
  line.take({ type: 'queue', version: 0, queue });
  expect(events()).toHaveLength(2);
  state.fast = true;
  line.drained();
  expect(events().map(({ type, version }) => [type, version])).toEqual([
    ['snapshot', 1],
    ['task', 2],
    ['task', 3],
    ['removed', 4],
    ['queue', 5],
  ]);
});

it('stops again in the middle when the client is slow again, and loses nothing', () => {
  const { line, state, events } = client();
  line.take(snapshot(1));
  state.fast = false;
  for (const id of ['a', 'b', 'c']) line.take(tick(id, 1));
  line.drained();
  expect(events()).toHaveLength(3);
  line.drained();
  expect(events()).toHaveLength(4);
  line.take(tick('d', 1));
  state.fast = true;
  line.drained();
  expect(events().map((event) => (event.type === 'task' ? event.task.id : event.type))).toEqual([
    'snapshot',
    'a',
    'b',
    'c',
    'd',
  ]);
});

it('starts over with a fresh snapshot when a client is too far behind', () => {
  const { line, state, events } = client(3);
  line.take(snapshot(1));
  state.fast = false;
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) line.take(tick(id, 1));
  expect(events()).toHaveLength(2);
  state.fast = true;
  line.drained();
  expect(state.snapshots).toBe(1);
  line.take(tick('g', 1));
  expect(events().map(({ type, version }) => [type, version])).toEqual([
    ['snapshot', 1],
    ['task', 2],
    ['snapshot', 100],
    ['task', 101],
  ]);
});

it('sends heartbeats only to a client that keeps up', () => {
  const { line, state, texts } = client();
  line.take(snapshot(1));
  line.heartbeat();
  state.fast = false;
  line.take(tick('a', 1));
  line.heartbeat();
  expect(texts.filter((text) => text.startsWith(':'))).toHaveLength(1);
});
