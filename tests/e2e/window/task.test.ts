import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { missing } from '../../support/environment.ts';
import { makeMovie } from '../../support/media.ts';
import { tempFolder } from '../../support/temp.ts';
import { busyEvening, drawCover } from '../../support/window-scene.ts';
import { eventually, fill, windowTests, words } from '../../support/window-test.ts';

describe.skipIf(missing('chromium')).each(['zh', 'en'] as const)('the drawer of a task (%s)', (language) => {
  const { task: w, action, log, report, stageShort, common } = words[language];
  const windows = windowTests();
  const open = async (id: string, prepare: Parameters<typeof windows.open>[1] = () => {}) => {
    const window = await windows.open({ language }, (station) => {
      busyEvening(station);
      prepare(station);
    });
    await window.go(`/queue?task=${id}`);
    return { ...window, drawer: window.page.getByRole('dialog') };
  };

  it('opens with a click, is part of the address, and closes again', async () => {
    const { page, row } = await windows.open({ language }, busyEvening);
    await row('t000007').locator('.task-name').click();
    await page.getByRole('dialog').waitFor();
    expect(page.url()).toContain('task=t000007');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('task=');
  });

  it('plays the video and jumps within it', async () => {
    const clip = await makeMovie(path.join(tempFolder(), 'clip.mp4'), { frames: 90, toneHz: 440 });
    const { page, drawer } = await open('t000006', (station) => {
      station.media.video = clip;
    });
    const player = drawer.locator('video');
    await player.waitFor();
    await eventually(() => player.evaluate((video: HTMLMediaElementLike) => video.readyState)).toBeGreaterThan(0);
    const ranges = page.waitForResponse((response) => response.status() === 206);
    await player.evaluate((video: HTMLMediaElementLike) => {
      video.currentTime = 2;
    });
    await ranges;
    await eventually(() => player.evaluate((video: HTMLMediaElementLike) => video.currentTime)).toBeCloseTo(2, 1);
  });

  it('copies the link of the video and offers it for saving', async () => {
    const { page, drawer, station, sees } = await open('t000006');
    await drawer.getByRole('button', { name: action.copyLink }).click();
    await sees(common.copied);
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${station.url}/v1/videos/t000006.mp4`);
    const save = drawer.getByRole('link', { name: action.saveAs });
    expect(await save.getAttribute('download')).toMatch(/\.mp4$/);
    // Only a desktop can open folders.
    expect(await drawer.getByRole('button', { name: action.reveal }).count()).toBe(0);
  });

  it('opens and reveals the file on a desktop', async () => {
    const { page, go, drawerOf } = await desktopWindow();
    await go('/queue?task=t000006');
    await drawerOf().getByRole('button', { name: action.openFile }).click();
    await drawerOf().getByRole('button', { name: action.reveal }).click();
    await eventually(() => page.evaluate('window.asked')).toEqual([
      'open /videos/t000006.mp4',
      'reveal /videos/t000006.mp4',
    ]);
  });

  async function desktopWindow() {
    const window = await windows.open({ language }, busyEvening);
    await window.page.addInitScript(`
      window.asked = [];
      window.desktop = {
        platform: 'linux', localStation: true, onShowTask: () => () => {},
        openFile: async (file) => { window.asked.push('open ' + file); return true; },
        revealFile: async (file) => { window.asked.push('reveal ' + file); return true; },
      };`);
    await window.page.reload();
    return { ...window, drawerOf: () => window.page.getByRole('dialog') };
  }

  it('shows where the time went', async () => {
    const { drawer } = await open('t000006');
    await drawer.getByText(stageShort.export, { exact: true }).waitFor();
    expect(await drawer.locator('.timeline-span').allTextContents()).toEqual(['6.2 s', '1.4 s', '0:48', '0.9 s']);
  });

  it('says what became of the webhook, follows it, and sends it again', async () => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const common = { triedAt: at(-1), dueAt: null, error: null } as const;
    const { drawer, station } = await open('t000006', ({ webhooks }) => {
      webhooks.set('t000006', { ...common, state: 'waiting', tries: 3, answer: 'HTTP 503', dueAt: at(2) });
    });
    await drawer.getByText(/HTTP 503/).waitFor();
    await drawer.getByRole('button', { name: w.webhook.now }).waitFor();
    const error = { code: 'WEBHOOK_REFUSED', zh: '接收方拒绝了', en: 'The receiver refused' };
    station.webhooks.set('t000006', { ...common, state: 'given_up', tries: 4, answer: 'HTTP 410', error });
    await drawer.getByText(error[language]).waitFor();
    station.queue.settings = { ...station.queue.settings, webhookUrl: 'http://127.0.0.1:9/hook' };
    await drawer.getByRole('button', { name: w.webhook.again }).click();
    await drawer.getByText(w.webhook.sending).waitFor();
    station.webhooks.set('t000006', { ...common, state: 'delivered', tries: 1, answer: 'HTTP 204' });
    await drawer.getByText(/HTTP 204/).waitFor();
  });

  it('explains a failure, shows its pictures, and hands out a package for support', async () => {
    const { page, drawer, station } = await open('t000005', (s) => {
      s.media.cover = drawCover(tempFolder());
    });
    await drawer.getByText(w.whatHappened).waitFor();
    await drawer.getByText('7434912345678901234').first().waitFor();
    const picture = drawer.getByRole('img', { name: fill(w.evidencePicture, { name: 'screen-1.png' }) });
    await eventually(() => picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth)).toBe(320);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      drawer.getByRole('link', { name: w.support }).click(),
    ]);
    expect(download.suggestedFilename()).toContain('t000005');
    await drawer.getByRole('button', { name: action.retry }).click();
    await eventually(() => station.queue.line().length).toBe(13);
  });

  it('reports what is in the draft and what will not be drawn', async () => {
    const { drawer } = await open('t000005');
    await drawer.getByRole('tab', { name: w.tabs.report }).click();
    await drawer.getByText(report.embedded.degraded).waitFor();
    await drawer.getByText('抖音美好体').first().waitFor();
    await drawer.getByRole('cell', { name: report.states.missing }).waitFor();
  });

  it('filters the log', async () => {
    const { page, drawer } = await open('t000005');
    await drawer.getByRole('tab', { name: w.tabs.log }).click();
    await eventually(() => drawer.locator('.log-line').count()).toBe(6);
    // A line of the station's own in the language of the window.
    expect(await drawer.locator('.log-line').first().textContent()).toContain(
      language === 'zh' ? '开始获取草稿与素材（第 1 次尝试）。' : 'Stage fetch starts (attempt 1).',
    );
    await drawer.getByLabel(log.filter).fill('404');
    await eventually(() => drawer.locator('.log-line').count()).toBe(1);
    await drawer.getByLabel(log.filter).fill('');
    await drawer.getByRole('combobox', { name: log.level }).click();
    await page.getByText(log.levels.error, { exact: true }).last().click();
    await eventually(() => drawer.locator('.log-line').count()).toBe(1);
  });

  it('says that a task is gone', async () => {
    const { sees } = await open('t999999');
    await sees(w.gone);
  });
});

/** The parts of a media element that a test reads; the tests know no DOM types. */
interface HTMLMediaElementLike {
  readonly readyState: number;
  currentTime: number;
}
