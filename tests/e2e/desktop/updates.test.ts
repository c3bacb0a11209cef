import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildApp, buildTestApp, copyApp, type Screen, startApp, startScreen } from '../../support/electron.ts';
import { missing } from '../../support/environment.ts';
import { scratchFolder } from '../../support/media.ts';
import { tempFolder } from '../../support/temp.ts';
import type { TestUpdates } from '../../support/update-app.ts';

/** The globals of tests/support/update-app.ts. */
interface Globals {
  readonly updates: TestUpdates;
}

const installer = Buffer.from('the next version'.repeat(1000));

/** A generic feed as `npm run dist` writes it, with one version in it. */
async function feed(version: string, sha512: string): Promise<{ url: string; requested: string[] }> {
  const requested: string[] = [];
  const latest = [
    `version: ${version}`,
    'files:',
    '  - url: next.AppImage',
    `    sha512: ${sha512}`,
    `    size: ${installer.length}`,
    'path: next.AppImage',
    `sha512: ${sha512}`,
    `releaseDate: '2026-11-28T00:00:00.000Z'`,
  ].join('\n');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://feed');
    requested.push(pathname);
    if (pathname.endsWith('latest-linux.yml')) response.end(latest);
    else if (pathname.endsWith('next.AppImage')) response.end(installer);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed/`, requested };
}

describe.skipIf(missing('electron', 'xvfb'))('updates from a generic feed', () => {
  const scratch = scratchFolder('update-app');
  const appFolder = path.join(scratch.folder, 'app');
  let screen: Screen;
  beforeAll(async () => {
    buildApp();
    copyApp(appFolder);
    await buildTestApp(appFolder, 'tests/support/update-app.ts');
    screen = await startScreen();
  });
  afterAll(async () => {
    await screen?.close();
    scratch.remove();
  });

  /** The app, told the feed as the settings tell it. */
  async function following(url: string) {
    const profile = tempFolder();
    const image = path.join(profile, 'installed.AppImage');
    writeFileSync(image, 'this version');
    const app = await startApp([], {
      screen,
      app: appFolder,
      profile,
      env: { APPIMAGE: image, XDG_CACHE_HOME: profile },
    });
    await expect.poll(() => app.evaluate(() => 'updates' in globalThis), { timeout: 20_000 }).toBe(true);
    await app.evaluate((_electron, feedUrl) => (globalThis as unknown as Globals).updates.follow(feedUrl), url);
    return (what: 'ready' | 'failed') =>
      app.evaluate((_electron, list) => (globalThis as unknown as Globals).updates[list], what);
  }

  const right = createHash('sha512').update(installer).digest('base64');

  test('a newer version is downloaded, checked and told of', async () => {
    const { url } = await feed('99.0.0', right);
    const told = await following(url);
    await expect.poll(() => told('ready'), { timeout: 30_000 }).toEqual(['99.0.0']);
  });

  test('a download that is not what the feed announced is not taken', async () => {
    const { url } = await feed('99.0.0', createHash('sha512').update('something else').digest('base64'));
    const told = await following(url);
    await expect.poll(async () => (await told('failed')).join(), { timeout: 30_000 }).toContain('sha512');
    expect(await told('ready')).toEqual([]);
  });

  test('the same version is not downloaded, and without a feed nobody is asked', async () => {
    const { url, requested } = await feed('0.0.1', right);
    const told = await following('');
    expect(requested).toEqual([]);
    const toldOfOld = await following(url);
    await expect.poll(() => requested.length, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(requested.filter((name) => name.endsWith('.AppImage'))).toEqual([]);
    expect([...(await told('ready')), ...(await toldOfOld('ready'))]).toEqual([]);
  });
});
