import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';

const everyMs = 6 * 3_600_000;

/**
 * Looks for a newer version at the operator's generic feed; off without one, and in an app that was not installed. What
 * is downloaded is installed when the app quits: an export is never cut short by an update.
 */
export class Updates {
  readonly #ready: (version: string) => void;
  readonly #failed: (error: unknown) => void;
  #feed = '';
  #timer: NodeJS.Timeout | undefined;
  #updater: AppUpdater | null = null;

  constructor(ready: (version: string) => void, failed: (error: unknown) => void) {
    this.#ready = ready;
    this.#failed = failed;
  }

  /** The feed of the settings; called at the start and at every change of them. */
  follow(feed: string, installed = app.isPackaged): void {
    if (feed === this.#feed) return;
    this.#feed = feed;
    clearInterval(this.#timer);
    if (feed === '' || !installed) return;
    this.#timer = setInterval(() => void this.check(), everyMs);
    void this.check();
  }

  /** Asks the feed once. A feed that does not answer is noted in the log and asked again next time. */
  async check(): Promise<void> {
    try {
      const updater = await this.#load();
      // The package carries no feed of its own: the updater reads the operator's, and where to keep its downloads.
      const config = path.join(app.getPath('userData'), 'update-feed.yml');
      const url = JSON.stringify(this.#feed);
      writeFileSync(config, `provider: generic\nurl: ${url}\nupdaterCacheDirName: jianying-render-station-updater\n`);
      updater.updateConfigPath = config;
      updater.setFeedURL({ provider: 'generic', url: this.#feed });
      await updater.checkForUpdates();
    } catch (error) {
      this.#failed(error);
    }
  }

  async #load(): Promise<AppUpdater> {
    if (this.#updater !== null) return this.#updater;
    // Only loaded by those who have a feed.
    const { default: library } = await import('electron-updater');
    const updater = library.autoUpdater;
    updater.logger = null;
    updater.autoInstallOnAppQuit = true;
    updater.on('update-downloaded', ({ version }) => this.#ready(version));
    updater.on('error', (error) => this.#failed(error));
    this.#updater = updater;
    return updater;
  }
}
