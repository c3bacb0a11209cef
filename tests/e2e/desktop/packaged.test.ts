import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildApp, type Screen, startScreen } from '../../support/electron.ts';
import { missing } from '../../support/environment.ts';
import { scratchFolder } from '../../support/media.ts';
import { asarFiles, folderBytes, fuses, packageApp, startDebugged } from '../../support/packaged.ts';
import { startTestStation } from '../../support/station.ts';
import { tempFolder } from '../../support/temp.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

describe.skipIf(missing('electron', 'xvfb'))('the packaged app for Linux', () => {
  const scratch = scratchFolder('packaged-app');
  let app = '';
  let screen: Screen;
  beforeAll(async () => {
    buildApp();
    app = packageApp(scratch.folder);
    screen = await startScreen();
  });
  afterAll(async () => {
    await screen?.close();
    scratch.remove();
  });
  const program = () => path.join(app, 'jianying-render-station');

  test('holds the bundles, the native packages of this system and the fonts, and nothing else', () => {
    const files = asarFiles(path.join(app, 'resources/app.asar'));
    const names = files.map(({ file }) => file);
    const top = new Set(names.map((file) => file.split('/')[0]));
    expect([...top].toSorted()).toEqual(['dist', 'node_modules', 'package.json', 'resources']);
    const packages = new Set(
      names
        .filter((file) => file.startsWith('node_modules/'))
        .map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]),
    );
    expect([...packages].toSorted()).toEqual([
      '@koromix/koffi-linux-x64',
      '@napi-rs/canvas',
      '@napi-rs/canvas-linux-x64-gnu',
      '@seydx/node-av-linux-x64',
      'better-sqlite3',
      'koffi',
      'node-av',
    ]);
    expect(names.filter((file) => /\.(tsx?|map|md|c|cc|cpp|h|gyp|sh)$/.test(file) && !/LICEN[CS]E/.test(file))).toEqual(
      [],
    );
    const binaries = files.filter(({ file }) => /\.(node|so|dll|dylib|exe)$/.test(file));
    expect(binaries.map(({ file }) => path.posix.basename(file)).toSorted()).toEqual([
      'koffi.node',
      'linux-x64.node',
      'node-av.node',
      'skia.linux-x64-gnu.node',
    ]);
    expect(binaries.every(({ unpacked }) => unpacked)).toBe(true);
    for (const needed of ['index', 'station', 'embedded', 'media', 'sample', 'windows-ui']) {
      expect(names).toContain(`dist/main/${needed}.js`);
    }
    expect(names).toContain('dist/preload/index.cjs');
    expect(names).toContain('dist/renderer/index.html');
    expect(readdirSync(path.join(app, 'resources/fonts'))).toHaveLength(5);
    expect(existsSync(path.join(app, 'resources/LICENSE.txt'))).toBe(true);

    const own = folderBytes(path.join(app, 'resources'));
    console.log(`packaged app: ${megabytes(folderBytes(app))}, of it our own part ${megabytes(own)}`);
    expect(own).toBeLessThan(300 * 1024 * 1024);
  });

  test('has its fuses burnt in', () => {
    // runAsNode, cookie encryption, NODE_OPTIONS, inspect, asar integrity, only asar, V8 snapshot, file privileges
    expect(fuses(program())).toBe('01001100');
    const asNode = spawnSync(program(), ['--version'], {
      env: { PATH: process.env.PATH, ELECTRON_RUN_AS_NODE: '1', DISPLAY: '' },
      timeout: 20_000,
      encoding: 'utf8',
    });
    expect(asNode.stdout).not.toMatch(/^v\d+\./);
  });

  test('starts, shows a station that runs elsewhere, and ends when told', async () => {
    const station = await startTestStation({ settings: { firstRunDone: true } });
    const home = tempFolder();
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const { child, address } = await startDebugged(
      program(),
      [...asRoot, '--disable-gpu', `--user-data-dir=${home}`, '--attach', station.url, '--token', station.token],
      { PATH: process.env.PATH, HOME: home, DISPLAY: screen.display },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error('no window');
    await page.waitForURL(`${station.url}/**`);
    await page.getByText('把第一个草稿交给渲染站').waitFor();
    await page.screenshot({ path: path.join(root, 'test-artifacts/desktop/packaged.png') });
    expect(await page.evaluate('window.desktop.windowInfo()')).toMatchObject({
      appVersion: expect.stringMatching(/^\d/),
    });
    await browser.close();
    const ended = once(child as ChildProcess, 'exit');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });

  test('carries a station that renders with what is in the package alone', () => {
    const folder = path.join(scratch.folder, 'elsewhere');
    mkdirSync(folder);
    // Away from the project: nothing but the package's own node_modules can be found from there.
    execFileSync('cp', ['-a', path.join(root, 'out/app'), path.join(app, 'resources/fonts'), folder]);
    const preset = path.join(folder, 'preset.mjs');
    writeFileSync(preset, `process.resourcesPath = ${JSON.stringify(folder)};\n`);
    const runner = path.join(folder, 'render.mjs');
    writeFileSync(
      runner,
      `import { once } from 'node:events';
const { startStation } = await import(${JSON.stringify(pathToFileURL(path.join(folder, 'app/dist/main/station.js')).href)});
const station = await startStation({ dataFolder: process.argv[2], port: 0 });
const { taskId } = await station.port.submitSample();
const task = await new Promise((resolve) => {
  station.port.subscribe((event) => {
    if (event.type === 'task' && event.task.id === taskId && ['completed', 'failed'].includes(event.task.state)) resolve(event.task);
  });
});
await station.stop(0);
console.log(JSON.stringify({ state: task.state, bytes: task.videoBytes, error: task.error }));
`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, [runner, path.join(folder, 'data')], {
      env: { PATH: process.env.PATH, HOME: folder, NODE_OPTIONS: `--import=${pathToFileURL(preset).href}` },
      encoding: 'utf8',
      timeout: 170_000,
    });
    expect(stderr).not.toContain('Error');
    expect(JSON.parse(stdout)).toMatchObject({ state: 'completed', error: null });
  });
});
