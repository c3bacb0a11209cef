import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StationError, sentence } from '../../../main/shared/errors/index.ts';
import { missing } from '../../support/environment.ts';
import { guardLine } from '../../support/fake-content.ts';
import { busyEvening } from '../../support/window-scene.ts';
import { eventually, fill, windowTests, words } from '../../support/window-test.ts';

describe.skipIf(missing('chromium')).each(['zh', 'en'] as const)('the other pages (%s)', (language) => {
  const { nav, history, health, settings, statistics, api, firstRun, common, state, engine, app, empty } =
    words[language];
  const windows = windowTests();
  const open = async (route: string, prepare: Parameters<typeof windows.open>[1] = busyEvening) => {
    const window = await windows.open({ language }, prepare);
    await window.go(route);
    return window;
  };

  it('are all in the navigation', async () => {
    const { page } = await open('/queue');
    for (const [id, word] of Object.entries(nav)) {
      if (id === 'label') continue;
      await page.getByRole('link', { name: new RegExp(`^${word}`) }).click();
      await eventually(() => page.title()).toBe(`${word} · ${app.name}`);
    }
  });

  it('history: searches and filters, in the address too', async () => {
    const { page } = await open('/history');
    const rows = page.locator('.history-row');
    await eventually(() => rows.count()).toBeGreaterThan(10);
    await page.getByLabel(history.search).fill('t000005');
    await eventually(() => rows.count()).toBe(1);
    expect(page.url()).toContain('search=t000005');
    await page.getByRole('button', { name: history.clear }).first().click();
    await choose(page, history.state, state.failed);
    await eventually(() => rows.count()).toBe(1);
    await choose(page, history.engine, engine.jianying);
    await eventually(() => rows.count()).toBe(1);
    await choose(page, history.engine, engine.embedded);
    await page.getByText(history.noMatch).waitFor();
    await page.goto(`${page.url().split('#')[0]}#/history?state=completed&sort=oldest`);
    await eventually(() => rows.first().getAttribute('data-task')).toBe('t000001');
  });

  it('history: scrolls through pages of tasks, exports what is filtered, and acts on a task', async () => {
    const { page, station } = await open('/history', (s) => s.queue.fill(1500));
    await page.locator('.history-row').first().waitFor();
    await eventually(async () => {
      await page.locator('.history-scroll').evaluate((list) => list.scrollTo(0, 999_999));
      return page.locator('.history-row').last().getAttribute('data-task');
    }).toBe('t000001');
    await page.getByLabel(history.search).fill('t00000');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await eventually(() => page.getByRole('link', { name: history.csv }).getAttribute('href')).toContain(
          'search=t00000',
        );
        await page.getByRole('link', { name: history.csv }).click();
      })(),
    ]);
    expect(
      readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(10);
    await page.locator('[data-task="t000009"]').getByRole('button', { name: common.more }).click();
    await page.getByRole('menuitem', { name: words[language].action.cancel }).click();
    await eventually(() => station.queue.tasks.get('t000009')?.state).toBe('cancelled');
  });

  it('health: shows the worst first, and each remedy does what it says', async () => {
    const { page, station, go, sees } = await open('/health', (s) => {
      busyEvening(s);
      s.queue.setMode('paused');
      const line = { zh: '队列已暂停', en: 'The queue is paused', remedy: 'resume_queue', facts: {} } as const;
      s.health = { ...s.health, lines: [...s.health.lines, { id: 'queue', level: 'warning', ...line }] };
    });
    expect(await page.locator('.health-line').first().getAttribute('class')).toContain('is-problem');
    await page.getByRole('button', { name: health.remedy.resume_queue }).click();
    await eventually(() => station.queue.status().mode).toBe('running');
    await page.getByRole('button', { name: health.remedy.run_self_test }).click();
    await eventually(() => station.checks).toEqual(['self_test']);
    await page.getByRole('button', { name: health.remedy.install_jianying }).click();
    await page.getByRole('dialog').getByText(health.installBody).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: common.ok }).click();
    station.health = { ...station.health, lines: station.health.lines.filter(({ level }) => level === 'ok') };
    station.queue.changed('health');
    await sees(new RegExp(health.allGood));
    await page.getByRole('button', { name: health.remedy.open_settings }).first().click();
    await eventually(() => page.url()).toContain('/settings?group=network');
    await go('/health');
  });

  it('health: switches the update guard on and off, after saying what it changes and where', async () => {
    const off = guardLine(false);
    const { page, station, sees } = await open('/health', (s) => {
      s.health = { ...s.health, lines: [...s.health.lines, off] };
    });
    const dialog = page.getByRole('dialog');
    const lines = page.locator('.health-line');
    const turnOn = lines.getByRole('button', { name: health.remedy.guard_on, exact: true });
    // A button at work takes no click.
    const idle = () => lines.locator('.ant-btn-loading').waitFor({ state: 'detached' });
    await turnOn.click();
    await dialog.getByText(fill(health.guard.onBody, off.facts as Record<string, string>)).waitFor();
    await dialog.getByRole('button', { name: common.cancel }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(station.health.lines).toContainEqual(off);
    await idle();

    station.failures.set('switchUpdateGuard', new StationError('JIANYING_GUARD_CLIENT_RUNNING'));
    await turnOn.click();
    await dialog.getByRole('button', { name: health.remedy.guard_on }).click();
    await sees(new RegExp(sentence({ code: 'JIANYING_GUARD_CLIENT_RUNNING', params: {} }, language).slice(0, 20)));
    expect(station.health.lines).toContainEqual(off);
    await dialog.waitFor({ state: 'detached' });
    await idle();

    await turnOn.click();
    await dialog.getByRole('button', { name: health.remedy.guard_on }).click();
    await sees(health.guard.onDone);
    await dialog.waitFor({ state: 'detached' });
    await lines.getByText(guardLine(true)[language], { exact: true }).waitFor();
    await idle();
    await lines.getByRole('button', { name: health.remedy.guard_off, exact: true }).click();
    await dialog.getByText(fill(health.guard.offBody, off.facts as Record<string, string>)).waitFor();
    await dialog.getByRole('button', { name: health.remedy.guard_off }).click();
    await sees(health.guard.offDone);
    expect(station.health.lines).toContainEqual(off);
  });

  it('settings: checks while typing, saves what was changed, and shows secrets only as set', async () => {
    const { page, station, sees } = await open('/settings', (s) => {
      s.queue.settings = { ...s.queue.settings, apiKey: 'very secret' };
    });
    const port = page.getByLabel(settings.fields.port.label, { exact: true });
    await port.fill('70000');
    await sees(fill(settings.errors.between, { min: 0, max: 65535 }));
    expect(await page.getByRole('button', { name: settings.save }).isDisabled()).toBe(true);
    await port.fill('8123');
    await choose(page, settings.fields.preset.codec.label, settings.options.preset.codec.hevc);
    await page.getByLabel(settings.fields.mediaHosts.label).fill('192.168.1.20:9000\n');
    await page.getByRole('switch', { name: settings.fields.jianyingMayClose.label }).click();
    expect(await page.getByLabel(settings.fields.apiKey.label, { exact: true }).inputValue()).toBe('');
    expect(await page.content()).not.toContain('very secret');
    await page.getByRole('button', { name: settings.save }).click();
    await sees(settings.savedRestart);
    expect(station.queue.settings).toMatchObject({
      port: 8123,
      preset: { codec: 'hevc', resolution: 'draft' },
      mediaHosts: ['192.168.1.20:9000'],
      jianyingMayClose: true,
      apiKey: 'very secret',
    });
  });

  it('settings: changes can be discarded, and language and theme count at once', async () => {
    const { page, station } = await open('/settings', () => {});
    await page.getByLabel(settings.fields.port.label, { exact: true }).fill('9000');
    await page.getByRole('button', { name: settings.discard }).click();
    expect(await page.getByLabel(settings.fields.port.label, { exact: true }).inputValue()).toBe('8000');
    await choose(page, settings.fields.theme.label, settings.options.theme.dark);
    await page.getByRole('button', { name: settings.save }).click();
    await eventually(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(station.queue.settings.theme).toBe('dark');
  });

  it('switches language and theme of this window alone', async () => {
    const { page, station } = await open('/queue');
    const other = language === 'zh' ? 'en' : 'zh';
    await page.getByRole('button', { name: language === 'zh' ? 'English' : '中文' }).click();
    await page.getByRole('link', { name: words[other].nav.history }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(other === 'zh' ? 'zh-CN' : 'en');
    await page.getByRole('button', { name: words[other].app.theme }).click();
    await page.getByRole('menuitem', { name: words[other].app.appearance.dark }).click();
    await eventually(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.reload();
    await page.getByRole('link', { name: words[other].nav.history }).waitFor();
    expect(station.queue.settings).toMatchObject({ language: 'zh', theme: 'system' });
  });

  it('statistics: draws the days and gives the same numbers as a table', async () => {
    const { page } = await open('/statistics');
    await page.locator('.days-plot').waitFor();
    expect(await page.getByRole('table', { name: statistics.days }).getByRole('row').count()).toBe(31);
    await page.getByText('98.2%').waitFor();
  });

  it('API: shows the contract with this address, and tries it out for real', async () => {
    const { page, station, sees } = await open('/api', () => {});
    await page.getByText(`curl -X POST ${station.url}/v1/gen_video`).first().waitFor();
    await page.getByRole('tab', { name: 'Python' }).click();
    await page.getByText(`BASE = "${station.url}"`).waitFor();
    await page.getByRole('tab', { name: api.coze.name }).click();
    await sees(api.coze.steps);
    await page
      .getByLabel(`/v1/gen_video ${api.body}`, { exact: true })
      .fill('{"draft_url": "https://drafts.example.com/9"}');
    await page.getByRole('button', { name: `${api.send} POST /v1/gen_video`, exact: true }).click();
    await page.getByText('视频生成任务已提交').waitFor();
    expect(station.queue.line()).toHaveLength(1);
    await page.getByLabel(`/v1/gen_video_status ${api.body}`, { exact: true }).fill('{');
    await page.getByRole('button', { name: `${api.send} POST /v1/gen_video_status`, exact: true }).click();
    await sees(new RegExp(api.badJson.split('{')[0] ?? ''));
  });

  it('the first run is guided, once', async () => {
    const { page, station } = await open('/queue', (s) => {
      s.queue.settings = { ...s.queue.settings, firstRunDone: false };
    });
    const guide = page.getByRole('dialog');
    await guide.getByText(firstRun.title).waitFor();
    const next = guide.getByRole('button', { name: common.next });
    await next.click();
    await guide.getByText(firstRun.jianyingMissing).waitFor();
    await next.click();
    await guide.getByLabel(settings.fields.outputFolder.label).fill('/srv/videos');
    await next.click();
    await guide.getByRole('button', { name: empty.sample }).click();
    await guide.getByText(firstRun.sampleDone).waitFor();
    await next.click();
    await guide.getByText(`${station.url}/v1/gen_video`, { exact: true }).waitFor();
    await guide.getByRole('button', { name: firstRun.start }).click();
    await guide.waitFor({ state: 'detached' });
    expect(station.queue.settings).toMatchObject({ firstRunDone: true, outputFolder: '/srv/videos' });
    await page.reload();
    await page.locator('.task-row').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

/** Picks from a select box by its label. */
async function choose(
  page: Awaited<ReturnType<ReturnType<typeof windowTests>['open']>>['page'],
  label: string,
  option: string,
) {
  await page.getByRole('combobox', { name: label }).click();
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .getByText(option, { exact: true })
    .click();
}
