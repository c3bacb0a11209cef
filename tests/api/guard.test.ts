import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GuardRules, isListed, isLoopback, judge, type RequestHead, splitHost } from '../../main/api/guard.ts';

const home: GuardRules = { port: 8000, exposed: false, allowedHosts: [] };
const listed: GuardRules = { ...home, allowedHosts: ['coze.example.com', '*.tunnel.example', 'localhost:5173'] };
const open: GuardRules = { ...home, exposed: true };

function head(change: Partial<RequestHead>): RequestHead {
  return {
    method: 'POST',
    path: '/v1/gen_video',
    host: '127.0.0.1:8000',
    origin: undefined,
    referer: undefined,
    fetchSite: undefined,
    fetchMode: undefined,
    fetchDest: undefined,
    ...change,
  };
}

describe('Host', () => {
  it.each([
    ['127.0.0.1:8000', home, true],
    ['localhost:8000', home, true],
    ['LOCALHOST:8000', home, true],
    ['[::1]:8000', home, true],
    ['127.9.9.9:8000', home, true],
    ['127.0.0.1', { ...home, port: 80 }, true],
    ['127.0.0.1', home, false],
    ['127.0.0.1:8001', home, false],
    ['localhost.evil.example:8000', home, false],
    ['127.0.0.1.evil.example:8000', home, false],
    ['evil.example:8000', home, false],
    ['192.168.1.5:8000', home, false],
    ['', home, false],
    ['127.0.0.1:8000@evil.example', home, false],
    [undefined, home, false],
    // Open to the network: addresses cannot be rebound, names can.
    ['192.168.1.5:8000', open, true],
    ['[fe80::1]:8000', open, true],
    ['192.168.1.5:8001', open, false],
    ['studio-pc:8000', open, false],
    // On the list.
    ['coze.example.com', listed, true],
    ['coze.example.com:443', listed, true],
    ['a.tunnel.example', listed, true],
    ['tunnel.example', listed, false],
    ['eviltunnel.example', listed, false],
    ['localhost:5173', listed, true],
    ['localhost:5174', listed, false],
  ])('%s', (host, rules, allowed) => {
    const verdict = judge(head({ host }), rules);
    expect(verdict.allowed).toBe(allowed);
    if (!verdict.allowed) expect(verdict.code).toBe('HOST_REFUSED');
  });
});

describe('pages of other origins', () => {
  it.each<[string, Partial<RequestHead>, GuardRules, boolean]>([
    ['a program sends no Origin', {}, home, true],
    ['our own page', { origin: 'http://127.0.0.1:8000', fetchSite: 'same-origin' }, home, true],
    ['our page under the other name', { origin: 'http://localhost:8000', fetchSite: 'cross-site' }, home, true],
    ['a foreign page', { origin: 'https://evil.example', fetchSite: 'cross-site' }, home, false],
    ['a foreign page in an old browser', { origin: 'https://evil.example' }, home, false],
    ['a sandboxed frame', { origin: 'null', fetchSite: 'cross-site' }, home, false],
    ['a file', { origin: 'file://', fetchSite: 'cross-site' }, home, false],
    ['another port of this machine', { origin: 'http://localhost:5173', fetchSite: 'same-site' }, home, false],
    ['a listed port of this machine', { origin: 'http://localhost:5173', fetchSite: 'same-site' }, listed, true],
    ['a listed page', { origin: 'https://coze.example.com', fetchSite: 'cross-site' }, listed, true],
    ['a listed page, wildcard', { origin: 'https://x.tunnel.example' }, listed, true],
    ['an unlisted page', { origin: 'https://example.com' }, listed, false],
    ['the page of a tunnel itself', { host: 'a.tunnel.example', origin: 'https://a.tunnel.example' }, listed, true],
    ['an extension', { origin: 'chrome-extension://abcdefgh' }, home, false],
    ['a no-cors post without Origin', { fetchSite: 'cross-site', fetchMode: 'no-cors' }, home, false],
    [
      'a form post is a navigation, but not a link',
      { fetchSite: 'cross-site', fetchMode: 'navigate', fetchDest: 'document' },
      home,
      false,
    ],
    ['an address typed by hand', { method: 'GET', path: '/', fetchSite: 'none', fetchMode: 'navigate' }, home, true],
    [
      'a followed link to a video',
      {
        method: 'GET',
        path: '/v1/videos/a.mp4',
        fetchSite: 'cross-site',
        fetchMode: 'navigate',
        fetchDest: 'document',
      },
      home,
      true,
    ],
    [
      'a followed link to the operators',
      { method: 'GET', path: '/api/tasks', fetchSite: 'cross-site', fetchMode: 'navigate', fetchDest: 'document' },
      home,
      false,
    ],
    [
      'a frame around us',
      { method: 'GET', path: '/', fetchSite: 'cross-site', fetchMode: 'navigate', fetchDest: 'iframe' },
      home,
      false,
    ],
    [
      'a video on a foreign page',
      {
        method: 'GET',
        path: '/v1/videos/a.mp4',
        fetchSite: 'cross-site',
        fetchMode: 'no-cors',
        fetchDest: 'video',
        referer: 'https://evil.example/',
      },
      home,
      false,
    ],
    [
      'a video on a listed page',
      {
        method: 'GET',
        path: '/v1/videos/a.mp4',
        fetchSite: 'cross-site',
        fetchMode: 'no-cors',
        fetchDest: 'video',
        referer: 'https://coze.example.com/',
      },
      listed,
      true,
    ],
    [
      'a video on our page under the other name',
      {
        method: 'GET',
        path: '/v1/videos/a.mp4',
        fetchSite: 'cross-site',
        fetchMode: 'no-cors',
        fetchDest: 'video',
        referer: 'http://localhost:8000/',
      },
      home,
      true,
    ],
  ])('%s', (_name, change, rules, allowed) => {
    const verdict = judge(head(change), rules);
    expect(verdict.allowed).toBe(allowed);
    if (!verdict.allowed) expect(verdict.code).toBe('ORIGIN_REFUSED');
  });

  it('lets only listed origins read answers', () => {
    const verdict = judge(head({ origin: 'https://coze.example.com' }), listed);
    expect(verdict).toEqual({ allowed: true, corsOrigin: 'https://coze.example.com', embedded: true });
    expect(judge(head({ origin: 'http://127.0.0.1:8000' }), listed)).toMatchObject({ corsOrigin: null });
  });
});

it('never takes a host for loopback that could be another machine', () => {
  fc.assert(
    fc.property(fc.domain(), (name) => {
      expect(isLoopback(name)).toBe(false);
      expect(judge(head({ host: `${name}:8000` }), home).allowed).toBe(false);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('never throws, whatever the headers are', () => {
  const text = fc.option(fc.string({ maxLength: 60 }), { nil: undefined });
  fc.assert(
    fc.property(text, text, text, text, (host, origin, referer, fetchSite) => {
      judge(head({ host, origin, referer, fetchSite }), listed);
      isListed(host ?? '', [origin ?? '']);
      splitHost(referer ?? '');
    }),
    { seed: 2, numRuns: 500 },
  );
});
