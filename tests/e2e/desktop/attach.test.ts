import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AppGlobals,
  answerDialogs,
  buildApp,
  clickTray,
  questions,
  type Screen,
  startAgain,
  startApp,
  startScreen,
  stationPage,
} from '../../support/electron.ts';
import { missing } from '../../support/environment.ts';
import { makeSmallDraft } from '../../support/small-draft.ts';
import { startTestStation, type TestStation } from '../../support/station.ts';
import { tempFolder } from '../../support/temp.ts';

const pictures = path.resolve(import.meta.dirname, '../../../test-artifacts/desktop');
const settled = { timeout: 20_000, interval: 50 };

describe.skipIf(missing('electron', 'xvfb'))('the app attached to a station', () => {
  let screen: Screen;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    buildApp();
    screen = await startScreen();
  });
  afterAll(() => screen?.close());

  const attach = ({ url, token }: TestStation) => ['--attach', url, '--token', token];
  const ready = { firstRunDone: true } as const;

  test('the window shows the queue, keeps the token out of its address, and the page has only the bridge', async () => {
    const station = await startTestStation({ settings: ready });
    const app = await startApp(attach(station), { screen });
    const page = await stationPage(app);
    await page.getByText('把第一个草稿交给渲染站').waitFor();
    await page.screenshot({ path: path.join(pictures, 'window.png') });
    expect(new URL(page.url()).origin).toBe(station.url);
    expect(page.url()).not.toContain(station.token);

    const seen = await page.evaluate(`({
      bridge: Object.keys(window.desktop).toSorted(),
      local: window.desktop.localStation,
      node: ['require', 'process', 'Buffer', 'module'].filter((name) => name in window),
    })`);
    expect(seen).toEqual({
      bridge: [
        'localStation',
        'onShowTask',
        'openFile',
        'pathOfFile',
        'pickFile',
        'pickFolder',
        'platform',
        'revealFile',
        'windowInfo',
      ],
      local: false,
      node: [],
    });
    const info = await page.evaluate('window.desktop.windowInfo()');
    expect(info).toMatchObject({ appVersion: expect.stringMatching(/^\d/), hasTray: true });
  });

  test('the bridge refuses wrong arguments, and paths of a station elsewhere', async () => {
    const station = await startTestStation({ settings: ready });
    const app = await startApp(attach(station), { screen });
    const page = await stationPage(app);
    const refusal = (expression: string) =>
      page.evaluate(
        `window.desktop.${expression}.then((answer) => ({ answer }), (error) => ({ error: error.message }))`,
      );
    expect(await refusal('revealFile("relative.mp4")')).toMatchObject({
      error: expect.stringContaining('absolute path'),
    });
    expect(await refusal('openFile(7)')).toMatchObject({ error: expect.stringContaining('openFile') });
    expect(await refusal('openFile()')).toMatchObject({ error: expect.stringContaining('openFile') });
    expect(await refusal('pickFile("", ["e/x"])')).toMatchObject({ error: expect.stringContaining('extension') });
    expect(await refusal('pickFolder("a\\0b".repeat(3000))')).toMatchObject({
      error: expect.stringContaining('pickFolder'),
    });
    // The file exists here, but the path was named by a station somewhere else.
    expect(await refusal(`openFile(${JSON.stringify(import.meta.filename)})`)).toEqual({ answer: false });
    expect(await refusal(`revealFile(${JSON.stringify(import.meta.filename)})`)).toEqual({ answer: false });

    await app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = (async () => ({
        canceled: false,
        filePaths: ['/chosen'],
      })) as typeof dialog.showOpenDialog;
    });
    expect(await refusal('pickFolder("")')).toEqual({ answer: '/chosen' });
  });

  test('the page cannot leave its station; web links go to the system browser; nothing is permitted', async () => {
    const station = await startTestStation({ settings: ready });
    const app = await startApp(attach(station), { screen });
    const page = await stationPage(app);
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url) => void opened.push(url);
    });
    const home = page.url();
    await page.evaluate(`
      window.open('https://example.com/help');
      window.open('file:///etc/passwd');
      window.open('jianying-station://render?draft_url=x');
      location.href = 'https://example.com/elsewhere';
    `);
    const opened = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    await expect.poll(opened, settled).toEqual(['https://example.com/help', 'https://example.com/elsewhere']);
    await page.evaluate(`void (location.href = 'jianying-station://render?draft_url=x')`);
    const address = () =>
      app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.window.webContents.getURL());
    expect(await address()).toBe(home);
    expect(await opened()).toHaveLength(2);
    expect(app.windows()).toHaveLength(1);

    const permissions = await page.evaluate(`(async () => ({
      notification: await Notification.requestPermission(),
      camera: (await navigator.permissions.query({ name: 'camera' })).state,
      location: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          (error) => resolve(error.code === 1 ? 'denied' : 'error ' + error.code),
        ),
      ),
    }))()`);
    expect(permissions).toEqual({ notification: 'denied', camera: 'denied', location: 'denied' });
  });

  test('the tray follows the queue, pauses and resumes it, and shows the hidden window', async () => {
    const station = await startTestStation({ settings: ready });
    const app = await startApp(attach(station), { screen });
    await stationPage(app);
    const tray = () =>
      app.evaluate(() => {
        const { desktopSession } = globalThis as unknown as AppGlobals;
        const items = desktopSession.tray?.menu.items ?? [];
        return {
          kind: desktopSession.tray?.state?.kind,
          tooltip: desktopSession.tray?.state?.tooltip,
          lines: items
            .filter((item) => item.type !== 'separator')
            .map((item) => `${item.label}${item.enabled ? '' : ' -'}`),
        };
      });
    await expect.poll(tray, settled).toEqual({
      kind: 'idle',
      tooltip: '剪映渲染站 · 空闲',
      // Videos of a station elsewhere are not on this computer.
      lines: ['打开窗口', '暂停队列', '打开成片文件夹 -', '退出'],
    });

    await clickTray(app, 'pause');
    await expect.poll(async () => (await tray()).kind, settled).toBe('paused');
    expect(await (await station.api('GET', '/api/queue')).json()).toMatchObject({ mode: 'paused' });
    await clickTray(app, 'resume');
    await expect.poll(async () => (await tray()).kind, settled).toBe('idle');

    await station.api('PATCH', '/api/settings', { language: 'en' });
    await expect.poll(async () => (await tray()).lines[0], settled).toBe('Show window');

    const visible = () => app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.window.isVisible());
    await expect.poll(visible, settled).toBe(true);
    await app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.window.close());
    await expect.poll(visible, settled).toBe(false);
    const told = await app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.notifier.recent);
    expect(told.at(-1)?.title).toBe('Still running');
    await clickTray(app, 'show');
    await expect.poll(visible, settled).toBe(true);
  });

  test('a finished and a failed task are told of, and a click opens the task', async () => {
    const station = await startTestStation({ settings: { ...ready, maxAttempts: 1 } });
    await makeSmallDraft(path.join(station.data, 'library', '7000000000000000001'), { name: '夜班' });
    const app = await startApp(attach(station), { screen });
    const page = await stationPage(app);
    await page.getByText('把第一个草稿交给渲染站').waitFor();
    const recent = () => app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.notifier.recent);

    const draft = 'https://ts.fyshark.com/#/cozeToJianyin?drafId=7000000000000000001';
    await station.submit(draft);
    const seen = await station.finished(draft);
    expect(seen.at(-1)).toMatchObject({ status: 'completed' });
    await expect
      .poll(recent, settled)
      .toEqual([{ title: '视频已完成', body: expect.stringContaining('夜班'), taskId: expect.any(String) }]);
    await app.evaluate(() => {
      const { notifier } = (globalThis as unknown as AppGlobals).desktopSession;
      for (const notice of notifier.recent) notifier.clicked(notice);
    });
    const { id } = await station.newest();
    await expect.poll(() => page.url(), settled).toContain(id);
    await page.getByRole('dialog').getByText('夜班').first().waitFor();
    await page.screenshot({ path: path.join(pictures, 'task-after-notification.png') });

    await station.api('PATCH', '/api/settings', { notifyCompleted: false });
    const broken = path.join(station.data, 'library', '7000000000000000002');
    mkdirSync(broken, { recursive: true });
    await station.api('POST', '/api/tasks', { draftUrls: [broken] });
    await expect.poll(async () => (await recent()).length, settled).toBe(2);
    expect((await recent()).at(-1)).toMatchObject({ title: '任务失败' });
  });

  test('a second start brings the first to the front and hands over its link, which a person confirms', async () => {
    const station = await startTestStation({ settings: ready });
    await makeSmallDraft(path.join(station.data, 'library', '7000000000000000003'), { name: '链接' });
    const profile = tempFolder();
    const app = await startApp(attach(station), { screen, profile });
    await stationPage(app);
    await app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.window.hide());
    await answerDialogs(app, '取消');
    const draft = 'https://ts.fyshark.com/#/cozeToJianyin?drafId=7000000000000000003';
    const link = `jianying-station://render?draft_url=${encodeURIComponent(draft)}`;

    expect(await startAgain([...attach(station), link], { screen, profile })).toBe(0);
    await expect.poll(() => questions(app), settled).toHaveLength(1);
    const [question] = await questions(app);
    expect(question).toMatchObject({ message: '渲染这个草稿？', detail: expect.stringContaining(draft) });
    expect(await app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.window.isVisible())).toBe(
      true,
    );
    // Cancelled: nothing was submitted.
    expect((await station.post('/v1/gen_video_status', { draft_url: draft })).status).toBe(404);

    await answerDialogs(app, '加入队列');
    expect(await startAgain([...attach(station), link], { screen, profile })).toBe(0);
    await expect
      .poll(async () => (await station.post('/v1/gen_video_status', { draft_url: draft })).status, settled)
      .toBe(200);
    const seen = await station.finished(draft);
    expect(seen.at(-1)).toMatchObject({ status: 'completed' });
  });

  test('a station that goes away and comes back: the tray says so, and the window is there again', async () => {
    const data = tempFolder();
    const first = await startTestStation({ data, settings: ready });
    const app = await startApp(attach(first), { screen });
    await stationPage(app);
    const kind = () => app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.tray?.state?.kind);
    await expect.poll(kind, settled).toBe('idle');
    await first.kill();
    await expect.poll(kind, settled).toBe('problem');
    await startTestStation({ data, port: Number(new URL(first.url).port) });
    await expect.poll(kind, settled).toBe('idle');
  });

  test('without an answer at the start the window says what to check, and shows the station when it is there', async () => {
    const data = tempFolder();
    const first = await startTestStation({ data, settings: ready });
    await first.stop();
    const app = await startApp(attach(first), { screen });
    const page = await app.firstWindow();
    await page.getByText('连接不上渲染站').or(page.getByText('Cannot reach the station')).waitFor();
    await page.screenshot({ path: path.join(pictures, 'unreachable.png') });
    await startTestStation({ data, port: Number(new URL(first.url).port) });
    await page.waitForURL(`${first.url}/**`, { timeout: 30_000 });
  });

  test('the window opens where it was', async () => {
    const station = await startTestStation({ settings: ready });
    const profile = tempFolder();
    const app = await startApp(attach(station), { screen, profile });
    await stationPage(app);
    const place = { x: 140, y: 90, width: 1010, height: 700 };
    await app.evaluate((_electron, bounds) => {
      (globalThis as unknown as AppGlobals).desktopSession.window.setBounds(bounds);
    }, place);
    const ended = once(app.process() as ChildProcess, 'exit');
    await clickTray(app, 'quit').catch(() => {});
    expect((await ended)[0]).toBe(0);
    const folder = path.join(profile, `attached-${new URL(station.url).host.replace(':', '_')}`);
    expect(JSON.parse(readFileSync(path.join(folder, 'window.json'), 'utf8'))).toMatchObject({ maximized: false });

    const again = await startApp(attach(station), { screen, profile });
    await stationPage(again);
    const bounds = await again.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.window.getBounds());
    expect(bounds).toMatchObject({ width: place.width, height: place.height });
  });

  test('a page that breaks is loaded again', async () => {
    const station = await startTestStation({ settings: ready });
    const app = await startApp(attach(station), { screen });
    const page = await stationPage(app);
    await page.getByText('把第一个草稿交给渲染站').waitFor();
    await answerDialogs(app, '重新载入');
    const pageProcess = () =>
      app.evaluate(() => (globalThis as unknown as AppGlobals).desktopSession.window.webContents.getOSProcessId());
    const before = await pageProcess();
    await app.evaluate(() =>
      (globalThis as unknown as AppGlobals).desktopSession.window.webContents.forcefullyCrashRenderer(),
    );
    const again = () =>
      app.evaluate(() => {
        const { webContents } = (globalThis as unknown as AppGlobals).desktopSession.window;
        return webContents.isCrashed() || webContents.isLoading() ? 0 : webContents.getOSProcessId();
      });
    await expect.poll(async () => [0, before].includes(await again()), settled).toBe(false);
  });

  test('a failure nobody foresaw is shown, and the app starts anew with the same arguments', async () => {
    const station = await startTestStation({ settings: ready });
    const profile = tempFolder();
    const app = await startApp([...attach(station), '--restarts=3'], { screen, profile });
    await stationPage(app);
    await answerDialogs(app, '重新启动', 'Restart');
    await app.evaluate(({ app }) => {
      Object.assign(globalThis, { again: null });
      app.relaunch = (options) => void Object.assign(globalThis, { again: options?.args });
      app.exit = () => {};
      setTimeout(() => {
        throw new Error('not foreseen');
      }, 0);
    });
    const again = () => app.evaluate(() => (globalThis as unknown as { again: string[] | null }).again);
    await expect.poll(async () => (await again())?.slice(-5), settled).toEqual([...attach(station), '--restarts=0']);
    const [question] = await questions(app);
    expect(question?.detail).toContain('not foreseen');
    const folder = path.join(profile, `attached-${new URL(station.url).host.replace(':', '_')}`);
    expect(readFileSync(path.join(folder, 'desktop.log'), 'utf8')).toContain('crash: Error: not foreseen');
  });
});
