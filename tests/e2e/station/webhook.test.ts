import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { deliveriesOf, startReceiver } from '../../support/receiver.ts';
import { makeSmallDraft } from '../../support/small-draft.ts';
import { startTestStation } from '../../support/station.ts';

let short = '';
beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'station-drafts-'));
  short = await makeSmallDraft(path.join(folder, 'short'), { name: '短片' });
  return () => rmSync(folder, { recursive: true, force: true });
});

const soon = { timeout: 20_000, interval: 50 };

describe('the webhook of a station', () => {
  it('that is killed while its receiver hangs hears of the result after the restart, once, and signed', async () => {
    const receiver = await startReceiver();
    receiver.answer = () => {};
    const settings = { webhookUrl: receiver.url, webhookSecret: 'secret' };
    const station = await startTestStation({ settings });
    await station.submit(short);
    // A receiver that hangs delays no task.
    const status = (await station.finished(short)).at(-1);
    expect(status?.status).toBe('completed');
    await expect.poll(() => receiver.notices.length, soon).toBe(1);
    const { id } = await station.newest();
    expect((await station.detail(id)).webhook).toMatchObject({ state: 'waiting', tries: 0 });
    await station.kill();

    receiver.answer = (response) => void response.writeHead(204).end();
    const again = await startTestStation({ data: station.data });
    await expect.poll(async () => (await again.detail(id)).webhook?.state, soon).toBe('delivered');
    expect(receiver.notices).toHaveLength(2);
    expect(deliveriesOf(receiver)).toHaveLength(1);
    const [, { headers, body } = { headers: {}, body: '' }] = receiver.notices;
    const signed = `${headers['x-station-timestamp']}.${body}`;
    expect(headers['x-station-signature']).toBe(
      `sha256=${createHmac('sha256', 'secret').update(signed).digest('hex')}`,
    );
    const told = JSON.parse(body) as Record<string, unknown>;
    expect(told).toMatchObject({ task_id: id, draft_url: short, status: 'completed', progress: 100 });
    expect((await fetch(String(told.video_url))).status).toBe(200);
    const log = readFileSync(path.join(station.data, 'tasks', id, 'log.jsonl'), 'utf8');
    expect(log).toContain('Webhook delivered at try 1: HTTP 204.');

    // Delivered is delivered: a third start tells nobody anything.
    await again.stop();
    const third = await startTestStation({ data: station.data });
    await third.api('POST', `/api/tasks/${id}/notify`);
    await expect.poll(() => receiver.notices.length, soon).toBe(3);
    // What the operator sends again is no repetition.
    expect(deliveriesOf(receiver)).toHaveLength(2);
  });

  it('that is refused is given up with a sentence, on the health page too', async () => {
    const receiver = await startReceiver();
    receiver.answer = (response) => void response.writeHead(410).end();
    const station = await startTestStation({ settings: { webhookUrl: receiver.url } });
    await station.submit(short);
    await station.finished(short);
    const { id } = await station.newest();
    await expect.poll(async () => (await station.detail(id)).webhook?.state, soon).toBe('given_up');
    expect((await station.detail(id)).webhook?.error).toMatchObject({
      code: 'WEBHOOK_REFUSED',
      zh: expect.stringContaining('HTTP 410'),
      en: expect.stringContaining('HTTP 410'),
    });
    const health = (await (await station.api('GET', '/api/health')).json()) as { lines: { id: string }[] };
    expect(health.lines.map((line) => line.id)).toContain('webhook');
    expect(readFileSync(path.join(station.data, 'tasks', id, 'log.jsonl'), 'utf8')).toContain('WEBHOOK_REFUSED');
  });

  it('of a receiver that is down, behind a wrong address, is delivered as soon as the address is corrected', async () => {
    const wrong = await startReceiver();
    wrong.answer = (response) => void response.writeHead(503, { 'retry-after': '3600' }).end();
    const right = await startReceiver();
    const station = await startTestStation({ settings: { webhookUrl: wrong.url } });
    await station.submit(short);
    await station.finished(short);
    const { id } = await station.newest();
    await expect.poll(async () => (await station.detail(id)).webhook?.tries, soon).toBe(1);
    const waiting = (await station.detail(id)).webhook;
    expect(waiting).toMatchObject({ state: 'waiting', answer: 'HTTP 503' });
    // It asked for an hour and gets it.
    expect(Date.parse(waiting?.dueAt ?? '') - Date.parse(waiting?.triedAt ?? '')).toBe(3_600_000);
    await station.api('PATCH', '/api/settings', { webhookUrl: right.url });
    await expect.poll(async () => (await station.detail(id)).webhook?.state, soon).toBe('delivered');
    expect(deliveriesOf(right)).toEqual(deliveriesOf(wrong));
    const log = (await (await station.api('GET', `/api/tasks/${id}/log`)).json()) as { lines: { zh?: string }[] };
    expect(log.lines.map(({ zh }) => zh)).toEqual(
      expect.arrayContaining([
        '开始获取草稿与素材（第 1 次尝试）。',
        '结果通知第 1 次未送达（HTTP 503），3600 秒后重试。',
        '结果通知已送达（第 2 次，HTTP 200）。',
      ]),
    );
  });
});
