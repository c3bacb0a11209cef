/**
 * `npm run screenshots`: the pictures of the window in docs/images. The sample draft is really rendered; its video and
 * cover then stand in a scripted evening at a studio, so that every picture shows the same on every machine.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startStation } from '../main/station.ts';
import { type Look, launchBrowser, openWindow } from '../tests/support/browser.ts';
import { builtWindow } from '../tests/support/built-window.ts';
import { type FakeStation, startFakeStation } from '../tests/support/fake-station.ts';
import { busyEvening } from '../tests/support/window-scene.ts';

const root = path.resolve(import.meta.dirname, '..');
const images = path.join(root, 'docs/images');
const scratch = path.join(root, 'scratch/screenshots');

interface Picture extends Look {
  readonly name: string;
  readonly route: string;
  /** Something that must be there before the picture is taken. */
  readonly sign: string;
}

const pictures: readonly Picture[] = [
  { name: 'queue-zh', route: '/queue', sign: '.task-row' },
  { name: 'queue-en-dark', route: '/queue', sign: '.task-row', language: 'en', theme: 'dark' },
  { name: 'queue-phone', route: '/queue', sign: '.task-row', width: 390, height: 844 },
  { name: 'task-zh', route: '/queue?task=t000006', sign: '.player' },
  { name: 'failure-en', route: '/queue?task=t000005', sign: '.failure', language: 'en' },
  { name: 'history-zh', route: '/history?sort=oldest', sign: '.history-row' },
  { name: 'health-zh', route: '/health', sign: '.health-line' },
  { name: 'statistics-en', route: '/statistics', sign: '.days-plot', language: 'en' },
  { name: 'settings-zh', route: '/settings?group=export', sign: '.settings-group' },
  { name: 'api-zh', route: '/api', sign: '.operation' },
];

/** Renders the sample with a real station. @returns files of its video and its cover */
async function renderSample(): Promise<{ video: string; cover: string }> {
  const station = await startStation({ dataFolder: path.join(scratch, 'data'), port: 0, staticFolder: null });
  const headers = { authorization: `Bearer ${new URL(station.windowUrl).searchParams.get('token')}` };
  const call = async (method: string, where: string): Promise<Response> => {
    const response = await fetch(station.listening.url + where, { method, headers });
    if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${await response.text()}`);
    return response;
  };
  try {
    const { taskId } = (await (await call('POST', '/api/tasks/sample')).json()) as { taskId: string };
    for (;;) {
      const task = (await (await call('GET', `/api/tasks/${taskId}`)).json()) as {
        state: string;
        error: { en: string } | null;
        videoFile: string;
        coverUrl: string;
      };
      if (task.state === 'failed') throw new Error(task.error?.en);
      if (task.state === 'completed') {
        const cover = path.join(scratch, 'cover.jpg');
        writeFileSync(cover, Buffer.from(await (await call('GET', task.coverUrl)).arrayBuffer()));
        return { video: task.videoFile, cover };
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  } finally {
    await station.stop(0);
  }
}

async function take(browser: Browser, station: FakeStation, { name, route, sign, ...look }: Picture): Promise<void> {
  const { page } = await openWindow(browser, station.windowUrl, look);
  await page.goto(`${station.url}/#${route}`);
  await page.locator(sign).first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => {});
  if (sign === '.player') await page.waitForFunction('document.querySelector("video").readyState >= 2');
  await page.waitForTimeout(1000);
  await page.screenshot({ path: path.join(images, `${name}.png`) });
  await page.context().close();
  console.log(`docs/images/${name}.png`);
}

await builtWindow();
mkdirSync(images, { recursive: true });
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });
const sample = await renderSample();
const station = await startFakeStation();
Object.assign(station.media, sample);
busyEvening(station);
const browser = await launchBrowser();
try {
  for (const picture of pictures) await take(browser, station, picture);
} finally {
  await browser.close();
  await station.stop();
  rmSync(scratch, { recursive: true, force: true });
}
