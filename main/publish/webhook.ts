import { createHmac } from 'node:crypto';

/** What a webhook tells: the contract's eight fields and the task's id. */
export interface WebhookBody {
  readonly task_id: string;
  readonly draft_url: string;
  readonly status: 'completed' | 'failed';
  readonly progress: number;
  readonly video_url: string;
  readonly error_message: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

export interface WebhookDelivery {
  readonly delivered: boolean;
  readonly tries: number;
  /** Last HTTP status, or what went wrong. */
  readonly answer: string;
}

/** Headers of a delivery: the receiver checks HMAC-SHA256 of `<timestamp>.<body>` with the shared secret. */
export function webhookHeaders(body: string, secret: string, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-station-timestamp': timestamp };
  if (secret !== '') {
    headers['x-station-signature'] =
      `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
  }
  return headers;
}

const pausesMs = [0, 5_000, 30_000, 120_000];

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  /** Sends one request; answers the status code. The station passes one that refuses foreign private addresses. */
  send(url: string, headers: Record<string, string>, body: string): Promise<number>;
  pause(ms: number): Promise<void>;
  nowMs(): number;
}

/** Delivers with retries; a failure is an answer, not an exception: no task fails because nobody listened. */
export async function deliverWebhook(target: WebhookTarget, content: WebhookBody): Promise<WebhookDelivery> {
  const body = JSON.stringify(content);
  let answer = '';
  let tries = 0;
  for (const pauseMs of pausesMs) {
    if (pauseMs > 0) await target.pause(pauseMs);
    tries += 1;
    try {
      const status = await target.send(target.url, webhookHeaders(body, target.secret, target.nowMs()), body);
      answer = `HTTP ${status}`;
      if (status >= 200 && status < 300) return { delivered: true, tries, answer };
      // The receiver understood and refuses: saying it again changes nothing.
      if (status >= 400 && status < 500 && status !== 408 && status !== 429) break;
    } catch (error) {
      answer = error instanceof Error ? error.message : String(error);
    }
  }
  return { delivered: false, tries, answer };
}
