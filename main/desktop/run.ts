import path from 'node:path';
import { app, dialog } from 'electron';
import { type Language, StationError, sentence } from '../shared/errors/index.ts';
import { DesktopSession } from './desktop-session.ts';
import { type Launch, parseLaunch, profileName } from './launch.ts';
import { writeLog } from './log.ts';
import { setAppMenu } from './menus.ts';
import type { OpenStation } from './open-station.ts';
import { parseProtocolLink, protocolScheme } from './protocol-link.ts';
import { afterCrash } from './restart.ts';
import { say } from './words.ts';

const startedAtMs = Date.now();

/** Runs the app; everything after this is events. */
export function runDesktop(open: OpenStation): void {
  const args = process.argv.slice(app.isPackaged ? 1 : 2);
  const launch = parseLaunch(args);
  const profile = profileName(launch);
  if (profile !== null) app.setPath('userData', path.join(app.getPath('userData'), profile));
  app.setAppUserModelId('io.github.jianying-render-station');

  // A second start hands its arguments to the first and goes. They travel beside `argv`, which Chromium reorders.
  if (!app.requestSingleInstanceLock({ args })) {
    app.exit(0);
    return;
  }
  const starting = app.whenReady().then(() => start(launch, open));
  const withSession = (act: (session: DesktopSession) => void) =>
    void starting.then((session) => session && act(session));

  app.on('second-instance', (_event, _argv, _folder, data) => {
    const second = parseLaunch(argsOf(data));
    withSession((session) => session.startedAgain(second));
  });
  // macOS hands links over this way.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const draftUrl = parseProtocolLink(url);
    withSession((session) =>
      session.startedAgain({ ...launch, hidden: false, draftUrl, linkUnreadable: draftUrl === null }),
    );
  });
  app.on('activate', () => withSession((session) => session.show()));
  // The tray keeps the app: the session itself decides what closing the window means.
  app.on('window-all-closed', () => {});
  app.on('web-contents-created', (_event, contents) =>
    contents.on('will-attach-webview', (event) => event.preventDefault()),
  );

  let crashed = false;
  const crash = (error: unknown) => {
    if (crashed) return;
    crashed = true;
    void stationCrashed(error, launch, args);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

async function start(launch: Launch, open: OpenStation): Promise<DesktopSession | null> {
  const language = systemLanguage();
  setAppMenu();
  if (launch.problem !== null) {
    await dialog.showMessageBox({
      type: 'error',
      message: say('wrongArguments', language),
      detail: launch.problem[language],
    });
    app.exit(2);
    return null;
  }
  if (app.isPackaged && launch.attach === null) app.setAsDefaultProtocolClient(protocolScheme);
  for (;;) {
    try {
      const session = await DesktopSession.open(launch, open, language);
      // For tests, which look into this process; a page never can.
      if (process.env.STATION_DESKTOP_TEST === '1') Object.assign(globalThis, { desktopSession: session });
      return session;
    } catch (error) {
      writeLog(app.getPath('userData'), 'start', error);
      const { response } = await dialog.showMessageBox({
        type: 'error',
        message: say('startFailed', language),
        detail: explain(error, language),
        buttons: [say('retry', language), say('quit', language)],
        cancelId: 1,
        noLink: true,
      });
      if (response === 1) {
        app.exit(1);
        return null;
      }
    }
  }
}

/** What was unforeseen has left the station in an unknown state. Its tasks are on disk: a fresh start goes on with them. */
async function stationCrashed(error: unknown, launch: Launch, args: readonly string[]): Promise<void> {
  writeLog(app.getPath('userData'), 'crash', error);
  const plan = afterCrash(Date.now() - startedAtMs, launch.restarts);
  if (plan.act === 'ask') {
    await app.whenReady();
    const language = systemLanguage();
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: say('crashed', language),
      detail: say('crashedBody', language, { reason: explain(error, language) }),
      buttons: [say('restart', language), say('quit', language)],
      cancelId: 1,
      noLink: true,
    });
    if (response === 1) {
      app.exit(1);
      return;
    }
  }
  const kept = args.filter((arg) => !arg.startsWith('--restarts') && !arg.startsWith(`${protocolScheme}:`));
  const appFolder = app.isPackaged ? [] : [app.getAppPath()];
  app.relaunch({ args: [...appFolder, ...kept, `--restarts=${plan.restarts}`] });
  app.exit(1);
}

function explain(error: unknown, language: Language): string {
  return sentence(StationError.from(error).toRecord(), language);
}

function systemLanguage(): Language {
  return app.getLocale().startsWith('zh') ? 'zh' : 'en';
}

/** What the second start sent is checked: any program of this user can send it. */
function argsOf(data: unknown): string[] {
  const args = typeof data === 'object' && data !== null && 'args' in data ? data.args : [];
  return Array.isArray(args) ? args.filter((arg) => typeof arg === 'string').slice(0, 100) : [];
}
