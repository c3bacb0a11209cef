import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { _electron as electron } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type AppGlobals,
  buildApp,
  copyApp,
  electronPath,
  type Screen,
  startScreen,
  stationPage,
} from '../../support/electron.ts';
import { missing } from '../../support/environment.ts';
import { scratchFolder } from '../../support/media.ts';
import { startTestStation } from '../../support/station.ts';

/** The account that owns nothing. */
const nobody = 65_534;

describe.skipIf(missing('electron', 'xvfb'))('as a user without privileges', () => {
  const scratch = scratchFolder('sandboxed-app');
  const appFolder = path.join(scratch.folder, 'app');
  const home = path.join(scratch.folder, 'home');
  let screen: Screen;
  beforeAll(async () => {
    buildApp();
    copyApp(appFolder);
    mkdirSync(home, { recursive: true });
    screen = await startScreen();
  });
  afterAll(async () => {
    await screen?.close();
    scratch.remove();
  });

  test("the page runs in Chromium's sandbox, and the bridge works from inside it", async () => {
    const station = await startTestStation({ settings: { firstRunDone: true } });
    const asRoot = process.getuid?.() === 0;
    if (asRoot) chownSync(home, nobody, nobody);
    const program = asRoot ? asNobody(scratch.folder) : electronPath();
    const app = await electron.launch({
      executablePath: program,
      chromiumSandbox: true,
      args: [
        `--user-data-dir=${home}/profile`,
        '--disable-gpu',
        appFolder,
        '--attach',
        station.url,
        '--token',
        station.token,
      ],
      env: { PATH: process.env.PATH ?? '', HOME: home, DISPLAY: screen.display, STATION_DESKTOP_TEST: '1' },
      timeout: 60_000,
    });
    onTestFinished(async () => {
      await app.evaluate(({ app }) => app.exit(0)).catch(() => {});
      await app.close().catch(() => {});
    });
    const page = await stationPage(app);
    await page.getByText('把第一个草稿交给渲染站').waitFor();

    const {
      argv,
      user,
      page: pid,
    } = await app.evaluate(() => {
      const { window } = (globalThis as unknown as AppGlobals).desktopSession;
      return { argv: process.argv, user: process.getuid?.(), page: window.webContents.getOSProcessId() };
    });
    expect(argv).not.toContain('--no-sandbox');
    if (asRoot) expect(user).toBe(nobody);
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // Filtered system calls, no new privileges, and a process table of its own.
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(/^NSpid:\s+(.+)$/m.exec(status)?.[1]?.split('\t').length).toBeGreaterThan(1);
    expect(await page.evaluate('window.desktop.windowInfo()')).toMatchObject({ hasTray: true });
  });
});

/** A program that starts Electron as that user. */
function asNobody(folder: string): string {
  const file = path.join(folder, 'electron-as-nobody');
  const setpriv = execFileSync('which', ['setpriv'], { encoding: 'utf8' }).trim();
  writeFileSync(
    file,
    `#!/bin/sh\nexec ${setpriv} --reuid=${nobody} --regid=${nobody} --clear-groups '${electronPath()}' "$@"\n`,
  );
  chmodSync(file, 0o755);
  return file;
}
