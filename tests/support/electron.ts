import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
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
  onTestFinished(async () => {
    await app.evaluate(({ app }) => app.exit(0)).catch(() => {});
    await app.close().catch(() => {});
  });
  return app;
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

/** The app's window once it shows the station's page. */
export async function stationPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForURL(/^http:/);
  return page;
}
