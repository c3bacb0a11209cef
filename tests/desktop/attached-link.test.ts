import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { attachedLink } from '../../main/desktop/attached-link.ts';
import type { LinkNews } from '../../main/desktop/station-link.ts';
import { startApi } from '../support/api-server.ts';
import { someTask } from '../support/fake-port.ts';

const soon = { timeout: 5000, interval: 10 };

function follow(url: string, token: string) {
  const link = attachedLink({ url, token, retryMs: 20 });
  const news: LinkNews[] = [];
  const end = link.subscribe((item) => news.push(item));
  onTestFinished(() => link.close(0));
  return { link, news, end };
}
const kinds = (news: readonly LinkNews[]) => news.map((item) => (item.type === 'event' ? item.event.type : item.type));

describe('a station elsewhere', async () => {
  const api = await startApi();
  const { port } = api;

  it('tells its settings, then a snapshot, then what changes', async () => {
    const { news, end } = follow(api.url, port.token);
    await vi.waitFor(() => expect(kinds(news)).toEqual(['settings', 'snapshot']), soon);
    expect(news[0]).toMatchObject({ settings: { language: 'zh', notifyCompleted: true, closeToTray: true } });
    port.add(someTask('a', { state: 'processing' }));
    await vi.waitFor(() => expect(kinds(news)).toEqual(['settings', 'snapshot', 'task']), soon);

    port.settingsNow = { ...port.settingsNow, language: 'en' };
    port.emit({ type: 'changed', version: 0, what: 'settings' });
    await vi.waitFor(() => expect(kinds(news).slice(3)).toEqual(['settings', 'changed']), soon);
    expect(news[3]).toMatchObject({ settings: { language: 'en' } });

    end();
    await vi.waitFor(() => expect(port.listeners.size).toBe(0), soon);
  });

  it('is paused, resumed and given drafts', async () => {
    const { link } = follow(api.url, port.token);
    expect(await link.pause()).toMatchObject({ mode: 'paused' });
    expect(await link.resume()).toMatchObject({ mode: 'running' });
    const id = await link.submit('https://example.com/draft');
    expect(port.tasks.some((task) => task.id === id)).toBe(true);
    await expect(link.submit('what?')).rejects.toThrow(/[一-龥]/);
  });

  it('has no folder on this computer, and its session is not ours', () => {
    const { link } = follow(api.url, port.token);
    expect(link.kind).toBe('attached');
    expect(link.outputFolder()).toBeNull();
    link.sessionChanged('locked');
    expect(link.windowUrl).toBe(`${api.url}/?token=${port.token}`);
  });

  it('that refuses the token is told apart from one that does not answer', async () => {
    const { news } = follow(api.url, 'another-token-of-another-station');
    await vi.waitFor(() => expect(news).toContainEqual({ type: 'lost', reason: 'refused' }), soon);
    const nobody = follow('http://127.0.0.1:9', port.token);
    await vi.waitFor(() => expect(nobody.news).toContainEqual({ type: 'lost', reason: 'unreachable' }), soon);
  });

  it('is tried again until it answers', async () => {
    const { news } = follow('http://127.0.0.1:9', port.token);
    await vi.waitFor(() => expect(news.length).toBeGreaterThan(2), soon);
    expect(news.every((item) => item.type === 'lost')).toBe(true);
  });

  it('is given up when something else answers in its place, never followed elsewhere', async () => {
    const asked: (string | undefined)[] = [];
    const impostor = createServer((request, response) => {
      asked.push(request.url);
      if (request.url === '/elsewhere') response.end('leaked');
      else response.writeHead(302, { location: '/elsewhere' }).end();
    });
    impostor.listen(0, '127.0.0.1');
    await once(impostor, 'listening');
    onTestFinished(() => void impostor.close());
    const { news } = follow(`http://127.0.0.1:${(impostor.address() as AddressInfo).port}`, port.token);
    await vi.waitFor(() => expect(news).toContainEqual({ type: 'lost', reason: 'unreachable' }), soon);
    expect(asked).not.toContain('/elsewhere');
  });
});
