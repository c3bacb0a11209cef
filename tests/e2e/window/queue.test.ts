import { describe, expect, it } from 'vitest';
import { missing } from '../../support/environment.ts';
import { busyEvening } from '../../support/window-scene.ts';
import { eventually, fill, windowTests, words } from '../../support/window-test.ts';

describe.skipIf(missing('chromium')).each(['zh', 'en'] as const)('the queue page (%s)', (language) => {
  const { queue: q, action, bulk, add, common, empty, state, stage } = words[language];
  const windows = windowTests();
  const open = (...[prepare = busyEvening]: [Parameters<typeof windows.open>[1]?]) =>
    windows.open({ language }, prepare);

  it('shows what is processed, what waits in order, and what has ended', async () => {
    const { page, station, row, problems } = await open();
    const [first = ''] = station.queue.line();
    await row('t000007').getByText(stage.export).waitFor();
    expect(await row('t000007').getByRole('progressbar').getAttribute('aria-valuenow')).toBe('74');
    expect(await row(first).locator('.task-position').textContent()).toBe('1');
    await page.locator('.queue-list').evaluate((list) => list.scrollTo(0, 99_999));
    await row('t000005').getByText(state.failed, { exact: true }).waitFor();
    await row('t000005').getByText('7434912345678901234').first().waitFor();
    // The fake station has no covers; everything else is in order.
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
  });

  it('follows a task live from the line to its end', async () => {
    const { station, row } = await open((s) => s.queue.submit('https://drafts.example.com/1', 'live'));
    await row('t000001').waitFor();
    station.queue.start('t000001');
    await row('t000001').getByText(stage.fetch).waitFor();
    station.queue.progress('t000001', 'export', 0.5, { speed: 2 });
    await row('t000001').getByText('2.0×').waitFor();
    await eventually(() => row('t000001').getByRole('progressbar').getAttribute('aria-valuenow')).toBe('70');
    station.queue.complete('t000001');
    await row('t000001').getByText(state.completed, { exact: true }).waitFor();
  });

  it('adds pasted links and says of each what became of it', async () => {
    const { page, station, button, sees } = await open();
    await button(q.add).click();
    await page.getByLabel(add.label).fill('https://drafts.example.com/a\nhttps://drafts.example.com/a\nnot a link');
    await button(fill(add.submit, { count: 2 })).click();
    await sees(fill(add.result, { ok: 1, bad: 1 }));
    await sees(add.created);
    expect(station.queue.line()).toHaveLength(13);
    // What was refused comes back to be corrected.
    await button(add.another).click();
    expect(await page.getByLabel(add.label).inputValue()).toBe('not a link');
  });

  it('looks at a draft before it is queued', async () => {
    const { page, station, button } = await open(() => {});
    await button(q.add).first().click();
    await page.getByLabel(add.label).fill('https://drafts.example.com/a');
    await button(add.check).click();
    await page.getByText(words[language].report.embedded.degraded).waitFor();
    expect(station.queue.tasks.size).toBe(0);
    // The report is about that link and goes with it.
    await page.getByLabel(add.label).fill('https://drafts.example.com/b');
    await page.getByText(words[language].report.embedded.degraded).waitFor({ state: 'detached' });
  });

  it('cancels a waiting task at once, and asks before it cancels one at work', async () => {
    const { page, station, row, button, sees } = await open();
    const [first = ''] = station.queue.line();
    const name = station.queue.tasks.get(first)?.name ?? '';
    await row(first).getByRole('button', { name: action.cancel }).click();
    await sees(fill(action.cancelled, { name }));
    await row('t000007').getByRole('button', { name: action.cancel }).click();
    await button(action.keep).click();
    expect(station.queue.tasks.get('t000007')?.state).toBe('processing');
    await row('t000007').getByRole('button', { name: action.cancel }).click();
    await page.getByRole('dialog').getByRole('button', { name: action.cancelConfirm }).click();
    await eventually(() => station.queue.tasks.get('t000007')?.state).toBe('cancelled');
  });

  it('says so when a task ended before it could be cancelled', async () => {
    const { page, station, row, sees } = await open();
    await row('t000007').getByRole('button', { name: action.cancel }).click();
    await page.getByRole('dialog').waitFor();
    station.queue.complete('t000007');
    await page.getByRole('dialog').getByRole('button', { name: action.cancelConfirm }).click();
    await sees(fill(action.alreadyFinished, { name: station.queue.tasks.get('t000007')?.name ?? '' }));
  });

  it('moves a task to the front, up and down', async () => {
    const { page, station, row } = await open();
    const before = station.queue.line();
    const [a = '', b = '', c = ''] = before;
    await row(c).getByRole('button', { name: action.toFront }).click();
    await eventually(() => station.queue.line().slice(0, 3)).toEqual([c, a, b]);
    await row(b).getByRole('button', { name: common.more }).click();
    await page.getByRole('menuitem', { name: action.up }).click();
    await eventually(() => station.queue.line().slice(0, 3)).toEqual([c, b, a]);
    await row(c).getByRole('button', { name: common.more }).click();
    await page.getByRole('menuitem', { name: action.down }).click();
    await eventually(() => station.queue.line().slice(0, 3)).toEqual([b, c, a]);
  });

  it('reorders by dragging, and by keyboard', async () => {
    const { page, station, row } = await open();
    const [a = '', b = '', c = '', d = ''] = station.queue.line();
    const handle = (id: string) =>
      row(id)
        .getByRole('button', { name: fill(q.drag, { name: '' }).slice(0, 2) })
        .first();
    const from = await handle(a).boundingBox();
    const to = await handle(c).boundingBox();
    if (from === null || to === null) throw new Error('handles are not on the page');
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 8, from.y + 30, { steps: 4 });
    await page.mouse.move(to.x + 8, to.y + 12, { steps: 12 });
    await page.mouse.up();
    await eventually(() => station.queue.line().slice(0, 4)).toEqual([b, c, a, d]);
    await eventually(() => page.locator('.task-row.is-pending').first().getAttribute('data-task')).toBe(b);

    await handle(d).focus();
    await page.keyboard.press('Space');
    await eventually(() => page.locator('.movable.is-dragged').count()).toBe(1);
    // The arrow keys count from the next turn of the page on.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))');
    await page.keyboard.press('ArrowUp');
    const name = station.queue.tasks.get(d)?.name ?? '';
    await eventually(() => page.locator('[aria-live]').allTextContents()).toContain(
      fill(q.over, { name, position: 3 }),
    );
    await page.keyboard.press('Space');
    await eventually(() => station.queue.line().slice(0, 4)).toEqual([b, c, d, a]);
  });

  it('retries one failed task, or all of them', async () => {
    const { page, station, row, button, sees } = await open();
    await page.locator('.queue-list').evaluate((list) => list.scrollTo(0, 99_999));
    await row('t000005').getByRole('button', { name: action.retry }).click();
    await sees(fill(action.retried, { name: station.queue.tasks.get('t000005')?.name ?? '' }));
    expect(station.queue.line()).toHaveLength(13);
    station.queue.fail(station.queue.line()[0] ?? '');
    await button(q.retryAllFailed).click();
    await sees(fill(q.retriedAll, { count: 2 }));
  });

  it('removes a finished task after a question', async () => {
    const { page, station, row } = await open();
    await page.locator('.queue-list').evaluate((list) => list.scrollTo(0, 99_999));
    await row('t000005').getByRole('button', { name: action.remove }).click();
    await page.getByRole('dialog').getByRole('button', { name: action.removeConfirm }).click();
    await row('t000005').waitFor({ state: 'detached' });
    expect(station.queue.tasks.has('t000005')).toBe(false);
  });

  it('acts on many ticked tasks at once', async () => {
    const { page, station, row, button, sees } = await open();
    const line = station.queue.line();
    await row(line[0] ?? '')
      .getByRole('checkbox')
      .check();
    await row(line[2] ?? '')
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    await sees(fill(bulk.selected, { count: 3 }));
    await button(fill(bulk.cancel, { count: 3 })).click();
    await page.getByRole('dialog').getByRole('button', { name: action.cancelConfirm }).click();
    await sees(fill(bulk.cancelled, { done: 3, late: 0 }));
    await eventually(() => station.queue.line()).toEqual(line.slice(3));

    await row(line[4] ?? '')
      .getByRole('checkbox')
      .check();
    await row(line[5] ?? '')
      .getByRole('checkbox')
      .check();
    await button(fill(bulk.toFront, { count: 2 })).click();
    await eventually(() => station.queue.line().slice(0, 2)).toEqual([line[4], line[5]]);
  });

  it('pauses and resumes the queue, and says that it stops after the current tasks', async () => {
    const { page, station, button, sees } = await open();
    await button(q.pause).click();
    await sees(fill(q.pausedFinishing, { count: 2 }));
    expect(station.queue.status().mode).toBe('paused');
    await button(q.resume).first().click();
    await eventually(() => station.queue.status().mode).toBe('running');
    await button(common.more).first().click();
    await page.getByRole('menuitem', { name: q.finishAndStop }).click();
    await sees(fill(q.pausedFinishing, { count: 2 }));
    await eventually(() => station.queue.status().mode).toBe('paused');
  });

  it('stops at once when asked to, after a question', async () => {
    const { page, station, button } = await open();
    await button(common.more).first().click();
    await page.getByRole('menuitem', { name: q.stopNow }).click();
    await page.getByRole('dialog').getByRole('button', { name: q.stopNowConfirm }).click();
    await eventually(() => station.queue.status()).toMatchObject({ mode: 'paused', counts: { processing: 0 } });
  });

  it('tells why the station paused the queue', async () => {
    const { station, sees } = await open();
    const reason = { code: 'DISK_SHORT', zh: '磁盘空间不足：D 盘', en: 'Not enough disk space: D' };
    station.queue.setMode('paused', reason);
    await sees(reason[language]);
  });

  it('teaches the first submission while it is empty, and renders the sample', async () => {
    const { page, station, button, sees, row } = await open(() => {});
    await sees(empty.title);
    await page.getByText(`${station.url}/v1/gen_video`).first().waitFor();
    await button(empty.sample).click();
    await row('t000001').waitFor();
  });
});
