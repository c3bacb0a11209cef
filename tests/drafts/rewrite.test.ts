import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftFolderPlaceholder } from '../../main/drafts/media-path.ts';
import { draftJson, fakeMp3, fakeMp4, fakePng } from './support/drafts.ts';
import { bench, temporaryFolder, testServer } from './support/fetching.ts';
import { zipOf } from './support/zip.ts';

type Draft = ReturnType<typeof draftJson> & { materials: Record<string, unknown[]>; tracks: unknown[] };

/** A draft with a title in a font of its own, a picture behind its clip and a sound effect. */
function richDraft(fontPath: string, picture: string): Draft {
  const draft = draftJson([{ path: `${draftFolderPlaceholder}/a.mp4` }]) as Draft;
  const content = { text: '标题 a/b', styles: [{ font: { path: fontPath, id: '1' }, range: [0, 2] }] };
  draft.materials.texts = [{ id: 't1', content: JSON.stringify(content) }];
  draft.materials.canvases = [{ id: 'c1', type: 'canvas_image', image: picture }];
  draft.materials.audio_effects = [{ id: 'e1', path: `${draftFolderPlaceholder}\\fx\\echo.bin` }];
  const [track] = draft.tracks as { segments: { extra_material_refs?: string[] }[] }[];
  for (const segment of track?.segments ?? []) segment.extra_material_refs = ['c1', 'e1'];
  return draft;
}

describe('paths of a draft that are no clips', () => {
  it('move along with what a zip brings', async () => {
    const draft = richDraft(`${draftFolderPlaceholder}/fonts/梦桃体.ttf`, `${draftFolderPlaceholder}/bg.png`);
    const zip = await zipOf({
      'draft_content.json': JSON.stringify(draft),
      'a.mp4': fakeMp4(500),
      'bg.png': fakePng(400),
      'fonts/梦桃体.ttf': 'font',
      'fx/echo.bin': 'echo',
    });
    const server = await testServer({ '/d.zip': zip });
    const station = await bench();
    const fetched = await station.fetch(`${server.base}/d.zip`, { mediaHosts: [server.host] });
    const { materials } = JSON.parse(await readFile(fetched.local.contentFile, 'utf8'));
    const bytesOf = async (written: string) =>
      await readFile(path.join(station.folder, written.replace(`${draftFolderPlaceholder}/`, '')));
    const content = JSON.parse(materials.texts[0].content);
    expect(content.text).toBe('标题 a/b');
    expect((await bytesOf(content.styles[0].font.path)).toString()).toBe('font');
    expect(content.styles[0].font.path).toMatch(/\.ttf$/);
    expect(await bytesOf(materials.canvases[0].image)).toEqual(fakePng(400));
    expect((await bytesOf(materials.audio_effects[0].path)).toString()).toBe('echo');
    expect([...fetched.media.keys()]).toEqual(['v1']);
  });

  it('become absolute when the draft stays where it is', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'fonts'));
    for (const name of ['a.mp4', 'bg.png', 'fonts/f.ttf']) await writeFile(path.join(folder, name), fakeMp3(300));
    const draft = richDraft(`${draftFolderPlaceholder}/fonts/f.ttf`, `${draftFolderPlaceholder}/bg.png`);
    await writeFile(path.join(folder, 'draft_content.json'), JSON.stringify(draft));
    const station = await bench();
    const fetched = await station.fetch(folder);
    const { materials } = JSON.parse(await readFile(fetched.local.contentFile, 'utf8'));
    expect(JSON.parse(materials.texts[0].content).styles[0].font.path).toBe(path.join(folder, 'fonts/f.ttf'));
    expect(materials.canvases[0].image).toBe(path.join(folder, 'bg.png'));
  });

  it('do not lead a draft from elsewhere to files or shares of this machine', async () => {
    const secret = path.join(await temporaryFolder(), 'secret.png');
    await writeFile(secret, fakePng(300));
    const draft = richDraft('\\\\attacker\\share\\f.ttf', secret);
    const server = await testServer({ '/d.json': JSON.stringify(draft) });
    const station = await bench();
    const fetched = await station.fetch(`${server.base}/d.json`, { mediaHosts: [server.host] });
    const written = await readFile(fetched.local.contentFile, 'utf8');
    expect(written).not.toContain('attacker');
    expect(written).not.toContain(path.dirname(secret));
    expect(fetched.missing.map(({ reason }) => reason.code)).toEqual(['MEDIA_NOT_IN_DRAFT', 'MEDIA_FOREIGN_PATH']);
  });
});

describe('drafts that are out to break the reader', () => {
  it('nesting without end is damage, not a crash', async () => {
    const deep = `{"materials":{},"tracks":[{"type":"text","segments":[{"target_timerange":{"start":0,"duration":9}}]}],"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const server = await testServer({ '/d.json': deep });
    const station = await bench();
    const failure = await station.failure(`${server.base}/d.json`, { mediaHosts: [server.host] });
    expect(['DRAFT_DAMAGED', 'DRAFT_EMPTY']).toContain(failure.code);
    expect(await station.files()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('devices and pipes are not read', async () => {
    const station = await bench();
    expect(await station.failure('/dev/zero')).toMatchObject({ code: 'DRAFT_PATH_UNREADABLE' });
  });
});
