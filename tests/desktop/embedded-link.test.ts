import { describe, expect, it } from 'vitest';
import { embeddedLink } from '../../main/desktop/embedded-link.ts';
import type { LinkNews } from '../../main/desktop/station-link.ts';
import { startStation } from '../../main/station.ts';
import { tempFolder } from '../support/temp.ts';

describe("the app's own station", () => {
  it('tells settings and events, is paused, given drafts, and stopped twice without harm', async () => {
    const station = await startStation({ dataFolder: tempFolder(), port: 0 });
    const link = embeddedLink(station);
    expect(link.kind).toBe('embedded');
    expect(link.origin).toBe(station.listening.url);
    expect(link.windowUrl).toContain(station.port.token);
    expect(link.outputFolder()).toBe(station.paths.videos);

    const news: LinkNews[] = [];
    const end = link.subscribe((item) => news.push(item));
    expect(news.map((item) => item.type)).toEqual(['settings', 'event']);
    expect(await link.pause()).toMatchObject({ mode: 'paused' });
    const id = await link.submit('https://example.com/draft.zip');
    expect(station.port.task(id)).toMatchObject({ state: 'pending' });
    await expect(link.submit('what is this?')).rejects.toMatchObject({ code: 'DRAFT_LINK_UNRECOGNISED' });
    await station.port.changeSettings({ language: 'en', outputFolder: tempFolder() });
    expect(news.at(-2)).toMatchObject({ type: 'settings', settings: { language: 'en' } });
    expect(link.outputFolder()).not.toBe(station.paths.videos);
    for (const change of ['locked', 'unlocked', 'suspended', 'resumed'] as const) link.sessionChanged(change);
    end();
    await Promise.all([link.close(60_000), link.close(0)]);
    await link.close(0);
  });
});
