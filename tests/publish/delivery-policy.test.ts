import { describe, expect, it } from 'vitest';
import { afterTry, maxAgeMs } from '../../main/publish/delivery-policy.ts';
import type { WebhookAnswer } from '../../main/publish/webhook.ts';

const start = Date.UTC(2026, 0, 1);
const status = (code: number, retryAfterMs: number | null = null): WebhookAnswer => ({
  kind: 'status',
  status: code,
  retryAfterMs,
});
const reset: WebhookAnswer = { kind: 'failure', reason: 'ECONNRESET' };
const decide = (answer: WebhookAnswer, tries = 1, nowMs = start) =>
  afterTry({ answer, tries, createdMs: start, nowMs, random: 0.5 });

describe('after a try', () => {
  it.each([200, 201, 202, 204, 299])('%i is taken', (code) => {
    expect(decide(status(code))).toEqual({ state: 'delivered' });
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 599])('%i is tried again', (code) => {
    expect(decide(status(code))).toEqual({ state: 'waiting', dueMs: start + 5000 });
  });

  it.each([301, 302, 307, 308, 400, 401, 403, 404, 405, 410, 413, 422])('%i is a refusal', (code) => {
    expect(decide(status(code))).toEqual({
      state: 'given_up',
      error: { code: 'WEBHOOK_REFUSED', params: { answer: `HTTP ${code}` } },
    });
  });

  it('a receiver that asks for time gets it, but not for ever', () => {
    expect(decide(status(429, 90_000))).toEqual({ state: 'waiting', dueMs: start + 90_000 });
    expect(decide(status(503, 1))).toEqual({ state: 'waiting', dueMs: start + 5000 });
    expect(decide(status(429, 1e15))).toEqual({ state: 'waiting', dueMs: start + 6 * 3_600_000 });
  });

  it('goes on with growing pauses for a day, about thirty times, and then gives up saying why', () => {
    let nowMs = start;
    const pauses: number[] = [];
    for (let tries = 1; ; tries++) {
      const decision = decide(reset, tries, nowMs);
      if (decision.state !== 'waiting') {
        expect(decision).toEqual({
          state: 'given_up',
          error: { code: 'WEBHOOK_UNDELIVERED', params: { answer: 'ECONNRESET', tries: 29, hours: 24 } },
        });
        break;
      }
      pauses.push((decision.dueMs - nowMs) / 1000);
      nowMs = decision.dueMs;
    }
    expect(nowMs - start).toBeLessThanOrEqual(maxAgeMs);
    expect(pauses.slice(0, 7)).toEqual([5, 30, 120, 600, 1800, 3600, 3600]);
  });

  it('an old notice that finds nobody after a long stop of the station got its one try', () => {
    expect(decide(reset, 1, start + 40 * 3_600_000)).toMatchObject({
      state: 'given_up',
      error: { params: { tries: 1, hours: 40 } },
    });
  });

  it('tries of many notices do not fall together', () => {
    const at = (random: number) => afterTry({ answer: reset, tries: 6, createdMs: start, nowMs: start, random });
    expect(at(0)).toEqual({ state: 'waiting', dueMs: start + 3_240_000 });
    expect(at(1)).toEqual({ state: 'waiting', dueMs: start + 3_960_000 });
  });
});
