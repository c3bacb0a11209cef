import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { raw, startApi } from '../support/api-server.ts';

const api = await startApi();
// A folder with a dot in front, like the data folder of a Linux user.
const folder = mkdtempSync(path.join(tmpdir(), '.videos-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'video_abc.mp4');
writeFileSync(file, '0123456789');
utimesSync(file, 1000, 1000);
api.port.files.set('video_abc.mp4', file);
api.port.files.set('gone.mp4', path.join(folder, 'gone.mp4'));
api.port.files.set('clip.mov', file);
const url = '/v1/videos/video_abc.mp4';
const get = (headers: Record<string, string> = {}, place = url, method = 'GET') =>
  raw(api.url, { method, path: place, headers });

it('serves a whole video, without any key, for a player', async () => {
  const answer = await get();
  expect(answer.status).toBe(200);
  expect(answer.body.toString()).toBe('0123456789');
  expect(answer.headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': '10',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    etag: expect.stringMatching(/^"[0-9a-f]+-[0-9a-f]+"$/),
    'last-modified': 'Thu, 01 Jan 1970 00:16:40 GMT',
  });
  expect(answer.headers['content-disposition']).toBeUndefined();
});

it.each([
  ['bytes=0-3', '0123', 'bytes 0-3/10'],
  ['bytes=4-', '456789', 'bytes 4-9/10'],
  ['bytes=-2', '89', 'bytes 8-9/10'],
  ['bytes=8-100', '89', 'bytes 8-9/10'],
])('serves the range %s', async (range, body, contentRange) => {
  const answer = await get({ Range: range });
  expect(answer.status).toBe(206);
  expect(answer.body.toString()).toBe(body);
  expect(answer.headers['content-range']).toBe(contentRange);
});

it('refuses a range behind the end in JSON, with the real size', async () => {
  const answer = await get({ Range: 'bytes=10-' });
  expect(answer.status).toBe(416);
  expect(answer.headers['content-range']).toBe('bytes */10');
  expect(answer.json()).toMatchObject({ error: { code: 'RANGE_NOT_SATISFIABLE' } });
});

it('lets a download manager resume the same file, and start anew when it changed', async () => {
  const etag = String((await get()).headers.etag);
  expect((await get({ Range: 'bytes=5-', 'If-Range': etag })).status).toBe(206);
  expect((await get({ Range: 'bytes=5-', 'If-Range': 'Thu, 01 Jan 1970 00:16:40 GMT' })).status).toBe(206);
  const changed = await get({ Range: 'bytes=5-', 'If-Range': '"another"' });
  expect(changed.status).toBe(200);
  expect(changed.body.toString()).toBe('0123456789');
  expect((await get({ 'If-None-Match': etag })).status).toBe(304);
});

it('answers HEAD with the size and no body', async () => {
  const answer = await get({}, url, 'HEAD');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-length']).toBe('10');
  expect(answer.body.length).toBe(0);
});

it('saves under the public name or a given title, Chinese included', async () => {
  const plain = await get({}, `${url}?download=1`);
  expect(plain.headers['content-disposition']).toBe(
    `attachment; filename="video_abc.mp4"; filename*=UTF-8''video_abc.mp4`,
  );
  const titled = await get({}, `${url}?download=${encodeURIComponent('产品/介绍"')}`);
  expect(titled.headers['content-disposition']).toBe(
    `attachment; filename="______.mp4"; filename*=UTF-8''${encodeURIComponent('产品_介绍_')}.mp4`,
  );
});

it('knows the type of a mov', async () => {
  expect((await get({}, '/v1/videos/clip.mov')).headers['content-type']).toBe('video/quicktime');
});

it.each([
  '/v1/videos/gone.mp4',
  '/v1/videos/never.mp4',
  '/v1/videos/..%2Fvideo_abc.mp4',
  '/v1/videos/..%5Cvideo_abc.mp4',
  '/v1/videos/%00.mp4',
  '/v1/videos/.hidden.mp4',
  '/v1/videos/video_abc.txt',
  '/v1/videos/',
  '/v1/videos/../videos',
])('answers %s with a 404 in JSON', async (place) => {
  api.port.files.set('../video_abc.mp4', file);
  api.port.files.set('video_abc.txt', file);
  const answer = await get({}, place);
  expect(answer.status).toBe(404);
  expect(answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

it('refuses other methods', async () => {
  const answer = await get({}, url, 'DELETE');
  expect(answer.status).toBe(405);
  expect(answer.headers.allow).toBe('GET, HEAD');
});

it('plays on a listed page and on no other', async () => {
  const embedded = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'video' };
  expect((await get({ ...embedded, Referer: 'https://coze.example.com/' })).status).toBe(403);
  api.port.settingsNow = { ...api.port.settingsNow, allowedHosts: ['coze.example.com'] };
  const answer = await get({ ...embedded, Referer: 'https://coze.example.com/' });
  expect(answer.status).toBe(200);
  expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin');
});
