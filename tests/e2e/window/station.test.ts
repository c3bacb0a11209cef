import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser, openWindow } from '../../support/browser.ts';
import { builtWindow } from '../../support/built-window.ts';
import { missing } from '../../support/environment.ts';
import { startTestStation, type TestStation } from '../../support/station.ts';
import { eventually, fill, words } from '../../support/window-test.ts';

/** A render takes its time, the more so on a busy machine. */
const renderMs = 120_000;

describe.skipIf(missing('chromium')).each(['zh', 'en'] as const)('the window of a real station (%s)', (language) => {
  const {
    empty,
    queue,
    state,
    action,
    task: taskWords,
    log,
    firstRun,
    settings,
    connection,
    stageShort,
    common,
  } = words[language];
  let browser: Browser;
  beforeAll(async () => {
    await builtWindow();
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function open(): Promise<{ station: TestStation; page: Page; problems: string[] }> {
    const station = await startTestStation();
    const { page, problems } = await openWindow(browser, station.windowUrl, { language });
    onTestFinished(() => page.context().close());
    page.setDefaultTimeout(20_000);
    return { station, page, problems };
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  it('leads from the first run over the sample to a video that plays', async () => {
    const { station, page, problems } = await open();
    await page.getByRole('dialog').getByText(firstRun.title).waitFor();
    await button(page, firstRun.skip).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page, empty.sample).click();

    await page.locator('.task-row').waitFor({ timeout: renderMs });
    await page.locator('.task-row').getByText(state.completed, { exact: true }).waitFor({ timeout: renderMs });
    const { id } = await station.newest();
    await page.locator(`[data-task="${id}"] .task-name`).click();

    const drawer = page.getByRole('dialog');
    const player = drawer.locator('video');
    await eventually(() => player.evaluate((video: { duration?: number }) => Math.round(video.duration ?? 0))).toBe(12);
    // The stages as they were really timed.
    await drawer.getByText(stageShort.export, { exact: true }).waitFor();
    expect(await drawer.locator('.timeline-span').count()).toBeGreaterThanOrEqual(3);

    await drawer.getByRole('tab', { name: taskWords.tabs.log }).click();
    await drawer.locator('.log-line').first().waitFor();
    await drawer.getByLabel(log.filter).fill('no such line');
    await drawer.getByText(log.noMatch).waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await drawer.getByRole('tab', { name: taskWords.tabs.overview }).click();
        await drawer.getByRole('link', { name: action.saveAs }).click();
      })(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.mp4$/);
    expect(problems).toEqual([]);
  });

  it('queues, reorders, cancels, retries and removes', async () => {
    const { station, page } = await open();
    await station.api('PATCH', '/api/settings', { firstRunDone: true });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page, queue.pause).click();
    await page.getByText(queue.paused).waitFor();

    await button(page, queue.add).first().click();
    const links = ['a', 'b', 'c'].map((name) => `http://127.0.0.1:9/${name}.json`);
    await page.getByLabel(words[language].add.label).fill(links.join('\n'));
    await button(page, fill(words[language].add.submit, { count: 3 })).click();
    await button(page, common.done).click();
    await eventually(() => page.locator('.task-row.is-pending').count()).toBe(3);

    const ids = () =>
      page.locator('.task-row.is-pending').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-task')));
    const [a, b, c] = await ids();
    await page.locator(`[data-task="${c}"]`).getByRole('button', { name: action.toFront }).click();
    await eventually(ids).toEqual([c, a, b]);
    // Also for somebody who looks for the first time.
    await page.reload();
    await eventually(ids).toEqual([c, a, b]);

    await page.locator(`[data-task="${a}"]`).getByRole('button', { name: action.cancel }).click();
    await eventually(ids).toEqual([c, b]);
    await page.locator(`[data-task="${a}"]`).getByText(state.cancelled, { exact: true }).waitFor();

    // Nobody answers at that address: the station says so, and both can be tried again.
    await station.api('PATCH', '/api/settings', { maxAttempts: 1 });
    await button(page, queue.resume).first().click();
    await page.locator(`[data-task="${c}"]`).getByText(state.failed, { exact: true }).waitFor();
    await page.locator(`[data-task="${b}"]`).getByText(state.failed, { exact: true }).waitFor();
    const before = (await station.newest()).seq;
    await page.locator(`[data-task="${c}"]`).getByRole('button', { name: action.retry }).click();
    await eventually(async () => (await station.newest()).seq).toBe(before + 1);

    await page.locator(`[data-task="${a}"]`).getByRole('button', { name: action.remove }).click();
    await page.getByRole('dialog').getByRole('button', { name: action.removeConfirm }).click();
    await page.locator(`[data-task="${a}"]`).waitFor({ state: 'detached' });
    expect((await station.api('GET', `/api/tasks/${a}`)).status).toBe(404);
  });

  it('saves settings, says what the station refuses, and survives its restart', async () => {
    const { station, page } = await open();
    await station.api('PATCH', '/api/settings', { firstRunDone: true });
    await page.goto(`${station.url}/#/settings`);
    await page.getByLabel(settings.fields.maxAttempts.label, { exact: true }).fill('5');
    await button(page, settings.save).click();
    await page.getByText(settings.saved, { exact: true }).waitFor();
    expect(await (await station.api('GET', '/api/settings')).json()).toMatchObject({ maxAttempts: 5 });

    const { port } = new URL(station.url);
    await station.stop();
    await page.getByText(connection.lost).waitFor();
    const again = await startTestStation({ data: station.data, port: Number(port) });
    await page.getByText(connection.lost).waitFor({ state: 'detached' });
    expect(again.url).toBe(station.url);
    await page.getByRole('link', { name: new RegExp(`^${words[language].nav.health}`) }).click();
    await page.locator('.health-line').first().waitFor();
  });
});
