import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { build, loadConfigFromFile } from 'vite';
import { onTestFinished } from 'vitest';
import type { DesktopSession } from '../../main/desktop/desktop-session.ts';
import { tempFolder } from './temp.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The Electron that tests run in. */
export function electronPath(): string {
  return path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', 'electron');
}

let built = false;

/** Builds the app as a release is built; once per test file. */
export function buildApp(): void {
  if (built) return;
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  built = true;
}

export interface Screen {
  readonly display: string;
  close(): Promise<void>;
}

/** A screen that nobody sees, so that tests need no display. */
export async function startScreen(): Promise<Screen> {
  // The server itself picks a free number and writes it to file descriptor 3.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  const [number] = (await Promise.race([
    once(server.stdio[3] as NodeJS.ReadableStream, 'data'),
    ended.then(() => Promise.reject(new Error('Xvfb did not start'))),
  ])) as [Buffer];
  return {
    display: `:${String(number).trim()}`,
    close: async () => {
      server.kill();
      await ended;
    },
  };
}

export interface StartOptions {
  readonly screen: Screen;
  /** Folder for window state, cookies and the single-instance lock; a new one unless given. */
  readonly profile?: string;
  /** The app's folder; the project's own unless given. */
  readonly app?: string;
  readonly env?: Record<string, string>;
}

/** Starts the built app under Playwright; ended when the test is over. */
export async function startApp(args: readonly string[], options: StartOptions): Promise<ElectronApplication> {
  const app = await electron.launch({
    executablePath: electronPath(),
    args: appArgs(args, options.profile ?? tempFolder(), options.app),
    env: appEnv(options),
    timeout: 60_000,
  });
  const { pid } = app.process();
  onTestFinished(async () => {
    // At once: quitting would ask.
    if (pid !== undefined) endProcess(pid);
    await app.close().catch(() => {});
  });
  return app;
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** A plain second start, without anybody looking into it; answers with its exit code. */
export async function startAgain(
  args: readonly string[],
  options: StartOptions & { profile: string },
): Promise<number> {
  const child: ChildProcess = spawn(electronPath(), appArgs(args, options.profile, options.app), {
    env: appEnv(options),
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

function appArgs(args: readonly string[], profile: string, app = root): string[] {
  // As root in a container Chromium has no sandbox of its own.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [...asRoot, '--disable-gpu', `--user-data-dir=${profile}`, app, ...args];
}

function appEnv({ screen, env }: StartOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(inherited), DISPLAY: screen.display, STATION_DESKTOP_TEST: '1', ...env };
}

/** What the app's main process holds for tests. */
export interface AppGlobals {
  readonly desktopSession: DesktopSession;
  /** What `answerDialogs` was asked. */
  readonly asked: { message: string; detail: string; buttons: string[] }[];
}

/** Every question of the app is answered with the button that carries one of these labels; nobody has to click. */
export async function answerDialogs(app: ElectronApplication, ...labels: string[]): Promise<void> {
  await app.evaluate(({ dialog }, wanted) => {
    const asked: { message: string; detail: string; buttons: string[] }[] = [];
    Object.assign(globalThis, { asked });
    const answer = async (...args: unknown[]) => {
      const options = args.at(-1) as { message: string; detail?: string; buttons?: string[] };
      const buttons = options.buttons ?? ['OK'];
      asked.push({ message: options.message, detail: options.detail ?? '', buttons });
      const response = buttons.findIndex((label) => wanted.includes(label));
      return { response: Math.max(response, 0), checkboxChecked: false };
    };
    dialog.showMessageBox = answer as typeof dialog.showMessageBox;
  }, labels);
}

/** What the app has asked since `answerDialogs`. */
export function questions(app: ElectronApplication): Promise<AppGlobals['asked']> {
  return app.evaluate(() => (globalThis as unknown as AppGlobals).asked);
}

/** Clicks a line of the tray's menu. */
export function clickTray(app: ElectronApplication, action: string): Promise<void> {
  return app.evaluate((_electron, id) => {
    const { tray } = (globalThis as unknown as AppGlobals).desktopSession;
    const item = tray?.menu.getMenuItemById(id);
    if (!item?.enabled) throw new Error(`no line "${id}" to click`);
    item.click();
  }, action);
}

/** A copy of the built app that every user can read. */
export function copyApp(to: string): string {
  mkdirSync(to, { recursive: true });
  for (const part of ['dist', 'resources', 'package.json']) {
    cpSync(path.join(root, part), path.join(to, part), { recursive: true });
  }
  execFileSync('chmod', ['-R', 'a+rX', to]);
  chmodSync(path.dirname(to), 0o755);
  return to;
}

/** Puts another entry into a copy of the app, built as the app's own, beside the same child programs. */
export async function buildTestApp(folder: string, entry: string): Promise<void> {
  const file = path.join(root, 'vite.main.config.ts');
  const config = (await loadConfigFromFile({ command: 'build', mode: 'production' }, file, root, 'warn'))?.config;
  const rolldown = config?.build?.rolldownOptions;
  await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: {
      ...config?.build,
      outDir: path.join(folder, 'dist/main'),
      rolldownOptions: { ...rolldown, input: { ...(rolldown?.input as object), index: path.join(root, entry) } },
    },
  });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

/** The app's window once it shows the station's page. */
export async function stationPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForURL(/^http:/);
  return page;
}
