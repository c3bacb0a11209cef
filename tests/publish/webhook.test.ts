import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postWebhook, webhookHeaders } from '../../main/publish/webhook.ts';
import { startReceiver } from '../support/receiver.ts';

const never = new AbortController().signal;
const post = (url: string, timeoutMs = 300, signal = never) => postWebhook(url, {}, '{"a":1}', signal, timeoutMs);

/** A server that does with the bare connection what the test wants. */
async function bareServer(behave: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => behave(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('the headers of a delivery', () => {
  it('let the receiver check sender and time, and know a repetition', () => {
    const headers = webhookHeaders('d-1', '{"a":1}', 'secret', 1_700_000_000_500);
    const expected = createHmac('sha256', 'secret').update('1700000000.{"a":1}').digest('hex');
    expect(headers).toEqual({
      'content-type': 'application/json',
      'x-station-delivery': 'd-1',
      'x-station-timestamp': '1700000000',
      'x-station-signature': `sha256=${expected}`,
    });
    expect(webhookHeaders('d-1', '', '', 0)).not.toHaveProperty('x-station-signature');
  });
});

describe('a receiver', () => {
  it('that takes it, is busy or refuses is heard; its body is not waited for', async () => {
    const receiver = await startReceiver();
    const endless = (response: ServerResponse) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(flood));
    };
    receiver.answer = endless;
    expect(await post(receiver.url)).toEqual({ kind: 'status', status: 200, retryAfterMs: null });
    receiver.answer = (response) => void response.writeHead(429, { 'retry-after': '7' }).end();
    expect(await post(receiver.url)).toEqual({ kind: 'status', status: 429, retryAfterMs: 7000 });
    const soon = new Date(Date.now() + 60_000).toUTCString();
    receiver.answer = (response) => void response.writeHead(503, { 'retry-after': soon }).end();
    expect(await post(receiver.url)).toMatchObject({ status: 503, retryAfterMs: expect.closeTo(60_000, -4) });
    receiver.answer = (response) => void response.writeHead(302, { location: receiver.url }).end();
    expect(await post(receiver.url)).toEqual({ kind: 'status', status: 302, retryAfterMs: null });
    // The redirect was not followed.
    expect(receiver.notices).toHaveLength(4);
    expect(receiver.notices[0]?.body).toBe('{"a":1}');
  });

  it.each([
    ['says nothing', () => {}, 'no answer within 0.3 s'],
    [
      'drips its headers',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('x-drip: 1\r\n'), 20);
        socket.on('close', () => clearInterval(drip));
      },
      'no answer within 0.3 s',
    ],
    ['hangs up', (socket: Socket) => socket.end(), 'other side closed'],
    ['resets', (socket: Socket) => socket.resetAndDestroy(), 'ECONNRESET'],
    ['speaks no HTTP', (socket: Socket) => socket.end('220 smtp.example.com ESMTP\r\n'), 'does not match the HTTP'],
  ] as const)('that %s is a failure within its time, never an exception', async (_what, behave, reason) => {
    const answer = await post(await bareServer(behave));
    expect(answer).toEqual({ kind: 'failure', reason: expect.stringContaining(reason) });
  });

  it('that is not there is a failure', async () => {
    const receiver = await startReceiver();
    await receiver.close();
    expect(await post(receiver.url)).toEqual({ kind: 'failure', reason: expect.stringContaining('ECONNREFUSED') });
    expect(await post('https://nobody.invalid/')).toEqual({
      kind: 'failure',
      reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN|no answer/),
    });
  });

  it('is left when the station stops', async () => {
    const receiver = await startReceiver();
    receiver.answer = () => {};
    const stop = new AbortController();
    const posted = post(receiver.url, 60_000, stop.signal);
    await expect.poll(() => receiver.notices.length).toBe(1);
    stop.abort(new Error('stopped'));
    await expect(posted).rejects.toThrow('stopped');
  });
});
