import { app, type BrowserWindow, dialog, nativeTheme, shell } from 'electron';
import { type Language, StationError, sentence } from '../shared/errors/index.ts';
import { openPageLine, type PageLine } from './ipc.ts';
import type { Launch } from './launch.ts';
import { LiveTasks } from './live-view.ts';
import { writeLog } from './log.ts';
import { setStartAtLogin } from './login.ts';
import { offerEditing } from './menus.ts';
import { Notifier } from './notifier.ts';
import type { OpenStation } from './open-station.ts';
import { PageHost } from './page-host.ts';
import { KeepAwake, watchSession } from './power.ts';
import { type QuitChoice, quitPlan, stopDeadlinesMs, stopGraceMs } from './quit.ts';
import type { DesktopSettings, LinkNews, StationLink } from './station-link.ts';
import { StationTray } from './tray.ts';
import { type MenuAction, taskbarProgress, trayMenu, trayState, wakefulness } from './tray-state.ts';
import { Updates } from './updates.ts';
import { createWindow } from './window.ts';
import { say } from './words.ts';

/** The app while it runs: one station, one window, one tray icon. */
export class DesktopSession {
  readonly link: StationLink;
  readonly window: BrowserWindow;
  readonly notifier: Notifier;
  readonly tasks = new LiveTasks();
  readonly awake = new KeepAwake();
  readonly updates = new Updates(
    (version) => this.#updateReady(version),
    (error) => writeLog(app.getPath('userData'), 'update', error),
  );
  readonly tray: StationTray | null;
  readonly #line: PageLine;
  readonly #page: PageHost;
  readonly #rememberPlace: () => void;
  settings: DesktopSettings;
  #quitting: 'no' | 'asking' | 'finishing' | 'gone' = 'no';
  #toldOfTray = false;

  /** @throws StationError when the app's own station cannot start */
  static async open(launch: Launch, open: OpenStation, language: Language): Promise<DesktopSession> {
    let attention: (state: 'needs_desktop' | 'free', task: string) => void = () => {};
    const link = await open(launch, {
      onAttention: (state, task) => attention(state, task),
      report: (error) => writeLog(app.getPath('userData'), 'station', error),
    });
    const session = new DesktopSession(link, launch, language);
    attention = (state, task) => session.#attention(state, task);
    return session;
  }

  private constructor(link: StationLink, launch: Launch, language: Language) {
    this.link = link;
    this.settings = {
      language,
      theme: 'system',
      notifyCompleted: true,
      notifyFailed: true,
      startAtLogin: false,
      closeToTray: true,
      updateFeed: '',
    };
    const { window, rememberPlace } = createWindow(link);
    this.window = window;
    this.#rememberPlace = rememberPlace;
    this.#line = openPageLine({
      window: this.window,
      origin: link.origin,
      localStation: link.kind === 'embedded',
      hasTray: () => this.tray !== null,
    });
    this.#page = new PageHost(this.window, link, () => this.#askToReload());
    this.notifier = new Notifier((taskId) => this.#openTask(taskId));
    this.tray = this.#createTray();
    offerEditing(window, () => this.settings.language);
    this.#watchWindow(launch.hidden);
    watchSession((change) => link.sessionChanged(change));
    app.on('before-quit', (event) => {
      if (this.#quitting === 'gone') return;
      event.preventDefault();
      void this.#quit();
    });
    link.subscribe((news) => this.#take(news));
    this.#followLink(launch);
  }

  /** Brings the window to the front. */
  show(): void {
    if (this.window.isDestroyed()) return;
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  /** A second start: its window is this one, its arguments are for here. */
  startedAgain(launch: Launch): void {
    if (!launch.hidden) this.show();
    this.#followLink(launch);
  }

  async act(action: MenuAction): Promise<void> {
    switch (action) {
      case 'show':
        this.show();
        return;
      case 'pause':
      case 'resume':
        await this.link[action]().catch((error: unknown) => this.#complain(error));
        return;
      case 'open-output': {
        const folder = this.link.outputFolder();
        if (folder !== null) await shell.openPath(folder);
        return;
      }
      case 'quit':
        app.quit();
        return;
    }
  }

  #createTray(): StationTray | null {
    try {
      return new StationTray((action) => void this.act(action));
    } catch (error) {
      // Some desktops have no place for it; then closing the window quits.
      writeLog(app.getPath('userData'), 'tray', error);
      return null;
    }
  }

  #take(news: LinkNews): void {
    if (this.#quitting === 'gone') return;
    switch (news.type) {
      case 'settings':
        this.settings = news.settings;
        nativeTheme.themeSource = news.settings.theme;
        if (this.link.kind === 'embedded') {
          setStartAtLogin(news.settings.startAtLogin);
          this.updates.follow(news.settings.updateFeed);
        }
        break;
      case 'lost':
        this.tasks.lost();
        void this.#page.missed(news.reason, this.settings.language);
        break;
      case 'event':
        this.notifier.finished(this.tasks.take(news.event), this.settings);
        if (news.event.type === 'snapshot') void this.#page.reached();
        break;
    }
    this.#refresh();
  }

  /** Brings everything outside the page up to what is known now. */
  #refresh(): void {
    const { view } = this.tasks;
    const { language } = this.settings;
    this.tray?.show(trayState(view, language), trayMenu(view, this.link.outputFolder() !== null, language));
    if (this.link.kind === 'embedded') this.awake.want(wakefulness(view));
    const bar = taskbarProgress(view);
    if (!this.window.isDestroyed()) this.window.setProgressBar(bar.value, { mode: bar.mode });
  }

  #watchWindow(hidden: boolean): void {
    this.window.once('ready-to-show', () => {
      if (!hidden) this.window.show();
    });
    this.window.on('close', (event) => {
      if (this.#quitting === 'gone') return;
      event.preventDefault();
      if (this.tray === null || !this.settings.closeToTray) {
        app.quit();
        return;
      }
      this.window.hide();
      if (this.#toldOfTray) return;
      this.#toldOfTray = true;
      const { language } = this.settings;
      this.notifier.show({ title: say('hiddenTitle', language), body: say('hiddenBody', language), taskId: null });
    });
    // Windows logs the user off: there is no time to ask.
    this.window.on('session-end', () => void this.#leave('now'));
  }

  #updateReady(version: string): void {
    const { language } = this.settings;
    const body = say('updateBody', language, { version });
    this.notifier.show({ title: say('updateTitle', language), body, taskId: null });
  }

  #openTask(taskId: string | null): void {
    this.show();
    if (taskId !== null) this.#line.showTask(taskId);
  }

  /** A link of the protocol: any web page can open one, so a person decides. */
  async #confirmLink(draftUrl: string): Promise<void> {
    const { language } = this.settings;
    this.show();
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'question',
      message: say('renderTitle', language),
      detail: say('renderBody', language, { link: draftUrl }),
      buttons: [say('renderYes', language), say('cancel', language)],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    if (response !== 0) return;
    try {
      this.#openTask(await this.link.submit(draftUrl));
    } catch (error) {
      await this.#complain(error);
    }
  }

  #followLink(launch: Launch): void {
    if (launch.draftUrl !== null) void this.#confirmLink(launch.draftUrl);
    else if (launch.linkUnreadable) void this.#complain(new Error(say('linkUnreadable', this.settings.language)));
  }

  async #complain(error: unknown): Promise<void> {
    const { language } = this.settings;
    writeLog(app.getPath('userData'), 'action', error);
    await dialog.showMessageBox(this.window, {
      type: 'warning',
      message: say('actionFailed', language),
      detail: explain(error, language),
      noLink: true,
    });
  }

  #attention(state: 'needs_desktop' | 'free', task: string): void {
    if (state === 'free') return;
    const { language } = this.settings;
    this.notifier.show({
      title: say('attentionTitle', language),
      body: say('attentionBody', language, { name: task }),
      taskId: null,
    });
  }

  async #askToReload(): Promise<boolean> {
    const { language } = this.settings;
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: say('pageCrashed', language),
      detail: say('pageCrashedBody', language),
      buttons: [say('reload', language), say('cancel', language)],
      cancelId: 1,
      noLink: true,
    });
    return response === 0;
  }

  async #quit(): Promise<void> {
    if (this.#quitting === 'asking' || this.#quitting === 'gone') return;
    const before = this.#quitting;
    if (quitPlan(this.link.kind, this.tasks.view) === 'at-once') return this.#leave('now');
    this.#quitting = 'asking';
    const choice = await this.#askToQuit();
    this.#quitting = before;
    if (choice !== null) await this.#leave(choice);
  }

  async #askToQuit(): Promise<QuitChoice | null> {
    const { language } = this.settings;
    this.show();
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'question',
      message: say('quitTitle', language, { count: this.tasks.view.processing.length }),
      detail: say('quitBody', language),
      buttons: [say('quitFinish', language), say('quitNow', language), say('cancel', language)],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    return (['finish', 'now'] as const)[response] ?? null;
  }

  /** Stops the station and ends the app. Asked again with less time, it hurries. */
  async #leave(choice: QuitChoice): Promise<void> {
    this.#quitting = 'finishing';
    const deadlineMs = stopDeadlinesMs[choice];
    const tooLong = setTimeout(() => this.#exit(1), deadlineMs + stopGraceMs);
    try {
      await this.link.close(deadlineMs);
      this.#exit(0);
    } catch (error) {
      writeLog(app.getPath('userData'), 'stop', error);
      this.#exit(1);
    } finally {
      clearTimeout(tooLong);
    }
  }

  #exit(code: number): void {
    if (this.#quitting === 'gone') return;
    this.#quitting = 'gone';
    this.#rememberPlace();
    this.#line.close();
    this.awake.want('none');
    this.tray?.close();
    app.exit(code);
  }
}

/** An attached station's refusal comes as a sentence already. */
function explain(error: unknown, language: Language): string {
  if (error instanceof StationError) return sentence(error.toRecord(), language);
  return error instanceof Error ? error.message : String(error);
}
