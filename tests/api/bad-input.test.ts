import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StationError, sentence } from '../../main/shared/errors/index.ts';
import { raw, startApi } from '../support/api-server.ts';

const api = await startApi();
const json = { 'Content-Type': 'application/json' };
const link = 'https://example.com/draft.json';
const calls = ['/v1/gen_video', '/v1/gen_video_status'];

interface Bad {
  readonly name: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly says: string;
}

const rows: readonly Bad[] = [
  { name: 'no body', headers: json, says: '请求体为空' },
  { name: 'an empty chunked body', headers: { ...json, 'Transfer-Encoding': 'chunked' }, says: '请求体为空' },
  { name: 'no content type', body: '{}', says: 'Content-Type' },
  {
    name: 'a form',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'draft_url=x',
    says: 'form',
  },
  {
    name: 'plain text',
    headers: { 'Content-Type': 'text/plain' },
    body: `{"draft_url":"${link}"}`,
    says: 'text/plain',
  },
  { name: 'a compressed body', headers: { ...json, 'Content-Encoding': 'gzip' }, body: 'xx', says: 'gzip' },
  { name: 'malformed JSON', headers: json, body: '{"draft_url": ', says: '合法的 JSON' },
  { name: 'a body in GBK', headers: json, body: Buffer.from('7b22b2dd22', 'hex'), says: 'UTF-8' },
  { name: 'a body over 1 MB', headers: json, body: `{"draft_url":"${'x'.repeat(1_100_000)}"}`, says: '1 MB' },
  { name: 'an array', headers: json, body: '[]', says: 'JSON 对象' },
  { name: 'null', headers: json, body: 'null', says: 'JSON 对象' },
  { name: 'draft_url missing', headers: json, body: '{}', says: '缺少参数 draft_url' },
  { name: 'draft_url empty', headers: json, body: '{"draft_url":""}', says: '不能为空' },
  { name: 'draft_url blank', headers: json, body: '{"draft_url":" \\n"}', says: '不能为空' },
  { name: 'draft_url null', headers: json, body: '{"draft_url":null}', says: '必须是字符串' },
  { name: 'draft_url a number', headers: json, body: '{"draft_url":7434912345678901234}', says: '必须是字符串' },
  { name: 'draft_url over 8 kB', headers: json, body: `{"draft_url":"${'x'.repeat(8193)}"}`, says: '8192' },
  { name: 'draft_url over 8 kB in bytes', headers: json, body: `{"draft_url":"${'草'.repeat(2731)}"}`, says: '8192' },
  { name: 'an apiKey that is no text', headers: json, body: `{"draft_url":"${link}","apiKey":1}`, says: 'apiKey' },
];

describe.each(calls)('POST %s', (path) => {
  it.each(rows)('refuses $name with 400 VALIDATION_ERROR and queues nothing', async ({ headers = {}, body, says }) => {
    const answer = await raw(api.url, { method: 'POST', path, headers, ...(body === undefined ? {} : { body }) });
    expect(answer.json()).toEqual({
      error: { code: 'VALIDATION_ERROR', message: '请求参数验证失败', details: expect.stringContaining(says) },
    });
    expect(answer.status).toBe(400);
    expect(api.port.submitted).toEqual([]);
  });

  it('answers other methods in JSON and names the right one', async () => {
    const answer = await raw(api.url, { path });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expect(answer.json()).toMatchObject({
      error: { code: 'METHOD_NOT_ALLOWED', details: expect.stringContaining(path) },
    });
  });
});

it('takes a byte order mark and a charset, as Windows tools send them', async () => {
  const answer = await raw(api.url, {
    method: 'POST',
    path: '/v1/gen_video_status',
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: `\uFEFF{"draft_url":"${link}"}`,
  });
  expect(answer.status).toBe(404);
});

describe.each([
  ['/v1/gen_video', 'INVALID_DRAFT_URL'],
  ['/v1/gen_video_status', 'VIDEO_TASK_NOT_FOUND'],
])('a draft_url of %s', (path, notFound) => {
  it.each([
    ['is no URL', 'hello world', new StationError('DRAFT_LINK_UNRECOGNISED', { link: '' }), 400],
    ['has a scheme that nobody fetches', 'ftp://a/b', new StationError('DRAFT_LINK_SCHEME', { scheme: 'ftp:' }), 400],
    ['leads to no draft', 'https://a/#/b', new StationError('DRAFT_LINK_UNRECOGNISED', { link: '' }), 404],
    ['is a preview page', 'https://a/p', new StationError('DRAFT_LINK_PREVIEW', { link: '' }), 404],
    ['is an id that nobody knows', '743491', new StationError('DRAFT_NOT_IN_LIBRARY', { id: '743491' }), 404],
    ['is a folder that is not there', 'C:\\a', new StationError('DRAFT_PATH_NOT_FOUND', { path: 'C:\\a' }), 404],
  ])('%s', async (_name, draftUrl, failure, code) => {
    api.port.failure = failure;
    const answer = await api.post(path, { draft_url: draftUrl });
    api.port.failure = null;
    expect(answer.status).toBe(code);
    expect(await answer.json()).toEqual({
      error: {
        code: code === 400 ? 'VALIDATION_ERROR' : notFound,
        message: expect.any(String),
        details: sentence(failure.toRecord(), 'zh'),
      },
    });
    expect(api.reports).toEqual([]);
  });
});

it('answers whatever JSON there is with an error of the contract, never with one of its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...calls), fc.jsonValue(), async (path, body) => {
      const answer = await api.post(path, body);
      expect([400, 404]).toContain(answer.status);
    }),
    { seed: 4, numRuns: 100 },
  );
  expect(api.reports).toEqual([]);
});

it.each(['/v1/unknown', '/nothing', '/api2', '/openapi/other', '/v1/gen_video/x'])(
  'answers the unknown path %s in JSON',
  async (path) => {
    const answer = await raw(api.url, { path });
    expect(answer.status).toBe(404);
    expect(answer.json()).toMatchObject({ error: { code: 'NOT_FOUND', details: expect.stringContaining(path) } });
  },
);

it.each([
  ['no HTTP at all', 'hello\r\n\r\n', '400 Bad Request', 'VALIDATION_ERROR'],
  ['a request without Host', 'GET /v1 HTTP/1.1\r\n\r\n', '403 Forbidden', 'FORBIDDEN'],
  ['an old request without Host', 'GET /v1 HTTP/1.0\r\n\r\n', '403 Forbidden', 'FORBIDDEN'],
  ['endless headers', `GET / HTTP/1.1\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, '431 Request Header', 'VALIDATION_ERROR'],
  ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', '400 Bad', 'VALIDATION_ERROR'],
])('answers %s in JSON', async (_name, text, status, code) => {
  const answered = await new Promise<string>((resolve) => {
    let received = '';
    const socket = connect(api.server.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => {
      received += data;
      if (received.includes('}}')) socket.destroy();
    });
    socket.on('close', () => resolve(received));
  });
  expect(answered).toContain(`HTTP/1.1 ${status}`);
  const body: unknown = JSON.parse(answered.slice(answered.indexOf('\r\n\r\n')));
  expect(body).toEqual({ error: { code, message: expect.any(String), details: expect.any(String) } });
});

it('keeps the connection of a caller whose request was wrong but whole, and ends it when a body is left over', async () => {
  const keep = { Connection: 'keep-alive' };
  const missing = await raw(api.url, { path: '/nothing', headers: keep });
  expect(missing.headers.connection).toBe('keep-alive');
  const malformed = await raw(api.url, {
    method: 'POST',
    path: calls[0] ?? '',
    headers: { ...keep, ...json },
    body: '{',
  });
  expect(malformed.headers.connection).toBe('keep-alive');
  const unread = await raw(api.url, { method: 'PUT', path: '/nothing', headers: keep, body: 'x'.repeat(200_000) });
  expect(unread.headers.connection).toBe('close');
});

it('answers a path that cannot be decoded in JSON', async () => {
  const answer = await raw(api.url, { path: '/v1/videos/%E0%A4%A' });
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
});

it('goes on serving after a caller hung up in the middle of a body', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(api.server.port, '127.0.0.1', () => {
      socket.write(
        `POST /v1/gen_video HTTP/1.1\r\nHost: 127.0.0.1:${api.server.port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"dra`,
        () => socket.destroy(),
      );
    });
    socket.on('close', () => resolve());
  });
  const answer = await api.post('/v1/gen_video_status', { draft_url: link });
  expect(answer.status).toBe(404);
  expect(api.port.submitted).toEqual([]);
});

it('answers a body that never ends, then hangs up', async () => {
  const answered = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(api.server.port, '127.0.0.1', () => {
      socket.write(
        `POST /v1/gen_video HTTP/1.1\r\nHost: 127.0.0.1:${api.server.port}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      );
      const chunk = Buffer.alloc(65_536, 0x20);
      const pump = (): void => {
        while (socket.writable && socket.write(`10000\r\n${chunk}\r\n`));
      };
      socket.on('drain', pump);
      pump();
    });
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
  expect(answered).toContain('400 Bad Request');
  expect(answered).toContain('VALIDATION_ERROR');
});
