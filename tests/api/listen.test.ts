import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it } from 'vitest';
import { listen } from '../../main/api/index.ts';
import { sentence } from '../../main/shared/errors/index.ts';

function occupy(): Promise<{ port: number; server: Server }> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port, server }));
  });
}

it('says which port is taken and which setting changes it', async () => {
  const { port, server } = await occupy();
  const error = await listen(express(), { host: '127.0.0.1', port }).catch((thrown) => thrown);
  server.close();
  expect(error).toMatchObject({ code: 'PORT_TAKEN', params: { port } });
  expect(sentence(error.toRecord(), 'zh')).toMatch(new RegExp(`${port}.*「port」`));
});

it('says when this machine has no such address', async () => {
  const error = await listen(express(), { host: '203.0.113.1', port: 0 }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'ADDRESS_UNAVAILABLE', params: { host: '203.0.113.1' } });
});

it('takes a free port for 0 and tells an address that works', async () => {
  const app = express();
  app.get('/', (_request, response) => {
    response.send('here');
  });
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const server = await listen(app, { host, port: 0 });
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(await (await fetch(server.url)).text()).toBe('here');
    await server.close(0);
    await expect(fetch(server.url)).rejects.toThrow();
  }
});

it('lets a running answer finish before it closes, up to the deadline', async () => {
  const app = express();
  let finish = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    app.get('/slow', (_request, response) => {
      finish = () => response.send('finished');
      resolve();
    });
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const answer = fetch(`${server.url}/slow`);
  await arrived;
  const closed = server.close(60_000);
  finish();
  expect(await (await answer).text()).toBe('finished');
  await closed;
});

it('cuts off what is still running at the deadline', async () => {
  const app = express();
  const arrived = new Promise<void>((resolve) => {
    app.get('/stuck', () => resolve());
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const answer = fetch(`${server.url}/stuck`).catch(() => 'cut off');
  await arrived;
  await server.close(10);
  expect(await answer).toBe('cut off');
});
