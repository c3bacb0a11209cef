import type { TryResult } from '../queue/outbox.ts';
import { isPassingStatus } from '../shared/http-answers.ts';
import type { WebhookAnswer } from './webhook.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** Between the tries at first; then one every hour, so that a receiver that is back hears within an hour. */
const pausesMs = [5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs, 30 * minuteMs] as const;
const laterMs = hourMs;
/** A receiver may ask for more patience than the pauses have, up to this. */
const retryAfterLimitMs = 6 * hourMs;
/** A result that nobody took within this is given up: about thirty tries. */
export const maxAgeMs = 24 * hourMs;

export interface TriedDelivery {
  readonly answer: WebhookAnswer;
  /** Tries so far, this one included. */
  readonly tries: number;
  readonly createdMs: number;
  readonly nowMs: number;
  /** 0..1, for the jitter */
  readonly random: number;
}

/** What follows a try; pure. */
export function afterTry({ answer, tries, createdMs, nowMs, random }: TriedDelivery): TryResult {
  if (answer.kind === 'status') {
    const { status } = answer;
    if (status >= 200 && status < 300) return { state: 'delivered' };
    // The receiver understood and refuses: saying it again changes nothing.
    if (!isPassingStatus(status)) {
      return { state: 'given_up', error: { code: 'WEBHOOK_REFUSED', params: { answer: answerText(answer) } } };
    }
  }
  const asked = answer.kind === 'status' ? Math.min(answer.retryAfterMs ?? 0, retryAfterLimitMs) : 0;
  const pause = (pausesMs[tries - 1] ?? laterMs) * (0.9 + 0.2 * random);
  const dueMs = Math.round(nowMs + Math.max(pause, asked));
  if (dueMs - createdMs <= maxAgeMs) return { state: 'waiting', dueMs };
  const params = { answer: answerText(answer), tries, hours: Math.round((nowMs - createdMs) / hourMs) };
  return { state: 'given_up', error: { code: 'WEBHOOK_UNDELIVERED', params } };
}

export function answerText(answer: WebhookAnswer): string {
  return answer.kind === 'status' ? `HTTP ${answer.status}` : answer.reason;
}
