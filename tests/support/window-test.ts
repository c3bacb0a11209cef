import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { en } from '../../renderer/locales/en.ts';
import { zh } from '../../renderer/locales/zh-CN.ts';
import { type Look, launchBrowser, openWindow } from './browser.ts';
import { builtWindow } from './built-window.ts';
import { type FakeStation, startFakeStation } from './fake-station.ts';

export const words = { zh, en } as const;
export type LanguageId = keyof typeof words;

/** A text of the window with its places filled in. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => String(values[name] ?? place));
}

export interface WindowTest {
  readonly station: FakeStation;
  readonly page: Page;
  readonly problems: string[];
  /** Opens a page of the window, such as `/history?state=failed`. */
  go(route: string): Promise<void>;
  /** The row or card of a task. */
  row(id: string): Locator;
  button(name: string | RegExp): Locator;
  /** A message that has come up somewhere. */
  sees(text: string | RegExp): Promise<void>;
}

/** One Chromium for a test file, and windows in it. */
export function windowTests(): {
  open(look?: Look, prepare?: (station: FakeStation) => void, options?: BrowserContextOptions): Promise<WindowTest>;
} {
  let browser: Browser;
  beforeAll(async () => {
    await builtWindow();
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return {
    open: async (look = {}, prepare = () => {}, options = {}) => {
      const station = await startFakeStation();
      prepare(station);
      const { page, problems } = await openWindow(browser, station.windowUrl, look, options);
      onTestFinished(async () => {
        await page.context().close();
        await station.stop();
      });
      page.setDefaultTimeout(10_000);
      return {
        station,
        page,
        problems,
        go: async (route) => {
          await page.goto(`${station.url}/#${route}`);
        },
        row: (id) => page.locator(`[data-task="${id}"]`),
        button: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }),
        sees: async (text) => {
          await page
            .getByText(text, { exact: typeof text === 'string' })
            .first()
            .waitFor();
        },
      };
    },
  };
}

/** Waits until something holds; fails with the last difference. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 10_000, interval: 50 });
}
