import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './environment.ts';

/** The system's Chromium. As root in a container it has no sandbox of its own. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('no Chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

export interface Look {
  readonly language?: 'zh' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export interface OpenPage {
  readonly page: Page;
  /** Errors of the page: exceptions, console errors, refusals by the content security policy. */
  readonly problems: string[];
}

/** A new page in this language, theme and size, at `path` of the station. */
export async function openWindow(
  browser: Browser,
  url: string,
  { language = 'zh', theme = 'light', width = 1440, height = 900 }: Look = {},
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    permissions: ['clipboard-read', 'clipboard-write'],
    // A click may fall beside a dialog that is still growing.
    reducedMotion: 'reduce',
    ...options,
  });
  // As if chosen here before; a later choice of the test stays.
  const key = 'render-station.preferences';
  await context.addInitScript(
    `localStorage.getItem('${key}') ?? localStorage.setItem('${key}', '${JSON.stringify({ language, theme })}')`,
  );
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(url);
  return { page, problems };
}
