import { readdir, readFile } from 'node:fs/promises';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { networkClient } from '../../../main/drafts/network/client.ts';
import { download } from '../../../main/drafts/network/download.ts';
import type { DownloadOrder } from '../../../main/drafts/network/download-order.ts';
import type { NetworkLimits } from '../../../main/drafts/network/limits.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { fakeMp4 } from '../support/drafts.ts';
import { quickLimits, temporaryFolder, testServer } from '../support/fetching.ts';
import { type Handler, serveBytes } from '../support/server.ts';
import { untrustedCertificate, untrustedKey } from '../support/untrusted-certificate.ts';

const body = fakeMp4(200_000);
/** Downloads give up a deadline after it has passed, not long after. */
const soonMs = 3000;

async function fetchFile(url: string, more: Partial<DownloadOrder> = {}, limits: Partial<NetworkLimits> = {}) {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'file.part');
  const client = networkClient({ allowedHosts: ['127.0.0.1'], limits: { ...quickLimits, ...limits } });
  onTestFinished(() => client.close());
  const order: DownloadOrder = { url, accept: () => ({ file }), maxBytes: 1_000_000, setting: 'maxMediaMb', ...more };
  const started = performance.now();
  try {
    const result = await download(client, order, new AbortController().signal);
    return { result, bytes: await readFile(file).catch(() => null) };
  } finally {
    expect(performance.now() - started).toBeLessThan(soonMs);
  }
}

async function failure(
  url: string,
  more: Partial<DownloadOrder> = {},
  limits: Partial<NetworkLimits> = {},
): Promise<StationError> {
  const error = await fetchFile(url, more, limits).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StationError)) throw new Error(`no StationError: ${error}`);
  expect(error.message).not.toContain('secret');
  expect(JSON.stringify(error.params)).not.toContain('secret');
  return error;
}

/** Fails with the folder left empty. */
async function cleanFailure(url: string, more: Partial<DownloadOrder> = {}, limits: Partial<NetworkLimits> = {}) {
  const folder = await temporaryFolder();
  const error = await failure(url, { accept: () => ({ file: path.join(folder, 'f') }), ...more }, limits);
  expect(await readdir(folder)).toEqual([]);
  return error;
}

/** A server that speaks raw bytes. */
async function rawServer(talk: (socket: Socket, request: string, count: number) => void): Promise<string> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => talk(socket, data.toString('latin1'), count++));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/media/a.mp4?sign=secret`;
}

const headers = (length: number, more = '') =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nContent-Type: video/mp4\r\n${more}\r\n`;

describe('a server that wears the client out', () => {
  it('a slow trickle is given up', async () => {
    const url = await rawServer((socket) => {
      socket.write(headers(100_000));
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const error = await cleanFailure(url, {}, { tries: 1 });
    expect(error).toMatchObject({ code: 'DOWNLOAD_TIMEOUT', class: 'retry_later' });
    expect(error.params.reason).toMatch(/^only \d+ bytes\/s$/);
  });

  it('a stall after the first bytes is given up', async () => {
    const url = await rawServer((socket) => void socket.write(`${headers(100_000)}abc`));
    expect(await cleanFailure(url, {}, { tries: 2 })).toMatchObject({
      code: 'DOWNLOAD_TIMEOUT',
      params: { reason: 'nothing for 0.3 s' },
    });
  });

  it('silence is given up', async () => {
    const url = await rawServer(() => {});
    const error = await cleanFailure(url, {}, { tries: 1, connectMs: 200 });
    expect(error).toMatchObject({ code: 'DOWNLOAD_TIMEOUT', params: { reason: 'no answer in 0.3 s' } });
  });

  it('many slow tries end with the total time', async () => {
    const url = await rawServer(() => {});
    const error = await cleanFailure(url, {}, { tries: 100, totalMs: 700, headersMs: 100, connectMs: 100 });
    expect(error.code).toBe('DOWNLOAD_TIMEOUT');
  });

  it('headers that never end are refused', async () => {
    const url = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write(`X-Junk: ${'j'.repeat(5000)}\r\n`), 5);
      socket.on('close', () => clearInterval(timer));
    });
    expect((await cleanFailure(url, {}, { tries: 1 })).code).toMatch(/^DOWNLOAD_(?:INTERRUPTED|TIMEOUT)$/);
  });

  it('an endless body ends at the limit', async () => {
    const url = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
      const pour = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', pour);
      pour();
    });
    expect(await cleanFailure(url)).toMatchObject({
      code: 'DOWNLOAD_TOO_LARGE',
      class: 'never',
      params: { limitMb: 1, setting: 'maxMediaMb' },
    });
  });

  it('a body announced too large is not begun', async () => {
    const url = await rawServer((socket) => void socket.write(headers(5_000_000)));
    expect((await cleanFailure(url)).code).toBe('DOWNLOAD_TOO_LARGE');
  });

  it('a gzip bomb is refused before it fills the disk', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = await testServer({
      '/bomb': (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    });
    const error = await cleanFailure(`${server.base}/bomb?sign=secret`, { maxBytes: 1_000_000_000 });
    expect(error).toMatchObject({ code: 'DOWNLOAD_ENCODING', class: 'never', params: { reason: 'more than 200:1' } });
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
  });
});

describe('a server that lies', () => {
  it.each([
    ['less than announced', (socket: Socket) => socket.end(`${headers(1000)}abc`)],
    ['a reset in mid-file', (socket: Socket) => socket.write(`${headers(1000)}abc`, () => socket.resetAndDestroy())],
    ['no HTTP at all', (socket: Socket) => socket.end('220 mail.example.com ESMTP\r\n')],
    ['a hang-up', (socket: Socket) => socket.destroy()],
    [
      'a broken chunk',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc'),
    ],
  ])('%s is an interruption, tried again and then left', async (_what, talk) => {
    let tries = 0;
    const url = await rawServer((socket) => {
      tries += 1;
      talk(socket);
    });
    const error = await cleanFailure(url, {}, { tries: 3 });
    expect(error).toMatchObject({ code: 'DOWNLOAD_INTERRUPTED', class: 'retry_now' });
    expect(tries).toBe(3);
  });

  it('more than announced is cut off', async () => {
    const url = await rawServer((socket) => void socket.write(`${headers(3)}abcdef`));
    expect((await fetchFile(url)).bytes?.toString()).toBe('abc');
  });

  it('a packed body of an unknown or broken kind is refused', async () => {
    const answer =
      (encoding: string): Handler =>
      (_request, response) =>
        void response.writeHead(200, { 'content-encoding': encoding }).end('not packed');
    const server = await testServer({ '/zstd': answer('zstd'), '/gzip': answer('gzip'), '/br': answer('br') });
    for (const name of ['zstd', 'gzip', 'br']) {
      expect((await cleanFailure(`${server.base}/${name}`)).code).toBe('DOWNLOAD_ENCODING');
    }
  });

  it('an honest packed body is unpacked', async () => {
    const server = await testServer({
      '/a': (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body)),
    });
    expect((await fetchFile(`${server.base}/a`)).bytes).toEqual(body);
  });

  it('a file that is no media is refused after its first bytes', async () => {
    const server = await testServer({ '/a': '<html>login</html>' });
    const accept = () => {
      throw new StationError('MEDIA_WRONG_TYPE', { address: 'a', found: 'html' });
    };
    expect(await cleanFailure(`${server.base}/a`, { accept })).toMatchObject({ code: 'MEDIA_WRONG_TYPE' });
  });
});

describe('statuses', () => {
  const answering = (status: number, more: Record<string, string> = {}): Handler => {
    return (_request, response) => void response.writeHead(status, more).end('no');
  };

  it.each([
    [401, 'DOWNLOAD_FORBIDDEN', 1],
    [403, 'DOWNLOAD_FORBIDDEN', 1],
    [404, 'DOWNLOAD_NOT_FOUND', 1],
    [410, 'DOWNLOAD_NOT_FOUND', 1],
    [204, 'DOWNLOAD_REFUSED', 1],
    [302, 'DOWNLOAD_REFUSED', 1],
    [304, 'DOWNLOAD_REFUSED', 1],
    [400, 'DOWNLOAD_REFUSED', 1],
    [451, 'DOWNLOAD_REFUSED', 1],
    [416, 'DOWNLOAD_REFUSED', 1],
    [408, 'DOWNLOAD_SERVER_BUSY', 4],
    [425, 'DOWNLOAD_SERVER_BUSY', 4],
    [429, 'DOWNLOAD_SERVER_BUSY', 4],
    [500, 'DOWNLOAD_SERVER_BUSY', 4],
    [503, 'DOWNLOAD_SERVER_BUSY', 4],
  ])('%i is %s after %i tries, with host and path and without the signature', async (status, code, tries) => {
    const server = await testServer({ '/a/b.mp4': answering(status) });
    const error = await cleanFailure(`${server.base}/a/b.mp4?x-signature=secret`);
    expect(error).toMatchObject({ code, params: { status, address: `${server.host}/a/b.mp4` } });
    expect(server.requests).toHaveLength(tries);
  });

  it('a storm of 429 with Retry-After is obeyed, but not for ever', async () => {
    const pauses: number[] = [];
    const server = await testServer({ '/a': answering(429, { 'retry-after': '3600' }) });
    const error = await cleanFailure(`${server.base}/a`, { onRetry: (_failure, pauseMs) => void pauses.push(pauseMs) });
    expect(error).toMatchObject({ code: 'DOWNLOAD_SERVER_BUSY', class: 'retry_later' });
    expect(pauses).toEqual([50, 50, 50]);
  });

  it('a busy server that recovers is no failure', async () => {
    let count = 0;
    const server = await testServer({
      '/a': (request, response) =>
        count++ < 2 ? void response.writeHead(503, { 'retry-after': '0' }).end() : serveBytes(body, request, response),
    });
    expect((await fetchFile(`${server.base}/a`)).bytes).toEqual(body);
  });
});

describe('going on where a transfer broke', () => {
  /** Breaks the connection after some bytes of every answer. */
  const breaking = (
    perAnswer: number,
    edit: (headers: Record<string, string>, count: number) => void = () => {},
  ): Handler => {
    let count = 0;
    return (request, response) => {
      const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const answer: Record<string, string> = {
        etag: '"one"',
        'accept-ranges': 'bytes',
        'content-length': String(body.length - start),
        ...(start > 0 ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {}),
      };
      edit(answer, count++);
      const isPartial = start > 0 && answer['content-range'] !== undefined;
      const from = isPartial ? start : 0;
      if (!isPartial) answer['content-length'] = String(body.length);
      response.writeHead(isPartial ? 206 : 200, answer);
      const part = body.subarray(from, from + perAnswer);
      response.write(part, () =>
        from + perAnswer >= body.length ? response.end() : setTimeout(() => response.destroy(), 20),
      );
    };
  };

  it('asks for the rest of the same file only', async () => {
    const server = await testServer({ '/a': breaking(60_000) });
    expect((await fetchFile(`${server.base}/a`)).bytes).toEqual(body);
    expect(server.requests.map((request) => request.headers.range)).toEqual([
      undefined,
      'bytes=60000-',
      'bytes=120000-',
      'bytes=180000-',
    ]);
    expect(server.requests[1]?.headers['if-range']).toBe('"one"');
  });

  it('starts over when the file has changed', async () => {
    let count = 0;
    const newer = fakeMp4(150_000, 9);
    const first = breaking(60_000);
    const server = await testServer({
      '/a': (request, response) => (count++ === 0 ? first(request, response) : serveBytes(newer, request, response)),
    });
    expect((await fetchFile(`${server.base}/a`)).bytes).toEqual(newer);
  });

  it('does not glue parts of two files together when a server ignores If-Range', async () => {
    const server = await testServer({
      '/a': breaking(60_000, (answer, count) => (answer.etag = `"version ${count}"`)),
    });
    expect((await cleanFailure(`${server.base}/a`)).code).toBe('DOWNLOAD_INTERRUPTED');
  });

  it('starts over without a strong validator', async () => {
    const server = await testServer({ '/a': breaking(60_000, (answer) => (answer.etag = 'W/"weak"')) });
    expect((await cleanFailure(`${server.base}/a`)).code).toBe('DOWNLOAD_INTERRUPTED');
    expect(server.requests.every((request) => request.headers.range === undefined)).toBe(true);
  });

  it('a wrong range is not written', async () => {
    const server = await testServer({
      '/a': breaking(60_000, (answer) => {
        if (answer['content-range'] !== undefined)
          answer['content-range'] = `bytes 5-${body.length - 1}/${body.length}`;
      }),
    });
    expect((await cleanFailure(`${server.base}/a`)).code).toBe('DOWNLOAD_INTERRUPTED');
  });

  it('a part that nobody asked for is no file', async () => {
    const server = await testServer({
      '/a': (_request, response) =>
        void response.writeHead(206, { 'content-range': `bytes 0-99/${body.length}` }).end(body.subarray(0, 100)),
    });
    expect((await cleanFailure(`${server.base}/a`)).code).toBe('DOWNLOAD_INTERRUPTED');
  });

  it('416 where our file ends means complete', async () => {
    let count = 0;
    const server = await testServer({
      '/a': (request, response) => {
        if (count++ > 0) return serveBytes(body, request, response);
        // All bytes, but without the end of the chunked body.
        response.writeHead(200, { etag: `"${body.length}-${body.subarray(0, 16).toString('hex')}"` });
        response.write(body, () => setTimeout(() => response.destroy(), 20));
      },
    });
    expect((await fetchFile(`${server.base}/a`)).bytes).toEqual(body);
    expect(server.requests[1]?.headers.range).toBe(`bytes=${body.length}-`);
  });

  it('416 in the middle means another file: it starts over', async () => {
    let count = 0;
    const first = breaking(60_000);
    const server = await testServer({
      '/a': (request, response) => {
        count += 1;
        if (count === 1) return first(request, response);
        if (count === 2) return void response.writeHead(416, { 'content-range': 'bytes */10' }).end();
        serveBytes(body, request, response);
      },
    });
    expect((await fetchFile(`${server.base}/a`)).bytes).toEqual(body);
    expect(server.requests[2]?.headers.range).toBeUndefined();
  });
});

describe('redirects', () => {
  const to =
    (location: string, status = 302): Handler =>
    (_request, response) =>
      void response.writeHead(status, { location }).end('moved');

  it('are followed', async () => {
    const server = await testServer({ '/t/1': to('/t/2', 301), '/t/2': to('../a', 307), '/a': body });
    expect((await fetchFile(`${server.base}/t/1`)).bytes).toEqual(body);
  });

  it.each([
    ['/loop', 'loop'],
    ['/endless?0', 'more than 5'],
    ['/file', 'not http'],
    ['/data', 'not http'],
    ['/broken', 'not http'],
  ])('%s is refused (%s)', async (start, reason) => {
    const server = await testServer({
      '/loop': to('/back'),
      '/back': to('/loop'),
      '/endless': (request, response) =>
        void response.writeHead(302, { location: `/endless?${Number(request.url?.split('?')[1]) + 1}` }).end(),
      '/file': to('file:///etc/passwd'),
      '/data': to('data:text/plain,hello'),
      '/broken': to('http://[bad/'),
    });
    const error = await cleanFailure(`${server.base}${start}`);
    expect(error).toMatchObject({ code: 'DOWNLOAD_REDIRECTS', class: 'never', params: { reason } });
    expect(server.requests.length).toBeLessThan(8);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://100.100.100.200/',
    'http://2852039166/',
    'http://10.0.0.1/',
    'http://[::1]:1/',
    'http://0.0.0.0:1/',
  ])('to %s are refused', async (location) => {
    const server = await testServer({ '/a': to(location) });
    const error = await cleanFailure(`${server.base}/a`);
    expect(error).toMatchObject({ code: 'ADDRESS_REFUSED', class: 'never' });
    expect(error.message).toContain('mediaHosts');
  });
});

describe('TLS', () => {
  it('an untrusted certificate is refused and not tried again', async () => {
    let connections = 0;
    const server = https.createServer({ key: untrustedKey, cert: untrustedCertificate }, (_request, response) =>
      response.end(body),
    );
    server.on('connection', () => (connections += 1));
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const error = await cleanFailure(`https://127.0.0.1:${port}/a.mp4?sign=secret`);
    expect(error).toMatchObject({
      code: 'DOWNLOAD_TLS',
      class: 'never',
      params: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(connections).toBe(1);
  });

  it('a server that does not speak TLS is refused', async () => {
    const url = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await cleanFailure(url.replace('http:', 'https:'))).code).toBe('DOWNLOAD_TLS');
  });
});

describe('nobody there', () => {
  it('a closed port is for later', async () => {
    const server = await testServer({});
    await server.close();
    expect(await cleanFailure(`${server.base}/a`)).toMatchObject({
      code: 'DOWNLOAD_UNREACHABLE',
      class: 'retry_later',
    });
  });

  it('a cancelled download leaves nothing and throws the reason', async () => {
    const folder = await temporaryFolder();
    const client = networkClient({ allowedHosts: ['127.0.0.1'], limits: quickLimits });
    onTestFinished(() => client.close());
    const abort = new AbortController();
    const url = await rawServer((socket) => void socket.write(`${headers(100_000)}abc`));
    const running = download(
      client,
      {
        url,
        accept: () => ({ file: path.join(folder, 'f') }),
        maxBytes: 1_000_000,
        setting: 'maxMediaMb',
        onBytes: (bytes) => void (bytes > 0 && abort.abort(new Error('cancelled'))),
      },
      abort.signal,
    );
    await expect(running).rejects.toThrow('cancelled');
    expect(await readdir(folder)).toEqual([]);
  });
});
