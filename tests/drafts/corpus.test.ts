import { readdirSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDraft } from '../../main/drafts/read/index.ts';
import { everyMedia } from '../../main/drafts/walk.ts';
import { StationError } from '../../main/shared/errors/index.ts';
import { corpusFolder, missing } from '../support/environment.ts';
import { fakeMp4 } from './support/drafts.ts';
import { bench, testServer } from './support/fetching.ts';
import { type Handler, serveBytes } from './support/server.ts';
import { zipOf } from './support/zip.ts';

const skip = missing('corpus');
const names = skip ? [] : readdirSync(corpusFolder).sort();

/** Drafts with media on the web: it has long expired, so a server of our own stands in for it. */
const withRemoteMedia = /^0[15]-/;
const inFolders = names.filter((name) => !withRemoteMedia.test(name));

const expectedFailures: readonly (readonly [RegExp, string])[] = [
  [/encrypted/, 'DRAFT_ENCRYPTED'],
  [/^0[234]-/, 'DRAFT_EMPTY'],
];

/** The fetched draft, or the code of its failure. */
async function outcomeOf(link: string, mediaHosts: readonly string[] = []) {
  const station = await bench();
  await mkdir(station.folder, { recursive: true });
  try {
    return await station.fetch(link, { mediaHosts: [...mediaHosts] });
  } catch (error) {
    expect(await station.files()).toEqual([]);
    if (error instanceof StationError) return error;
    throw error;
  }
}

describe.skipIf(skip)('every draft of the corpus', () => {
  it.each(inFolders)('%s is fetched from its folder, or refused with the reason', async (name) => {
    const outcome = await outcomeOf(path.join(corpusFolder, name));
    const code = expectedFailures.find(([pattern]) => pattern.test(name))?.[1];
    if (code !== undefined) return expect(outcome).toMatchObject({ code });
    if (outcome instanceof StationError) throw outcome;
    const draft = readDraft(JSON.parse(await readFile(outcome.local.contentFile, 'utf8')));
    expect(draft.durationUs).toBe(outcome.local.durationUs);
    expect(draft.durationUs).toBeGreaterThan(0);
    const ids = new Set(everyMedia(draft).map((material) => material.id));
    for (const [id, file] of outcome.media) {
      expect(ids.has(id)).toBe(true);
      if (file !== 'missing') expect((await stat(file)).isFile()).toBe(true);
    }
  });

  it.each(inFolders)('%s comes as a zip over the network alike', async (name) => {
    const folder = path.join(corpusFolder, name);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files: Record<string, Buffer> = {};
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = path.join(entry.parentPath, entry.name);
      files[`draft/${path.relative(folder, file).replaceAll(path.sep, '/')}`] = await readFile(file);
    }
    const server = await testServer({ '/d.zip': await zipOf(files) });
    const [local, remote] = [await outcomeOf(folder), await outcomeOf(`${server.base}/d.zip`, [server.host])];
    if (local instanceof StationError || remote instanceof StationError) {
      expect(remote).toMatchObject({ code: local instanceof StationError ? local.code : 'fetched' });
      return;
    }
    expect(remote.local.durationUs).toBe(local.local.durationUs);
    expect([...remote.media.keys()]).toEqual([...local.media.keys()]);
  });

  it.each(names.filter((name) => withRemoteMedia.test(name)))(
    '%s is fetched with all its remote media',
    async (name) => {
      const folder = path.join(corpusFolder, name);
      const file = readdirSync(folder).find((each) => /^(?:parse_jydraft|draft_info)\.json$/.test(each)) ?? '';
      const requested = new Set<string>();
      const media: Handler = (request, response) => {
        requested.add(request.url ?? '');
        serveBytes(fakeMp4(2000), request, response);
      };
      const routes: Record<string, Handler | string> = {};
      const server = await testServer(routes);
      let count = 0;
      const toServer = (_match: string, key: string) => {
        count += 1;
        routes[`/media/${count}`] = media;
        return `"${key}":"${server.base}/media/${count}"`;
      };
      const text = JSON.stringify(JSON.parse(await readFile(path.join(folder, file), 'utf8')));
      routes['/d.json'] = text.replace(/"(path|remote_url)":"(?:online_)?https?:[^"]*"/g, toServer);
      const outcome = await outcomeOf(`${server.base}/d.json`, [server.host]);
      if (outcome instanceof StationError) throw outcome;
      expect(requested.size).toBeGreaterThan(0);
      expect([...outcome.media.values()]).not.toContain('missing');
      expect(outcome.missing).toEqual([]);
    },
  );
});
