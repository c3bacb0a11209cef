import { describe, expect, it } from 'vitest';
import { missing } from '../../support/environment.ts';
import { busyEvening } from '../../support/window-scene.ts';
import { eventually, windowTests, words } from '../../support/window-test.ts';

describe.skipIf(missing('chromium'))('the live window', () => {
  const windows = windowTests();

  it.each(['zh', 'en'] as const)(
    'says that the station is gone, and takes the new state when it is back (%s)',
    async (language) => {
      const { station, page, sees, row } = await windows.open({ language }, busyEvening);
      await row('t000007').waitFor();
      await station.stop();
      await sees(words[language].connection.lost);
      // What was known stays on the page.
      await row('t000007').waitFor();
      station.queue.complete('t000007');
      station.queue.submit('https://drafts.example.com/new', 'while away');
      await station.restart();
      await page.getByText(words[language].connection.lost).waitFor({ state: 'detached', timeout: 20_000 });
      await eventually(() => page.locator('.task-row.is-processing').count()).toBe(1);
      await eventually(() => page.locator('.queue-count-value').allTextContents()).toEqual(['1', '13', '5', '1']);
    },
  );

  it('asks for a token when it has none, and opens with it', async () => {
    const { station, page, sees } = await windows.open({}, busyEvening);
    await page.context().clearCookies();
    await page.goto(station.url);
    await sees(words.zh.connection.refusedTitle);
    await page.goto(station.windowUrl);
    await page.locator('[data-task="t000007"]').waitFor();
    // The token stays in no address.
    expect(page.url()).not.toContain('token');
  });

  it('does not shift while progress streams', async () => {
    const { station, page, row } = await windows.open({}, busyEvening, { reducedMotion: 'no-preference' });
    await row('t000007').waitFor();
    await page.evaluate(`
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts.push(entry.value);
      }).observe({ type: 'layout-shift' });
    `);
    for (let step = 1; step <= 60; step += 1) {
      station.queue.progress('t000007', 'export', 0.6 + step / 200, { speed: 1 + step / 10 });
      station.queue.progress('t000008', 'fetch', 0.7 + step / 300, {
        done: 3,
        total: 4,
        bytesPerSecond: step * 90_000,
      });
      await page.waitForTimeout(50);
    }
    await eventually(() => row('t000007').getByRole('progressbar').getAttribute('aria-valuenow')).toBe('86');
    expect(await page.evaluate('window.shifts')).toEqual([]);
  });

  it('moves the bar by a transform alone, so that it glides', async () => {
    const { page, row } = await windows.open({}, busyEvening, { reducedMotion: 'no-preference' });
    const fill = row('t000007').locator('.progress-fill');
    expect(await fill.evaluate((element) => element.style.cssText)).toMatch(
      /^transform: translateX\(-\d+(\.\d+)?%\);$/,
    );
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.progress-fill')).transitionProperty`)).toBe(
      'transform',
    );
  });

  it('says how long an export still takes once that can be told', async () => {
    const { station, row } = await windows.open({}, busyEvening);
    await row('t000007').waitFor();
    const remaining = row('t000007').locator('.time-line').nth(1);
    expect(await remaining.getAttribute('aria-hidden')).toBe('true');
    station.queue.progress('t000007', 'export', 0.65);
    await new Promise((resolve) => setTimeout(resolve, 1700));
    station.queue.progress('t000007', 'export', 0.75);
    await eventually(() => remaining.locator('dd').textContent()).toMatch(/^0:\d\d$/);
  });
});
