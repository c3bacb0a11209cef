import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliverWebhook, type WebhookBody, type WebhookTarget } from '../../main/publish/webhook.ts';

const content: WebhookBody = {
  task_id: 't',
  draft_url: 'u',
  status: 'completed',
  progress: 100,
  video_url: 'v',
  error_message: '',
  created_at: '2026-01-01T00:00:00.000Z',
  started_at: null,
  completed_at: null,
};

function target(answers: (number | Error)[]) {
  const sent: { headers: Record<string, string>; body: string }[] = [];
  const pauses: number[] = [];
  const webhook: WebhookTarget = {
    url: 'https://example.com/hook',
    secret: 'secret',
    nowMs: () => 1_700_000_000_500,
    pause: async (ms) => void pauses.push(ms),
    send: async (_url, headers, body) => {
      sent.push({ headers, body });
      const answer = answers.shift() ?? 500;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { webhook, sent, pauses };
}

describe('a webhook', () => {
  it('is signed so that the receiver can check sender and time', async () => {
    const { webhook, sent } = target([204]);
    expect(await deliverWebhook(webhook, content)).toEqual({ delivered: true, tries: 1, answer: 'HTTP 204' });
    const [{ headers, body } = { headers: {}, body: '' }] = sent;
    const expected = createHmac('sha256', 'secret').update(`1700000000.${body}`).digest('hex');
    expect(headers).toMatchObject({ 'x-station-timestamp': '1700000000', 'x-station-signature': `sha256=${expected}` });
    expect(JSON.parse(body)).toEqual(content);
  });

  it('is tried again when the receiver is away or failing, with growing pauses', async () => {
    const { webhook, pauses } = target([new Error('connect refused'), 503, 200]);
    expect(await deliverWebhook(webhook, content)).toEqual({ delivered: true, tries: 3, answer: 'HTTP 200' });
    expect(pauses).toEqual([5000, 30_000]);
  });

  it('is not repeated to a receiver that refuses it, and its failure is no exception', async () => {
    expect(await deliverWebhook(target([401]).webhook, content)).toEqual({
      delivered: false,
      tries: 1,
      answer: 'HTTP 401',
    });
    expect(await deliverWebhook(target([]).webhook, content)).toEqual({
      delivered: false,
      tries: 4,
      answer: 'HTTP 500',
    });
  });
});
