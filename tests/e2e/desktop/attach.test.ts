import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, type Screen, startApp, startScreen, stationPage } from '../../support/electron.ts';
import { missing } from '../../support/environment.ts';
import { startTestStation } from '../../support/station.ts';

const pictures = path.resolve(import.meta.dirname, '../../../test-artifacts/desktop');

describe.skipIf(missing('electron', 'xvfb'))('the app attached to a station', () => {
  let screen: Screen;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    buildApp();
    screen = await startScreen();
  });
  afterAll(() => screen?.close());

  test('the window shows the queue of the station', async () => {
    const station = await startTestStation();
    const app = await startApp(['--attach', station.url, '--token', station.token], { screen });
    const page = await stationPage(app);
    await page.getByText('剪映渲染站').first().waitFor();
    await page.screenshot({ path: path.join(pictures, 'window.png') });
    expect(new URL(page.url()).origin).toBe(station.url);
    expect(page.url()).not.toContain(station.token);
  });
});
