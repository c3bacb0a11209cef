import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  type AppGlobals,
  answerDialogs,
  buildApp,
  buildTestApp,
  clickTray,
  copyApp,
  questions,
  type Screen,
  startApp,
  startScreen,
  stationPage,
} from '../../support/electron.ts';
import { missing } from '../../support/environment.ts';
import { makeMovie, scratchFolder } from '../../support/media.ts';
import { makeSmallDraft, smallDraftJson } from '../../support/small-draft.ts';
import { startTestStation } from '../../support/station.ts';
import { tempFolder } from '../../support/temp.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const settled = { timeout: 30_000, interval: 50 };

describe.skipIf(missing('electron', 'xvfb'))('quitting the app with its own station', () => {
  const scratch = scratchFolder('owned-app');
  const appFolder = path.join(scratch.folder, 'app');
  let screen: Screen;
  beforeAll(async () => {
    buildApp();
    copyApp(appFolder);
    await buildTestApp(appFolder, 'tests/support/owned-app.ts');
    screen = await startScreen();
  });
  afterAll(async () => {
    await screen?.close();
    scratch.remove();
  });

  /** The app with a task whose film does not arrive until `release` is called: it works as long as the test wants. */
  async function appAtWork() {
    const data = tempFolder();
    const film = await slowFilm();
    const app = await startApp(['--data', data], {
      screen,
      app: appFolder,
      env: { TEST_NODE: process.execPath, TEST_PROGRAM: path.join(root, 'tests/support/owned-station.ts') },
    });
    await stationPage(app);
    const link = await app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.link.windowUrl);
    const { origin, searchParams } = new URL(link);
    const api = (method: string, where: string, body: unknown) =>
      fetch(`${origin}${where}`, {
        method,
        headers: { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await api('PATCH', '/api/settings', { mediaHosts: [film.host], firstRunDone: true });
    await api('POST', '/v1/gen_video', { draft_url: film.draftUrl });
    await expect.poll(() => working(app), settled).toBe(1);
    return { app, data, film, api };
  }

  test('asks while a task is worked on; "cancel" changes nothing', async () => {
    const { app } = await appAtWork();
    await answerDialogs(app, '取消');
    await clickTray(app, 'quit');
    await expect.poll(() => questions(app), settled).toHaveLength(1);
    expect((await questions(app))[0]).toMatchObject({
      message: '还有 1 个任务正在处理',
      buttons: ['完成当前任务后退出', '立即退出', '取消'],
    });
    expect(await working(app)).toBe(1);
    expect(await app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.awake.kind)).toBe(
      'prevent-app-suspension',
    );
    expect(app.process().exitCode).toBeNull();
  });

  test('"finish" waits for the export, then ends: the video is there', async () => {
    const { app, data, api, film } = await appAtWork();
    const folder = path.join(data, 'library', '7000000000000000009');
    await makeSmallDraft(folder, { name: '长', seconds: 60, width: 320, height: 180 });
    await api('POST', '/v1/gen_video', {
      draft_url: 'https://ts.fyshark.com/#/cozeToJianyin?drafId=7000000000000000009',
    });
    const exporting = () =>
      app.evaluate(
        () => (globalThis as unknown as AppGlobals).desktopSession.tasks.view.queue?.exporting.embedded ?? 0,
      );
    await expect.poll(exporting, settled).toBe(1);
    await answerDialogs(app, '完成当前任务后退出');
    const ended = once(app.process() as ChildProcess, 'exit');
    await clickTray(app, 'quit');
    const tooltip = () => app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.tray?.state?.tooltip);
    await expect.poll(tooltip, settled).toContain('正在收尾');
    expect((await ended)[0]).toBe(0);
    expect(readdirSync(path.join(data, 'videos')).filter((name) => name.endsWith('.mp4'))).toHaveLength(1);

    // What was only being fetched is kept for the next start.
    const station = await startTestStation({ data });
    expect((await station.status(film.draftUrl)).status).toMatch(/pending|processing/);
  });

  test('"quit now" ends at once; the task goes back in line and is done after the next start', async () => {
    const { app, data, film } = await appAtWork();
    await answerDialogs(app, '立即退出');
    const ended = once(app.process() as ChildProcess, 'exit');
    await clickTray(app, 'quit').catch(() => {});
    expect((await ended)[0]).toBe(0);
    expect(readdirSync(path.join(data, 'videos'))).toEqual([]);

    film.release();
    const station = await startTestStation({ data });
    const seen = await station.finished(film.draftUrl);
    expect(seen.at(-1)).toMatchObject({ status: 'completed' });
  });

  test('asked again while it finishes, it hurries', async () => {
    const { app } = await appAtWork();
    await answerDialogs(app, '完成当前任务后退出');
    await clickTray(app, 'quit');
    await expect.poll(() => questions(app), settled).toHaveLength(1);
    await answerDialogs(app, '立即退出');
    const ended = once(app.process() as ChildProcess, 'exit');
    await clickTray(app, 'quit').catch(() => {});
    expect((await ended)[0]).toBe(0);
  });

  test('the output folder opens from the tray, and files of this computer open from the page, but nothing that runs', async () => {
    const { app, data } = await appAtWork();
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openPath = async (file) => {
        opened.push(file);
        return '';
      };
      shell.showItemInFolder = (file) => void opened.push(`shown ${file}`);
    });
    await clickTray(app, 'open-output');
    const opened = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    await expect.poll(opened, settled).toEqual([path.join(data, 'videos')]);

    const page = await stationPage(app);
    const call = (expression: string) => page.evaluate(`window.desktop.${expression}`);
    expect(await call('localStation')).toBe(true);
    const file = JSON.stringify(path.join(root, 'package.json'));
    expect(await call(`openFile(${file})`)).toBe(true);
    expect(await call(`revealFile(${file})`)).toBe(true);
    expect(await call(`openFile(${JSON.stringify(process.execPath)})`)).toBe(false);
    expect(await call(`openFile(${JSON.stringify(path.join(root, 'absent.mp4'))})`)).toBe(false);
    expect(await opened()).toHaveLength(3);
  });

  test('a station that cannot start is explained, and quitting then is quiet', async () => {
    const data = tempFolder();
    const program = path.join(root, 'tests/support/owned-station.ts');
    const holder = fork(program, [data, ''], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder, 'message');
    // Nobody can answer the question before the app is there: it is read from the log.
    const profile = tempFolder();
    const app = await startApp(['--data', data], {
      screen,
      profile,
      app: appFolder,
      env: { TEST_NODE: process.execPath, TEST_PROGRAM: program },
    });
    await vi.waitFor(() => expect(existsSync(path.join(profile, 'desktop.log'))).toBe(true), settled);
    expect(await readFile(path.join(profile, 'desktop.log'), 'utf8')).toContain('the station did not start');
    expect(app.process().exitCode).toBeNull();
  });
});

function working(app: ElectronApplication): Promise<number> {
  return app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.tasks.view.processing.length);
}

/** A draft whose film comes from a server that answers only when told. */
async function slowFilm() {
  const folder = tempFolder();
  const file = path.join(folder, 'film.mp4');
  await makeMovie(file, { width: 160, height: 90, frames: 30, toneHz: 440 });
  const film = await readFile(file);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.json')) {
      const { port } = server.address() as AddressInfo;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(smallDraftJson('慢', `http://127.0.0.1:${port}/film.mp4`)));
      return;
    }
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': film.length });
    response.flushHeaders();
    void released.then(() => response.end(request.method === 'HEAD' ? undefined : film));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, draftUrl: `http://${host}/draft_content.json`, release };
}
