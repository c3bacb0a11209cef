import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { missing } from '../../support/environment.ts';
import { busyEvening, drawCover } from '../../support/window-scene.ts';
import { eventually, windowTests, words } from '../../support/window-test.ts';

const pictures = path.resolve(import.meta.dirname, '../../../test-artifacts/window');

/** Everything that can be shown, with something to wait for. */
const views = {
  queue: ['/queue', '.task-row'],
  history: ['/history', '.history-row'],
  health: ['/health', '.health-line'],
  statistics: ['/statistics', '.days-plot'],
  api: ['/api', '.operation'],
  settings: ['/settings', '.settings-group'],
  task: ['/queue?task=t000006', '.player'],
  failure: ['/queue?task=t000005', '.failure'],
} as const;

/** Until everything that moves and ends has ended; what turns for ever (a busy sign) is not waited for. */
const stillness = `Promise.all(document.getAnimations()
  .filter((animation) => animation.effect.getComputedTiming().iterations !== Infinity)
  .map((animation) => animation.finished.catch(() => {})))`;

const sizes = { desk: [1440, 900], narrow: [900, 800], phone: [390, 844] } as const;

describe.skipIf(missing('chromium')).each(['zh', 'en'] as const)('every page (%s)', (language) => {
  const windows = windowTests();

  for (const theme of ['light', 'dark'] as const) {
    for (const [size, [width, height]] of Object.entries(sizes)) {
      it(`is readable and accessible: ${theme}, ${size}`, async () => {
        const folder = path.join(pictures, `${language}-${theme}-${size}`);
        mkdirSync(folder, { recursive: true });
        const { page, go, problems } = await windows.open({ language, theme, width, height }, (station) => {
          busyEvening(station);
          station.media.cover = drawCover(folder);
        });
        for (const [name, [route, sign]] of Object.entries(views)) {
          await go(route);
          await page.locator(sign).first().waitFor();
          await page.evaluate(stillness);
          await page.screenshot({ path: path.join(folder, `${name}.png`) });
          // Colours and structure are the same in both languages, lengths are not.
          const { violations } =
            language === 'zh' || size === 'desk' ? await new AxeBuilder({ page }).analyze() : { violations: [] };
          const found = violations.map(
            ({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target).join(' | ')}`,
          );
          expect(found).toEqual([]);
          const wide = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          expect(wide, `${name} scrolls sideways`).toBe(0);
        }
        // The fake station has no video to show; everything else is in order.
        expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
      });
    }
  }

  it.each(['light', 'dark'] as const)('has accessible dialogs (%s)', async (theme) => {
    const { page, row, button } = await windows.open({ language, theme }, busyEvening);
    const violations = async () => {
      await page.evaluate(stillness);
      const found = await new AxeBuilder({ page }).analyze();
      return found.violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target).join(' | ')}`);
    };
    const dialog = page.getByRole('dialog');
    await row('t000007').getByRole('button', { name: words[language].action.cancel }).click();
    await dialog.getByText(words[language].action.cancelBody).waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await button(words[language].queue.add).click();
    await dialog.getByLabel(words[language].add.label).waitFor();
    expect(await violations()).toEqual([]);
  });

  it('can be read at twice the size, and on a very wide screen', async () => {
    const folder = path.join(pictures, `${language}-scaled`);
    mkdirSync(folder, { recursive: true });
    for (const [name, width, height] of [
      ['200-percent', 720, 450],
      ['125-percent', 1152, 720],
      ['2560', 2560, 1440],
    ] as const) {
      const { page, go } = await windows.open({ language, width, height }, busyEvening);
      for (const [view, [route, sign]] of Object.entries(views)) {
        await go(route);
        await page.locator(sign).first().waitFor();
        await page.screenshot({ path: path.join(folder, `${name}-${view}.png`) });
        const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        expect(wide, `${view} at ${name}`).toBe(0);
      }
    }
  });

  it('is reachable by keyboard alone', async () => {
    const { page, row } = await windows.open({ language }, busyEvening);
    await row('t000007').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    const reached = new Set<string>();
    for (let press = 0; press < 60; press += 1) {
      await page.keyboard.press('Tab');
      reached.add(
        String(
          await page.evaluate(
            'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
          ),
        ),
      );
    }
    const { queue, action, common } = words[language];
    for (const name of [queue.pause, queue.add, action.cancel, action.toFront, common.more])
      expect(
        [...reached].some((label) => label.includes(name)),
        name,
      ).toBe(true);
    // Menus open by keyboard and give the focus back.
    const more = row('t000009').getByRole('button', { name: common.more });
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: action.details }).waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('menuitem').count()).toBe(0);
    expect(await more.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
  });
});
