import type { BrowserWindow } from 'electron';
import type { Language } from '../shared/errors/index.ts';
import { afterCrash } from './restart.ts';
import type { StationLink } from './station-link.ts';
import { type Trouble, waitingPage } from './waiting-page.ts';

/** What the window shows: the station's page, or why there is none; and what happens when the page breaks. */
export class PageHost {
  readonly #window: BrowserWindow;
  readonly #link: StationLink;
  readonly #brokenForGood: () => Promise<boolean>;
  #showing: 'nothing' | 'station' | 'waiting' = 'nothing';
  #loadedAtMs = 0;
  #reloads = 0;

  /** @param brokenForGood told when the page keeps breaking; true = load it once more */
  constructor(window: BrowserWindow, link: StationLink, brokenForGood: () => Promise<boolean>) {
    this.#window = window;
    this.#link = link;
    this.#brokenForGood = brokenForGood;
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') void this.#broken();
    });
  }

  /** The station answers. A page that is already there reconnects by itself. */
  async reached(): Promise<void> {
    if (this.#showing === 'station') return;
    this.#showing = 'station';
    try {
      await this.#load(this.#link.windowUrl);
    } catch {
      // The address carries the token: it belongs in no message. The next snapshot tries again.
      this.#showing = 'nothing';
    }
  }

  /** The station does not answer. A page that is already there says so itself. */
  async missed(trouble: Trouble, language: Language): Promise<void> {
    if (this.#showing !== 'nothing') return;
    this.#showing = 'waiting';
    await this.#load(waitingPage(trouble, this.#link.origin, language)).catch(() => {});
  }

  async #load(url: string): Promise<void> {
    this.#loadedAtMs = Date.now();
    await this.#window.loadURL(url);
  }

  async #broken(): Promise<void> {
    const plan = afterCrash(Date.now() - this.#loadedAtMs, this.#reloads);
    this.#reloads = plan.restarts;
    if (plan.act === 'ask' && !(await this.#brokenForGood())) return;
    this.#showing = 'nothing';
    if (!this.#window.isDestroyed()) await this.reached();
  }
}
