import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDraftLink, parseDraftLink } from '../../../main/drafts/index.ts';
import { draftFolderPlaceholder } from '../../../main/drafts/media-path.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { defaultSettings } from '../../../main/shared/settings.ts';
import { draftJson, fakeMp3, fakeMp4, fakePng } from '../support/drafts.ts';
import { bench, temporaryFolder, testServer } from '../support/fetching.ts';
import { zipOf } from '../support/zip.ts';

const json = (value: unknown) => JSON.stringify(value);

describe('a zip on the web', () => {
  it('brings its media along, wherever its author had them', async () => {
    const [video, sound] = [fakeMp4(3000), fakeMp3(2000)];
    const zip = await zipOf({
      'draft/draft_info.json': json(
        draftJson(
          [{ path: 'D:\\JianyingPro Drafts\\dfd_cat_1\\assets\\video\\video_1.mp4' }, { path: '/home/other/lost.mp4' }],
          [{ path: `${draftFolderPlaceholder}/assets/audio/音乐.mp3` }],
        ),
      ),
      'draft/assets/video/video_1.mp4': video,
      'draft/assets/audio/音乐.mp3': sound,
    });
    const server = await testServer({ '/d.zip': zip });
    const station = await bench();
    const fetched = await station.fetch(`${server.base}/d.zip`, { mediaHosts: [server.host] });

    expect(await readFile(fetched.media.get('v1') ?? '')).toEqual(video);
    expect(await readFile(fetched.media.get('a1') ?? '')).toEqual(sound);
    expect(fetched.missing).toMatchObject([
      { materialId: 'v2', source: 'lost.mp4', reason: { code: 'MEDIA_FOREIGN_PATH', params: { file: 'lost.mp4' } } },
    ]);
    expect(await station.files()).toEqual([
      'draft_content.json',
      expect.stringMatching(/^media\/m01-[0-9a-f]{8}-d\.mp4$/),
      expect.stringMatching(/^media\/m02-[0-9a-f]{8}-d\.mp3$/),
    ]);
  });

  it('may lie inside another zip, once', async () => {
    const inner = await zipOf({ 'draft_content.json': json(draftJson([])) });
    const twice = await zipOf({ 'inner.zip': await zipOf({ 'innermost.zip': inner }) });
    const server = await testServer({ '/once': await zipOf({ '草稿.zip': inner }), '/twice': twice });
    const settings = { mediaHosts: [server.host] };
    const station = await bench();
    await station.fetch(`${server.base}/once`, settings);
    expect(await station.files()).toEqual(['draft_content.json']);
    expect(await station.failure(`${server.base}/twice`, settings)).toMatchObject({ code: 'ARCHIVE_WITHOUT_DRAFT' });
    expect(await station.files()).toEqual([]);
  });

  it('gives no file of this machine away', async () => {
    const secret = path.join(await temporaryFolder(), 'private.mp4');
    await writeFile(secret, fakeMp4(1000));
    const draft = draftJson(
      [
        { path: secret },
        { path: '../../private.mp4' },
        { path: `${draftFolderPlaceholder}/../../x` },
        { path: secret, idle: true },
      ],
      [{ path: '\\\\attacker\\share\\a.mp3' }],
    );
    const server = await testServer({
      '/d.zip': await zipOf({
        'draft_content.json': json({ ...draft, extra: { font: '\\\\attacker\\share\\f.ttf' } }),
      }),
      '/d.json': json(draft),
    });
    const station = await bench();
    for (const name of ['d.zip', 'd.json']) {
      const fetched = await station.fetch(`${server.base}/${name}`, { mediaHosts: [server.host] });
      expect([...fetched.media.values()]).toEqual(['missing', 'missing', 'missing', 'missing']);
      const written = await readFile(fetched.local.contentFile, 'utf8');
      expect(written).not.toContain(path.dirname(secret));
      expect(written).not.toContain('attacker');
      expect(written).not.toContain('..');
    }
  });
});

describe('a capcut-mate service', () => {
  const id = '20261123165342ac0459d8';

  it('lists files in any order on another host, with its own root in the paths', async () => {
    const [video, photo, remote] = [fakeMp4(3000), fakePng(1500), fakeMp4(800, 7)];
    const files: Record<string, Buffer | string> = {
      [`/output/draft/${id}/assets/videos/视频 1.mp4`]: video,
      [`/output/draft/${id}/assets/images/p.png`]: photo,
      [`/output/draft/${id}/template.tmp`]: '{}',
      '/remote/x.image': remote,
    };
    const storage = await testServer(files);
    const content = json(
      draftJson([
        { path: `/app/output/draft/${id}/assets/videos/视频 1.mp4`, name: 'same' },
        { path: `C:\\srv\\drafts\\${id}\\assets\\images\\p.png`, type: 'photo', name: 'same' },
        { path: `${storage.base}/remote/x.image?x-expires=1`, name: 'same' },
      ]),
    );
    files[`/output/draft/${id}/draft_content.json`] = content;
    files[`/output/draft/${id}/draft_info.json`] = content;
    const listed = [
      ...Object.keys(files).filter((file) => file.startsWith('/output')),
      `/output/draft/${id}/draft_info.json`,
    ].map((file) => `${storage.base}${file}`);
    const api = await testServer({
      '/openapi/capcut-mate/v1/get_draft': json({ code: 0, message: '成功', files: listed }),
    });
    const station = await bench();
    const fetched = await station.fetch(`${api.base}/openapi/capcut-mate/v1/get_draft?draft_id=${id}`, {
      mediaHosts: ['127.0.0.1'],
    });
    expect(fetched.local.name).toBe(id);
    for (const [material, body] of [
      ['v1', video],
      ['v2', photo],
      ['v3', remote],
    ] as const) {
      expect(await readFile(fetched.media.get(material) ?? '')).toEqual(body);
    }
    expect(fetched.missing).toEqual([]);
  });

  it('does without bookkeeping that the server has lost, but not without the draft', async () => {
    const folder = `/output/draft/${id}`;
    const routes: Record<string, string> = { [`${folder}/draft_content.json`]: json(draftJson([])) };
    const server = await testServer(routes);
    routes['/get_draft'] = json({
      code: 0,
      files: ['draft_meta_info.json', 'draft_content.json'].map((name) => `${server.base}${folder}/${name}`),
    });
    const link = `${server.base}/get_draft?draft_id=${id}`;
    const station = await bench();
    await station.fetch(link, { mediaHosts: [server.host] });
    expect(station.log.join('\n')).toContain('draft_meta_info.json does not exist');
    delete routes[`${folder}/draft_content.json`];
    expect(await (await station.again()).failure(link, { mediaHosts: [server.host] })).toMatchObject({
      code: 'DOWNLOAD_NOT_FOUND',
    });
  });

  it.each([
    [
      { code: 2001, message: '无效的草稿URL' },
      { code: 'DRAFT_SERVICE_REFUSED', params: { serviceCode: '2001', reason: '无效的草稿URL' } },
    ],
    [
      { code: 1001, message: '参数校验失败' },
      { code: 'DRAFT_SERVICE_REFUSED', class: 'never' },
    ],
    [{ code: 0, files: [] }, { code: 'DRAFT_NOT_RECOGNISED' }],
    [{ code: 0, files: ['file:///etc/passwd'] }, { code: 'DRAFT_NOT_RECOGNISED' }],
  ])('answers %j', async (answer, failure) => {
    const api = await testServer({ '/get_draft': json(answer) });
    const station = await bench();
    expect(await station.failure(`${api.base}/get_draft?draft_id=${id}`, { mediaHosts: [api.host] })).toMatchObject(
      failure,
    );
    expect(await station.files()).toEqual([]);
  });

  it.each([
    `/output/draft/${id}/../../../../evil.txt`,
    `/output/draft/${id}/%2e%2e/evil.txt`,
    `/output/draft/${id}/..%5cevil.txt`,
  ])('cannot write outside the draft (%s)', async (file) => {
    const api = await testServer({});
    const routes = await testServer({ '/get_draft': json({ code: 0, files: [`${api.base}${file}`] }) });
    const station = await bench();
    const failure = await station.failure(`${routes.base}/get_draft?draft_id=${id}`, { mediaHosts: ['127.0.0.1'] });
    expect(failure).toMatchObject({ code: 'ARCHIVE_UNSAFE', params: { reason: 'leaves its folder' } });
    expect(api.requests).toEqual([]);
  });
});

describe('other answers of web addresses', () => {
  it.each([
    ['<!DOCTYPE html><html></html>', 'DRAFT_IS_WEB_PAGE'],
    ['{"tracks": [', 'DRAFT_DAMAGED'],
    ['[1, 2]', 'DRAFT_NOT_RECOGNISED'],
    ['{"hello": 1}', 'DRAFT_NOT_RECOGNISED'],
    ['QUJD'.repeat(100), 'DRAFT_ENCRYPTED'],
    ['', 'DRAFT_DAMAGED'],
    [Buffer.from([1, 2, 3]), 'DRAFT_DAMAGED'],
  ])('%j is %s', async (body, code) => {
    const server = await testServer({ '/d.json': body });
    const station = await bench();
    const failure = await station.failure(`${server.base}/d.json?sign=secret`, { mediaHosts: [server.host] });
    expect(failure).toMatchObject({ code, class: 'never' });
    expect(failure.message).not.toContain('secret');
    expect(await station.files()).toEqual([]);
  });

  it('a JSON without end is refused at the limit of a draft', async () => {
    const server = await testServer({
      '/d.json': (_request, response) => {
        response.writeHead(200, { 'content-length': 500_000_000 });
        response.write(`{"a":"${'x'.repeat(10_000)}`);
      },
    });
    const station = await bench();
    expect(await station.failure(`${server.base}/d.json`, { mediaHosts: [server.host] })).toMatchObject({
      code: 'DRAFT_TOO_LARGE',
      params: { limitMb: 128 },
    });
  });

  it('an envelope with the draft inside is a draft', async () => {
    const server = await testServer({ '/parse': json({ code: 200, msg: '解析成功', data: draftJson([]) }) });
    const station = await bench();
    const fetched = await station.fetch(`${server.base}/parse`, { mediaHosts: [server.host] });
    expect(JSON.parse(await readFile(fetched.local.contentFile, 'utf8'))).toHaveProperty('materials');
  });
});

describe('the draft library', () => {
  async function library() {
    const station = await bench();
    const folder = path.join(station.dataFolder, 'library');
    await mkdir(path.join(folder, '111'), { recursive: true });
    await writeFile(path.join(folder, '111/draft_content.json'), json(draftJson([{ path: 'a.mp4' }])));
    await writeFile(path.join(folder, '111/a.mp4'), fakeMp4(500));
    await writeFile(path.join(folder, '222.zip'), await zipOf({ 'draft_content.json': json(draftJson([])) }));
    await writeFile(path.join(folder, '333.json'), json(draftJson([])));
    return { station, folder };
  }

  it.each(['111', '222', '333'])('has the draft %s as folder, zip or json', async (id) => {
    const { station } = await library();
    const link = parseDraftLink(`https://ts.fyshark.com/#/cozeToJianyin?drafId=${id}`);
    await checkDraftLink(link, defaultSettings, station.dataFolder);
    const fetched = await station.fetch(id);
    expect(fetched.missing).toEqual([]);
    expect((await station.files())[0]).toBe('draft_content.json');
  });

  it('never mixes up the files of two drafts', async () => {
    const { station, folder } = await library();
    await writeFile(path.join(folder, '555.json'), json(draftJson([{ path: 'D:/footage/a.mp4' }])));
    const fetched = await station.fetch('555');
    expect(fetched.media.get('v1')).toBe('missing');
  });

  it('may lie elsewhere', async () => {
    const { folder } = await library();
    const settings = { ...defaultSettings, draftLibrary: folder };
    await expect(checkDraftLink(parseDraftLink('333'), settings, '/nowhere')).resolves.toBeUndefined();
  });

  it('says when it has no such draft', async () => {
    const { station } = await library();
    await expect(checkDraftLink(parseDraftLink('444'), defaultSettings, station.dataFolder)).rejects.toMatchObject({
      code: 'DRAFT_NOT_IN_LIBRARY',
      params: { id: '444' },
    });
    expect(await station.failure('444')).toBeInstanceOf(StationError);
  });

  it('hands over to the address template', async () => {
    const server = await testServer({ '/drafts/444.json': json(draftJson([])) });
    const station = await bench();
    const settings = { draftUrlTemplate: `${server.base}/drafts/{id}.json`, mediaHosts: [server.host] };
    await checkDraftLink(parseDraftLink('444'), { ...defaultSettings, ...settings }, station.dataFolder);
    await station.fetch('444', settings);
    expect(server.requests.map(({ line }) => line)).toEqual(['GET /drafts/444.json']);
  });
});

describe('paths of this machine', () => {
  it('that do not exist are said at once', async () => {
    await expect(checkDraftLink(parseDraftLink('/no/such/folder'), defaultSettings, '/data')).rejects.toMatchObject({
      code: 'DRAFT_PATH_NOT_FOUND',
      params: { path: '/no/such/folder' },
    });
  });

  it('may be a zip or a json', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      path.join(folder, 'd.zip'),
      await zipOf({ 'x/draft_content.json': json(draftJson([{ path: 'a.mp4' }])), 'x/a.mp4': fakeMp4(300) }),
    );
    await writeFile(path.join(folder, '1f.json'), json(draftJson([{ path: 'b.mp4' }])));
    await writeFile(path.join(folder, 'b.mp4'), fakeMp4(300));
    const station = await bench();
    expect((await station.fetch(path.join(folder, 'd.zip'))).missing).toEqual([]);
    const other = await bench();
    const fetched = await other.fetch(path.join(folder, '1f.json'));
    expect(fetched.media.get('v1')).toBe(path.join(folder, 'b.mp4'));
  });

  it('without a draft say so', async () => {
    const station = await bench();
    expect(await station.failure(await temporaryFolder())).toMatchObject({ code: 'DRAFT_FILE_MISSING' });
  });
});
