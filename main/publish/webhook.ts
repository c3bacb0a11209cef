import { createHmac } from 'node:crypto';
import { retryAfterMs } from '../shared/http-answers.ts';

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

/** What a receiver said, or why it said nothing. */
export type WebhookAnswer =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'failure'; readonly reason: string };

/** Somebody who does not answer within this is taken for dead, ms. */
export const answerMs = 15_000;

/**
 * Headers of a delivery. The id is the same with every try, so that a receiver can drop repetitions; the signature is the
 * HMAC-SHA256 of `<timestamp>.<body>` with the shared secret.
 */
export function webhookHeaders(id: string, body: string, secret: string, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-station-delivery': id,
    'x-station-timestamp': timestamp,
  };
  if (secret !== '') {
    headers['x-station-signature'] =
      `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
  }
  return headers;
}

/**
 * Sends one request. Whatever the receiver does is an answer; its body is not read.
 * @throws the signal's reason when it is aborted
 */
export async function postWebhook(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
  timeoutMs = answerMs,
): Promise<WebhookAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      // The operator named one address: the result goes nowhere else.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    void response.body?.cancel().catch(() => {});
    return {
      kind: 'status',
      status: response.status,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
    };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failure', reason: reasonOf(error, timeoutMs) };
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  // `fetch` says only "fetch failed"; what happened is below it.
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = 'code' in cause ? String(cause.code) : '';
  return (cause.message || code || error.message).slice(0, 200);
}
