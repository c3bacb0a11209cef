import { describe, expect, it } from 'vitest';
import { defaultNetworkLimits as limits, patientLimits } from '../../../main/drafts/network/limits.ts';
import { pauseBeforeRetry } from '../../../main/drafts/network/retry.ts';
import { strongValidator } from '../../../main/drafts/network/validator.ts';

describe('the pause before another try', () => {
  const now = Date.parse('2026-11-28T10:00:00Z');
  const pause = (tried: number, retryAfter?: string, chance = 1) =>
    pauseBeforeRetry(tried, retryAfter, limits, now, chance);

  it('doubles up to the longest, and is left to chance by half', () => {
    expect([1, 2, 3, 4, 20].map((tried) => pause(tried))).toEqual([500, 1000, 2000, 4000, 30_000]);
    expect(pause(3, undefined, 0)).toBe(1000);
  });

  it.each([
    ['2', 2000],
    ['0', 0],
    ['3600', 30_000],
    ['Sat, 28 Nov 2026 10:00:05 GMT', 5000],
    ['Sat, 28 Nov 2026 09:00:00 GMT', 0],
    ['soon', 500],
    ['-1', 500],
  ])('Retry-After: %s', (value, expected) => expect(pause(1, value)).toBe(expected));

  it('patience stretches deadlines, not pauses', () => {
    expect(patientLimits(limits, 2)).toMatchObject({
      idleMs: 60_000,
      totalMs: 4 * 3_600_000,
      backoffMs: 500,
      tries: 4,
    });
  });
});

describe('a strong validator', () => {
  const date = 'Sat, 28 Nov 2026 10:00:00 GMT';
  it.each([
    [{ etag: '"a"' }, { etag: '"a"', lastModified: null }],
    [{ etag: 'W/"a"' }, null],
    [{ etag: 'unquoted' }, null],
    [{}, null],
    [
      { 'last-modified': 'Fri, 27 Nov 2026 10:00:00 GMT', date },
      { etag: null, lastModified: 'Fri, 27 Nov 2026 10:00:00 GMT' },
    ],
    [{ 'last-modified': date, date }, null],
    [{ 'last-modified': date }, null],
    [{ 'last-modified': 'yesterday', date }, null],
  ])('of %j', (headers, expected) => expect(strongValidator(headers)).toEqual(expected));
});
