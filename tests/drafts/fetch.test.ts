import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftFolderPlaceholder } from '../../main/drafts/media-path.ts';
import { draftJson, fakeMp3, fakeMp4, fakePng } from './support/drafts.ts';
import { bench, temporaryFolder, testServer } from './support/fetching.ts';

const paths = (content: string) =>
  Object.fromEntries(
    Object.values(JSON.parse(content).materials as Record<string, { id: string; path: string }[]>)
      .flat()
      .map(({ id, path: written }) => [id, written]),
  );

describe('a draft JSON on the web', () => {
  it('comes with its media under own names, whatever the address says the type is', async () => {
    const [video, photo, sound] = [fakeMp4(30_000), fakePng(5000), fakeMp3(7000)];
    const routes: Record<string, Buffer | string> = { '/a/video': video, '/b/x.MP3~tplv.image': sound, '/p': photo };
    const server = await testServer(routes);
    routes['/d.json'] = JSON.stringify(
      draftJson(
        [
          { path: `${server.base}/a/video?x-signature=secret`, name: '../../evil.exe' },
          { path: `${server.base}/p`, type: 'photo' },
        ],
        [{ path: `online_${server.base}/b/x.MP3~tplv.image` }],
      ),
    );
    const station = await bench();
    const fetched = await station.fetch(`${server.base}/d.json`, { mediaHosts: [server.host] });

    expect(await station.files()).toEqual([
      'draft_content.json',
      expect.stringMatching(/^media\/m01-[0-9a-f]{8}\.mp4$/),
      expect.stringMatching(/^media\/m02-[0-9a-f]{8}\.png$/),
      expect.stringMatching(/^media\/m03-[0-9a-f]{8}\.mp3$/),
    ]);
    const written = paths(await readFile(fetched.local.contentFile, 'utf8'));
    expect(written.v1).toMatch(/^##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##\/media\/m01-/);
    const file = fetched.media.get('v1') ?? '';
    expect(file).toBe(path.join(station.folder, (written.v1 ?? '').replace(`${draftFolderPlaceholder}/`, '')));
    expect(await readFile(file)).toEqual(video);
    expect(fetched.local).toMatchObject({ name: 'd', durationUs: 4_000_000, folder: station.folder });
    expect(fetched.missing).toEqual([]);
    expect(station.progress.at(-1)?.fraction).toBe(1);
    expect(station.log.join('\n')).not.toContain('secret');
  });

  it('is the same behind a page link', async () => {
    const server = await testServer({ '/d.json': JSON.stringify(draftJson([])) });
    const station = await bench();
    const link = `https://ts.fyshark.com/#/cozeToJianyin?drafId=${encodeURIComponent(`${server.base}/d.json`)}`;
    const fetched = await station.fetch(link, { mediaHosts: ['127.0.0.1'] });
    expect(JSON.parse(await readFile(fetched.local.contentFile, 'utf8')).tracks).toHaveLength(3);
  });
});

describe('a draft on this machine', () => {
  it('keeps its media where it is', async () => {
    const home = await temporaryFolder();
    const elsewhere = path.join(await temporaryFolder(), 'b.mp4');
    await mkdir(path.join(home, 'assets'));
    await writeFile(path.join(home, 'assets/a.mp4'), fakeMp4(1000));
    await writeFile(elsewhere, fakeMp4(1000));
    const json = draftJson([
      { path: `${draftFolderPlaceholder}/assets/a.mp4` },
      { path: elsewhere },
      { path: 'D:/gone.mp4' },
    ]);
    await writeFile(path.join(home, 'draft_content.json'), JSON.stringify(json));
    const station = await bench();
    const fetched = await station.fetch(home);
    expect(fetched.media).toEqual(
      new Map([
        ['v1', path.join(home, 'assets/a.mp4')],
        ['v2', elsewhere],
        ['v3', 'missing'],
      ]),
    );
    expect(fetched.missing).toMatchObject([
      { materialId: 'v3', source: 'gone.mp4', reason: { code: 'MEDIA_FOREIGN_PATH' } },
    ]);
    expect(await station.files()).toEqual(['draft_content.json']);
  });
});
