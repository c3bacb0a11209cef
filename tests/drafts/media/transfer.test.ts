import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftFolderPlaceholder } from '../../../main/drafts/media-path.ts';
import { readDraft } from '../../../main/drafts/read/index.ts';
import { draftJson, fakeMp3, fakeMp4, fakePng, type TestMedia } from '../support/drafts.ts';
import { bench, testServer } from '../support/fetching.ts';
import { type Handler, serveBytes } from '../support/server.ts';

type Routes = Record<string, Handler | Buffer | string>;

/** A server with a draft at `/d.json`; media paths that begin with `/` are the server's. */
async function draftServer(routes: Routes, videos: readonly TestMedia[], audios: readonly TestMedia[] = []) {
  const server = await testServer(routes);
  const absolute = (list: readonly TestMedia[]) =>
    list.map((media) => ({ ...media, path: media.path.startsWith('/') ? server.base + media.path : media.path }));
  routes['/d.json'] = JSON.stringify(draftJson(absolute(videos), absolute(audios)));
  const station = await bench();
  return { server, station, link: `${server.base}/d.json`, settings: { mediaHosts: [server.host] } };
}

const status =
  (code: number): Handler =>
  (_request, response) =>
    void response.writeHead(code).end('no');

describe('media of a draft', () => {
  it('one address of ten materials is fetched once, equal names never overwrite each other', async () => {
    const { server, station, link, settings } = await draftServer({ '/a': fakeMp4(5000, 1), '/b': fakeMp4(6000, 2) }, [
      ...Array.from({ length: 10 }, () => ({ path: '/a', name: '片段.mp4' })),
      { path: '/b', name: '片段.mp4' },
    ]);
    const fetched = await station.fetch(link, settings);
    expect(server.requests.map(({ line }) => line).sort()).toEqual(['GET /a', 'GET /b', 'GET /d.json']);
    expect(new Set(fetched.media.values()).size).toBe(2);
    expect(await readFile(fetched.media.get('v10') ?? '')).toHaveLength(5000);
    expect(await readFile(fetched.media.get('v11') ?? '')).toHaveLength(6000);
  });

  it('what no segment shows is not fetched', async () => {
    const { server, station, link, settings } = await draftServer({ '/a': fakeMp4(5000) }, [
      { path: '/a' },
      { path: '/unused', idle: true },
    ]);
    const fetched = await station.fetch(link, settings);
    expect(server.requests.map(({ line }) => line)).not.toContain('GET /unused');
    expect([...fetched.media.keys()]).toEqual(['v1']);
  });

  it('media of compound clips come along', async () => {
    const routes: Routes = { '/inner.mp4': fakeMp4(3000) };
    const { server, station, link, settings } = await draftServer(routes, []);
    const outer = draftJson([{ path: '' }]) as { materials: Record<string, unknown> };
    outer.materials.drafts = [{ id: 'd1', draft: draftJson([{ path: `${server.base}/inner.mp4` }]) }];
    routes['/d.json'] = JSON.stringify(outer);
    const fetched = await station.fetch(link, settings);
    const written = JSON.parse(await readFile(fetched.local.contentFile, 'utf8'));
    expect(written.materials.drafts[0].draft.materials.videos[0].path).toMatch(/\/media\/m01-[0-9a-f]{8}\.mp4$/);
  });

  it('a reversed copy that cannot be had is done without, and remembered', async () => {
    const { station, link, settings } = await draftServer({ '/a': fakeMp4(5000) }, [
      { path: '/a', reversePath: `${draftFolderPlaceholder}/reverse/1.mp4` },
    ]);
    const fetched = await station.fetch(link, settings);
    expect(fetched.missing).toEqual([]);
    const written = JSON.parse(await readFile(fetched.local.contentFile, 'utf8'));
    expect(written.materials.videos[0].reverse_path).toBe('');
    // Ranges of its segments count in the copy: an engine that turns the file round itself must know.
    const [media] = readDraft(written).media.values();
    expect(media?.reversePath).toBe(`${draftFolderPlaceholder}/reverse/1.mp4`);
  });

  it('the noted source serves when the path leads nowhere', async () => {
    const routes: Routes = { '/a.png': fakePng(900) };
    const { server, station, link, settings } = await draftServer(routes, []);
    routes['/d.json'] = JSON.stringify(
      draftJson([{ path: 'C:\\Users\\x\\a.png', type: 'photo', remoteUrl: `${server.base}/a.png` }]),
    );
    const fetched = await station.fetch(link, settings);
    expect(fetched.media.get('v1')).toMatch(/\.png$/);
  });

  it('progress goes from the draft over its media to the end, by bytes', async () => {
    const { station, link, settings } = await draftServer(
      { '/a': fakeMp4(400_000), '/b': fakeMp3(100_000) },
      [{ path: '/a' }],
      [{ path: '/b' }],
    );
    await station.fetch(link, settings);
    const fractions = station.progress.map(({ fraction }) => fraction);
    expect(fractions).toContain(0.25);
    expect(fractions).toContain(0.5);
    expect(fractions.at(-1)).toBe(1);
    const details = station.progress.flatMap(({ detail }) => detail ?? []);
    expect(details.at(-1)).toMatchObject({ done: 2, total: 2, bytes: 500_000, totalBytes: 500_000 });
  });
});

describe('media that cannot be had', () => {
  it('for good: the draft fails and every file is named, without signatures', async () => {
    const { server, station, link, settings } = await draftServer(
      { '/a': fakeMp4(5000), '/b': status(403), '/html': '<html>login</html>', '/busy': status(503) },
      [
        { path: '/a', name: 'good.mp4' },
        { path: '/b?sign=secret', name: '封面.png' },
        { path: '/gone', name: 'gone.mp4' },
        { path: '/html', name: 'page' },
        { path: '/busy', name: 'busy' },
      ],
    );
    const failure = await station.failure(link, settings);
    expect(failure).toMatchObject({ code: 'MEDIA_FAILED', class: 'never', params: { count: 3 } });
    expect(failure.params.files).toBe(
      [
        `封面.png (${server.host}/b: HTTP 403)`,
        `gone.mp4 (${server.host}/gone: HTTP 404)`,
        `page (${server.host}/html: MEDIA_WRONG_TYPE html)`,
      ].join('; '),
    );
    expect(station.log.join('\n')).not.toContain('secret');
    expect(await station.files()).toEqual([]);
  });

  it('for now: the draft is tried again later, and what came is kept for then', async () => {
    const routes: Routes = { '/a': fakeMp4(50_000), '/b': status(503) };
    const { server, station, link, settings } = await draftServer(routes, [
      { path: '/a' },
      { path: '/b', name: 'b.mp4' },
    ]);
    const failure = await station.failure(link, settings);
    expect(failure).toMatchObject({ code: 'MEDIA_UNREACHABLE', class: 'retry_later', params: { count: 1 } });
    expect(failure.params.files).toContain('b.mp4');
    expect(await station.files()).toEqual([]);

    routes['/b'] = fakeMp4(60_000);
    server.requests.length = 0;
    await station.fetch(link, settings);
    const again = server.requests.find(({ line }) => line === 'GET /a');
    expect(again?.headers['if-none-match']).toBeDefined();
  });

  it('refused addresses name the setting', async () => {
    const { station, link, settings } = await draftServer({}, [
      { path: 'http://169.254.169.254/latest' },
      { path: 'http://10.0.0.1/a' },
    ]);
    const failure = await station.failure(link, settings);
    expect(failure.code).toBe('ADDRESS_REFUSED');
    expect(failure.message).toContain('mediaHosts');
  });

  it('one file over its limit is named; all files over the limit of the draft stop it at once', async () => {
    const routes: Routes = { '/a': fakeMp4(900_000, 1), '/b': fakeMp4(900_000, 2), '/c': fakeMp4(1_100_000, 3) };
    const small = await draftServer(routes, [{ path: '/a' }, { path: '/c', name: 'c.mp4' }]);
    const named = await small.station.failure(small.link, { ...small.settings, maxMediaMb: 1 });
    expect(named).toMatchObject({ code: 'MEDIA_FAILED', params: { count: 1 } });
    expect(named.params.files).toContain('c.mp4');

    const all = await draftServer({ ...routes }, [{ path: '/a' }, { path: '/b' }]);
    const stopped = await all.station.failure(all.link, { ...all.settings, maxDraftMb: 1 });
    expect(stopped).toMatchObject({ code: 'DOWNLOAD_TOO_LARGE', params: { setting: 'maxDraftMb', limitMb: 1 } });
    expect(await all.station.files()).toEqual([]);
  });

  it('a cancelled fetch leaves nothing', async () => {
    let started = () => {};
    const hanging: Handler = (_request, response) => {
      response.writeHead(200, { 'content-length': 100_000 });
      response.write(fakeMp4(1000));
      started();
    };
    const { station, link, settings } = await draftServer({ '/a': hanging, '/b': fakeMp4(2000) }, [
      { path: '/a' },
      { path: '/b' },
    ]);
    started = () => station.abort.abort(new Error('cancelled'));
    await expect(station.fetch(link, settings)).rejects.toThrow('cancelled');
    expect(await station.files()).toEqual([]);
  });
});

describe('the media cache', () => {
  it('a second draft with the same media downloads nothing', async () => {
    const { server, station, link, settings } = await draftServer({ '/a': fakeMp4(80_000) }, [
      { path: '/a?x-expires=1&x-signature=one' },
    ]);
    await station.fetch(link, settings);
    const body = JSON.stringify(draftJson([{ path: `${server.base}/a?x-expires=2&x-signature=two` }]));
    const other = await testServer({ '/other.json': body });
    const second = await bench();
    server.requests.length = 0;
    const fetched = await second.fetch(
      `${other.base}/other.json`,
      { mediaHosts: ['127.0.0.1'] },
      { cacheFolder: station.cacheFolder },
    );
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers['if-none-match']).toBeDefined();
    expect(await readFile(fetched.media.get('v1') ?? '')).toEqual(fakeMp4(80_000));
    expect(second.progress.flatMap(({ detail }) => detail ?? []).at(-1)).toMatchObject({ done: 1, bytes: 80_000 });
  });

  it('a file that has changed is fetched again', async () => {
    const routes: Routes = { '/a': fakeMp4(80_000, 1) };
    const { station, link, settings } = await draftServer(routes, [{ path: '/a' }]);
    await station.fetch(link, settings);
    routes['/a'] = fakeMp4(90_000, 2);
    const fetched = await (await station.again()).fetch(link, settings);
    expect(await readFile(fetched.media.get('v1') ?? '')).toEqual(fakeMp4(90_000, 2));
  });

  it('an expired link whose file is here is no failure; with another signature it is', async () => {
    const routes: Routes = { '/a': fakeMp4(80_000) };
    const { server, station, link, settings } = await draftServer(routes, [
      { path: '/a?x-expires=1&x-signature=mine' },
    ]);
    await station.fetch(link, settings);
    routes['/a'] = status(403);
    const again = await station.again();
    const fetched = await again.fetch(link, settings);
    expect(await readFile(fetched.media.get('v1') ?? '')).toEqual(fakeMp4(80_000));
    expect(again.log.join('\n')).toContain('earlier copy');
    expect(again.log.join('\n')).not.toContain('mine');

    routes['/d.json'] = JSON.stringify(draftJson([{ path: `${server.base}/a?x-expires=1&x-signature=stolen` }]));
    expect(await (await station.again()).failure(link, settings)).toMatchObject({ code: 'MEDIA_FAILED' });
  });

  it('a deleted file does not come back', async () => {
    const routes: Routes = { '/a': fakeMp4(80_000) };
    const { station, link, settings } = await draftServer(routes, [{ path: '/a' }]);
    await station.fetch(link, settings);
    routes['/a'] = status(404);
    expect(await (await station.again()).failure(link, settings)).toMatchObject({ code: 'MEDIA_FAILED' });
  });

  it('a damaged copy is not used', async () => {
    const { station, link, settings } = await draftServer({ '/a': fakeMp4(80_000) }, [{ path: '/a' }]);
    await station.fetch(link, settings);
    const [data] = (await station.cached()).filter((name) => name.endsWith('.media'));
    await writeFile(path.join(station.cacheFolder, data ?? ''), 'cut off');
    const fetched = await (await station.again()).fetch(link, settings);
    expect(await readFile(fetched.media.get('v1') ?? '')).toEqual(fakeMp4(80_000));
  });

  it('a retry goes on where a large file broke off', async () => {
    const body = fakeMp4(3_000_000);
    let isDown = false;
    const flaky: Handler = (request, response) => {
      if (isDown) return void response.writeHead(503).end();
      if (request.headers.range !== undefined) return serveBytes(body, request, response);
      isDown = true;
      const etag = `"${body.length}-${body.subarray(0, 16).toString('hex')}"`;
      response.writeHead(200, { etag, 'content-length': body.length });
      response.write(body.subarray(0, 2_000_000), () => setTimeout(() => response.destroy(), 50));
    };
    const { server, station, link, settings } = await draftServer({ '/a': flaky }, [{ path: '/a' }]);
    expect(await station.failure(link, settings)).toMatchObject({ code: 'MEDIA_UNREACHABLE' });
    expect(await station.files()).toEqual([]);
    isDown = false;
    server.requests.length = 0;
    const fetched = await (await station.again()).fetch(link, settings);
    expect(server.requests.at(-1)?.headers.range).toMatch(/^bytes=[1-9]\d{5,6}-$/);
    expect(await readFile(fetched.media.get('v1') ?? '')).toEqual(body);
    expect((await station.cached()).filter((name) => !name.endsWith('.media'))).toEqual([]);
  });

  it('keeps nothing when it is switched off', async () => {
    const { station, link, settings } = await draftServer({ '/a': fakeMp4(80_000) }, [{ path: '/a' }]);
    await station.fetch(link, { ...settings, mediaCacheGb: 0 });
    expect(await station.cached()).toEqual([]);
  });

  it('two drafts at once download a shared file once', async () => {
    let open = () => {};
    const slow: Handler = (request, response) => {
      const body = fakeMp4(50_000);
      if (request.headers['if-none-match'] === '"one"') return void response.writeHead(304).end();
      response.writeHead(200, { etag: '"one"', 'content-length': body.length });
      response.write(body.subarray(0, 1000));
      open = () => response.end(body.subarray(1000));
    };
    const { server, station, link, settings } = await draftServer({ '/a': slow }, [{ path: '/a' }]);
    const first = station.fetch(link, settings);
    await expect.poll(() => server.requests.length).toBe(2);
    const other = await station.again();
    const second = other.fetch(link, settings);
    await expect.poll(() => other.progress.at(-1)?.fraction).toBe(0.5);
    open();
    await Promise.all([first, second]);
    expect(
      server.requests.filter(({ line, headers }) => line === 'GET /a' && headers['if-none-match'] === undefined),
    ).toHaveLength(1);
  });
});
