import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiUnderTest, startApi } from '../../support/api-server.ts';
import { chromiumPath, missing } from '../../support/environment.ts';
import { someTask, status } from '../../support/fake-port.ts';
import { makeMovie, scratchFolder } from '../../support/media.ts';

const link = 'https://example.com/d.json';

/** What browsers really do with the guard, the cookie, the policy and the videos. */
describe.skipIf(missing('chromium'))('in a browser', () => {
  const scratch = scratchFolder('api-browser');
  const foreign = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>a foreign page</title>');
  });
  let browser: Browser;
  let api: ApiUnderTest;
  let page: Page;
  let foreignUrl = '';

  beforeAll(async () => {
    mkdirSync(path.join(scratch.folder, 'assets'));
    writeFileSync(
      path.join(scratch.folder, 'index.html'),
      '<!doctype html><title>window</title><script>window.inlineRan = true;</script><script src="/assets/a.js"></script>',
    );
    writeFileSync(
      path.join(scratch.folder, 'assets/a.js'),
      `window.seen = [];
       const source = new EventSource('/api/events');
       for (const type of ['snapshot', 'task']) source.addEventListener(type, (event) => window.seen.push(JSON.parse(event.data)));`,
    );
    api = await startApi({ staticFolder: scratch.folder });
    api.port.files.set('a.mp4', await makeMovie(path.join(scratch.folder, 'a.mp4')));
    api.port.statuses.set(link, status({ status: 'completed', progress: 100, videoUrl: '/v1/videos/a.mp4' }));
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
  });

  beforeEach(async () => {
    await page?.context().close();
    page = await (await browser.newContext()).newPage();
    api.port.settingsNow = { ...api.port.settingsNow, allowedHosts: [] };
  });

  afterAll(async () => {
    await browser?.close();
    foreign.close();
    scratch.remove();
  });

  /** The length of a video that a page shows, or `refused`. Scripts go in as text: these tests know no DOM types. */
  const play = (url: string) =>
    page.evaluate<number | string>(`new Promise((resolve) => {
      const video = document.createElement('video');
      video.addEventListener('loadedmetadata', () => resolve(video.duration));
      video.addEventListener('error', () => resolve('refused'));
      video.src = ${JSON.stringify(url)};
    })`);
  const submit = (url: string, headers: Record<string, string>, mode: 'cors' | 'no-cors') =>
    page.evaluate(
      async (request) => {
        const { url: target, ...rest } = request;
        const answer = await fetch(`${target}/v1/gen_video`, { method: 'POST', ...rest }).catch(() => null);
        return answer === null ? 'refused' : answer.type === 'opaque' ? 'opaque' : answer.status;
      },
      { url, headers, mode, body: JSON.stringify({ draft_url: 'https://example.com/from-a-page.json' }) },
    );

  it('opens the window by the printed address and follows the events with its cookie', async () => {
    await page.goto(`${api.url}/?token=${api.port.token}`);
    expect(page.url()).toBe(`${api.url}/`);
    await expect.poll(() => page.evaluate('window.seen?.length ?? 0')).toBeGreaterThanOrEqual(1);
    api.port.add(someTask('while watching'));
    await expect.poll(() => page.evaluate('window.seen.length')).toBeGreaterThanOrEqual(2);
    expect(await page.evaluate('window.seen[1].task.id')).toBe('while watching');
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  it('runs no script that is written into a page', async () => {
    await page.goto(api.url);
    expect(await page.evaluate('[typeof window.seen, typeof window.inlineRan]')).toEqual(['object', 'undefined']);
  });

  it('plays a finished video where the status says it is', async () => {
    await page.goto(`${api.url}/v1`);
    const answer = await page.evaluate(async (draftUrl) => {
      const response = await fetch('/v1/gen_video_status', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ draft_url: draftUrl }),
      });
      return (await response.json()) as { video_url: string };
    }, link);
    expect(answer.video_url).toBe(`${api.url}/v1/videos/a.mp4`);
    expect(await play(answer.video_url)).toBeGreaterThan(0);
  });

  it('gives a foreign page nothing and takes nothing from it', async () => {
    await page.goto(foreignUrl);
    expect(await submit(api.url, { 'Content-Type': 'application/json' }, 'cors')).toBe('refused');
    expect(await submit(api.url, { 'Content-Type': 'text/plain' }, 'no-cors')).toBe('opaque');
    expect(await play(`${api.url}/v1/videos/a.mp4`)).toBe('refused');
    expect(api.port.submitted).toEqual([]);
  });

  it('follows a link from a foreign page to a video', async () => {
    await page.goto(foreignUrl);
    const opened = page.waitForEvent('popup');
    await page.evaluate(`{
      const anchor = document.createElement('a');
      anchor.href = ${JSON.stringify(`${api.url}/v1/videos/a.mp4`)};
      anchor.target = '_blank';
      document.body.append(anchor);
      anchor.click();
    }`);
    const popup = await opened;
    await popup.waitForLoadState();
    expect(await popup.evaluate(`document.querySelector('video') !== null`)).toBe(true);
  });

  it('serves a page whose host the operator has listed', async () => {
    api.port.settingsNow = { ...api.port.settingsNow, allowedHosts: [new URL(foreignUrl).host] };
    await page.goto(foreignUrl);
    expect(await submit(api.url, { 'Content-Type': 'application/json' }, 'cors')).toBe(200);
    expect(await play(`${api.url}/v1/videos/a.mp4`)).toBeGreaterThan(0);
    expect(api.port.submitted).toEqual(['https://example.com/from-a-page.json']);
  });
});
