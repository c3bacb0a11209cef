import { expect, it, vi } from 'vitest';
import { createApi, listen } from '../../main/api/index.ts';
import { type StationEvent, stationEventSchema } from '../../main/shared/events.ts';
import { startApi } from '../support/api-server.ts';
import { FakePort, someTask } from '../support/fake-port.ts';

const api = await startApi();

/** Reads the events of one connection, each checked against the shared schema. */
async function* read(answer: Response): AsyncGenerator<StationEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) yield stationEventSchema.parse(JSON.parse(data));
    }
  }
}

async function open(url: string, token: string) {
  const abort = new AbortController();
  const answer = await fetch(`${url}/api/events`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: abort.signal,
  });
  return { answer, events: read(answer), hangUp: () => abort.abort() };
}

it('starts with a snapshot and goes on with what changes', async () => {
  api.port.add(someTask('first'));
  const { answer, events, hangUp } = await open(api.url, api.port.token);
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-cache, no-transform');
  const snapshot = (await events.next()).value;
  expect(snapshot).toMatchObject({ type: 'snapshot', tasks: [{ id: 'first' }] });
  api.port.add(someTask('second'));
  const delta = (await events.next()).value;
  expect(delta).toMatchObject({ type: 'task', task: { id: 'second' }, version: snapshot.version + 1 });
  hangUp();
  await vi.waitFor(() => expect(api.port.listeners.size).toBe(0));
});

it('gives a client that comes back the state it missed', async () => {
  const first = await open(api.url, api.port.token);
  await first.events.next();
  first.hangUp();
  await vi.waitFor(() => expect(api.port.listeners.size).toBe(0));
  api.port.add(someTask('while away'));
  const again = await open(api.url, api.port.token);
  const snapshot = (await again.events.next()).value;
  expect(snapshot.tasks.map(({ id }: { id: string }) => id)).toContain('while away');
  again.hangUp();
  await vi.waitFor(() => expect(api.port.listeners.size).toBe(0));
});

it('gives a client that stops reading a fresh snapshot instead of everything it missed', async () => {
  const big = 'x'.repeat(10_000);
  const { events, hangUp } = await open(api.url, api.port.token);
  await events.next();
  // Far more than the sockets between the two can hold.
  for (let step = 0; step < 5000; step += 1)
    api.port.emit({ type: 'task', version: 0, task: someTask(`b${step}`, { name: big }) });
  const seen: StationEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (event.type === 'snapshot') break;
  }
  expect(seen.length).toBeLessThan(5000);
  const versions = seen.slice(0, -1).map(({ version }) => version);
  expect(versions).toEqual(versions.map((_, index) => (versions[0] ?? 0) + index));
  hangUp();
  await vi.waitFor(() => expect(api.port.listeners.size).toBe(0));
});

it('ends the streams when the station closes', async () => {
  const port = new FakePort();
  const server = await listen(createApi(port, { staticFolder: null }), { host: '127.0.0.1', port: 0 });
  const { events } = await open(server.url, port.token);
  await events.next();
  await server.close(60_000);
  expect((await events.next()).done).toBe(true);
  expect(port.listeners.size).toBe(0);
});
