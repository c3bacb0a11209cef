import { afterEach, describe, expect, it } from 'vitest';
import { bearer, cookieValue, FailureLimiter, sameSecret } from '../../main/api/secrets.ts';
import { raw, startApi } from '../support/api-server.ts';

let now = 0;
const api = await startApi({ now: () => now });
const exposed = await startApi({ host: '0.0.0.0' });
const link = { draft_url: 'https://example.com/d.json' };
const path = '/v1/gen_video_status';

afterEach(() => {
  // A new window for the limit on wrong keys.
  now += 60_001;
  api.port.settingsNow = { ...api.port.settingsNow, apiKey: '', allowedHosts: [] };
  exposed.port.settingsNow = { ...exposed.port.settingsNow, apiKey: '' };
});

function setKey(apiKey: string): void {
  api.port.settingsNow = { ...api.port.settingsNow, apiKey };
}

describe('the API key', () => {
  it.each([
    ['no key', {}, {}, '', 401, 'apiKey'],
    ['a wrong key', { Authorization: 'Bearer wrong' }, {}, '', 401, '不正确'],
    ['the key as bearer', { Authorization: 'Bearer s3cret' }, {}, '', 404, ''],
    ['the key as header', { apiKey: 's3cret' }, {}, '', 404, ''],
    ['the key in the body', {}, { apiKey: 's3cret' }, '', 404, ''],
    ['the key in the query', {}, {}, '?apiKey=s3cret', 404, ''],
    ['the token of the operators', { Authorization: 'Bearer the-token-of-this-station' }, {}, '', 404, ''],
  ])('%s', async (_name, headers, extra, query, code, says) => {
    setKey('s3cret');
    const answer = await api.post(path + query, { ...link, ...extra }, headers);
    expect(answer.status).toBe(code);
    if (code === 401) {
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await answer.json()).toMatchObject({
        error: { code: 'UNAUTHORIZED', details: expect.stringContaining(says) },
      });
    }
  });

  it('is not asked for on loopback when none is set', async () => {
    expect((await api.post(path, link)).status).toBe(404);
  });

  it('queues nothing for a caller without it', async () => {
    setKey('s3cret');
    await api.post('/v1/gen_video', link);
    expect(api.port.submitted).toEqual([]);
  });

  it('is always needed when the station is open to the network, set or not', async () => {
    const local = `http://127.0.0.1:${exposed.server.port}`;
    const ask = (headers: Record<string, string> = {}) =>
      fetch(local + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(link),
      });
    const unset = await ask();
    expect(unset.status).toBe(401);
    expect(await unset.json()).toMatchObject({ error: { details: expect.stringContaining('「apiKey」') } });
    exposed.port.settingsNow = { ...exposed.port.settingsNow, apiKey: 's3cret' };
    expect((await ask()).status).toBe(401);
    expect((await ask({ Authorization: 'Bearer s3cret' })).status).toBe(404);
  });

  it('is not looked at any more after 120 wrong ones in a minute, without locking the operators out', async () => {
    setKey('s3cret');
    for (let guess = 0; guess < 120; guess += 1) {
      expect((await api.post(path, link, { Authorization: `Bearer ${guess}` })).status).toBe(401);
    }
    const answer = await api.post(path, link, { Authorization: 'Bearer s3cret' });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.operator('/api/tasks')).status).toBe(200);
    now += 60_001;
    expect((await api.post(path, link, { Authorization: 'Bearer s3cret' })).status).toBe(404);
  });
});

describe('the token of the operators', () => {
  it.each(['/api/tasks', '/api/health', '/api/settings', '/api/events', '/api/tasks.csv', '/api/anything'])(
    'is needed for %s',
    async (place) => {
      const answer = await fetch(api.url + place);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: 'UNAUTHORIZED', reason: 'TOKEN_MISSING' } });
      const wrong = await fetch(api.url + place, { headers: { Authorization: 'Bearer no' } });
      expect(await wrong.json()).toMatchObject({ error: { reason: 'TOKEN_WRONG' } });
    },
  );

  it('is not the API key', async () => {
    setKey('s3cret');
    const answer = await fetch(`${api.url}/api/tasks`, { headers: { Authorization: 'Bearer s3cret' } });
    expect(answer.status).toBe(401);
  });

  it('turns from an address into a cookie that scripts cannot read, and out of the address', async () => {
    const answer = await raw(api.url, { path: `/?token=${api.port.token}&task=t1` });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/?task=t1');
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toContain(`station_token_${api.server.port}=`);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    const pair = cookie.split(';')[0] ?? '';
    const tasks = await raw(api.url, { path: '/api/tasks', headers: { Cookie: `other=1; ${pair}` } });
    expect(tasks.status).toBe(200);
  });

  it('leads to a page that explains when it is wrong, without a cookie', async () => {
    const answer = await raw(api.url, { path: '/?token=wrong' });
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body.toString()).toContain('令牌不正确');
  });

  it('never leads to another machine', async () => {
    const answer = await raw(api.url, { path: `//evil.example/?token=${api.port.token}` });
    expect(answer.headers.location).toBe('/evil.example/');
  });
});

describe('the guard on a real server', () => {
  const headers = (extra: Record<string, string>) => ({
    'Content-Type': 'application/json',
    Host: `127.0.0.1:${api.server.port}`,
    ...extra,
  });
  const ask = (extra: Record<string, string>, method = 'POST') =>
    raw(api.url, {
      method,
      path,
      headers: headers(extra),
      ...(method === 'POST' ? { body: JSON.stringify(link) } : {}),
    });

  it('refuses a rebound name and says which setting would allow it', async () => {
    const answer = await ask({ Host: `evil.example:${api.server.port}` });
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({
      error: { code: 'FORBIDDEN', details: expect.stringMatching(/evil\.example.*「allowedHosts」/) },
    });
  });

  it('refuses a foreign page without any CORS header', async () => {
    const answer = await ask({ Origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.json()).toMatchObject({ error: { details: expect.stringContaining('「allowedHosts」') } });
    const preflight = await ask({ Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }, 'OPTIONS');
    expect(preflight.status).toBe(403);
  });

  it('lets a listed page call and read', async () => {
    api.port.settingsNow = { ...api.port.settingsNow, allowedHosts: ['coze.example.com'] };
    const origin = 'https://coze.example.com';
    const preflight = await ask({ Origin: origin, 'Access-Control-Request-Method': 'POST' }, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe(origin);
    expect(preflight.headers['access-control-allow-headers']).toContain('Authorization');
    const answer = await ask({ Origin: origin });
    expect(answer.status).toBe(404);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers.vary).toContain('Origin');
  });

  it('believes a tunnel about its name only when the name is listed', async () => {
    const { status } = await import('../support/fake-port.ts');
    api.port.statuses.set(link.draft_url, status({ status: 'completed', videoUrl: '/v1/videos/a.mp4' }));
    const tunnel = { 'X-Forwarded-Host': 'studio.tunnel.example', 'X-Forwarded-Proto': 'https' };
    expect((await ask(tunnel)).json()).toMatchObject({ video_url: `${api.url}/v1/videos/a.mp4` });
    api.port.settingsNow = { ...api.port.settingsNow, allowedHosts: ['*.tunnel.example'] };
    expect((await ask(tunnel)).json()).toMatchObject({ video_url: 'https://studio.tunnel.example/v1/videos/a.mp4' });
    const passed = await ask({ Host: 'studio.tunnel.example', 'X-Forwarded-Proto': 'https' });
    expect(passed.json()).toMatchObject({ video_url: 'https://studio.tunnel.example/v1/videos/a.mp4' });
  });
});

describe('secrets', () => {
  it('compares by content, whatever the lengths', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('abc', 'abcd')).toBe(false);
    expect(sameSecret('', 'abc')).toBe(false);
  });

  it('reads bearers and cookies and nothing else', () => {
    expect(bearer('Bearer abc')).toBe('abc');
    expect(bearer('bearer  abc ')).toBe('abc');
    expect(bearer('Basic abc')).toBeNull();
    expect(bearer(undefined)).toBeNull();
    expect(cookieValue('a=1; station=2', 'station')).toBe('2');
    expect(cookieValue('xstation=2', 'station')).toBeNull();
    expect(cookieValue('station', 'station')).toBeNull();
  });

  it('remembers a bounded number of addresses', () => {
    const limiter = new FailureLimiter(() => 0, { failures: 1, windowMs: 1000, addresses: 2 });
    for (const address of ['a', 'b', 'c']) limiter.failed(address);
    expect(['a', 'b', 'c'].map((address) => limiter.waitSeconds(address))).toEqual([0, 1, 1]);
  });
});
