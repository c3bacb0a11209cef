import { describe, expect, it } from 'vitest';
import { httpDateMs, isPassingStatus, retryAfterMs } from '../../main/shared/http-answers.ts';

const now = Date.UTC(2026, 10, 28, 10);

describe('a status', () => {
  it.each([408, 425, 429, 500, 501, 502, 503, 504, 599])('%i may pass', (status) =>
    expect(isPassingStatus(status)).toBe(true),
  );
  it.each([200, 206, 304, 400, 401, 403, 404, 405, 409, 410, 413, 418, 422, 451])('%i will not', (status) =>
    expect(isPassingStatus(status)).toBe(false),
  );
});

describe('how long a server wants to be left alone', () => {
  it.each([
    ['120', 120_000],
    [' 7 ', 7000],
    ['0', 0],
    ['Sat, 28 Nov 2026 10:00:05 GMT', 5000],
    ['Saturday, 28-Nov-26 10:00:05 GMT', 5000],
    ['Sat Nov 28 10:00:05 2026', 5000],
    ['Sat, 28 Nov 2026 09:00:00 GMT', 0],
  ])('%j', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));

  it.each([
    null,
    undefined,
    '',
    'soon',
    '-5',
    '1.5',
    '5, 10',
    'in May 2027',
    '2026-11-28T10:00:05Z',
    'Sat, 28 Nov 2026 10:00:05 +0100',
  ])('%j is no answer', (header) => expect(retryAfterMs(header, now)).toBeNull());

  it('however many digits it has, it can be bounded', () => {
    expect(Math.min(retryAfterMs('9'.repeat(400), now) ?? 0, 30_000)).toBe(30_000);
  });
});

describe('a date of HTTP', () => {
  it('has one of three forms, all of them in UTC', () => {
    const forms = ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'];
    for (const form of forms) expect(httpDateMs(form, now)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
  });

  it('whose year has two digits is at most fifty years ahead', () => {
    const yearOf = (digits: string) =>
      new Date(httpDateMs(`Monday, 01-Jun-${digits} 00:00:00 GMT`, now) ?? 0).getUTCFullYear();
    expect(['26', '76', '77', '99', '00'].map(yearOf)).toEqual([2026, 2076, 1977, 1999, 2000]);
  });

  it('exists: days and times that run over are none, but for a leap second', () => {
    expect(httpDateMs('Sat, 31 Dec 2016 23:59:60 GMT', now)).toBe(Date.UTC(2016, 11, 31, 23, 59, 59));
    for (const none of [
      'Tue, 31 Feb 2026 10:00:00 GMT',
      'Tue, 00 Mar 2026 10:00:00 GMT',
      'Tue, 10 Foo 2026 10:00:00 GMT',
      'Tue, 10 Mar 2026 24:00:00 GMT',
      'Tue, 10 Mar 2026 10:60:00 GMT',
      'Tue, 10 Mar 2026 10:00:61 GMT',
    ])
      expect(httpDateMs(none, now)).toBeNull();
  });
});
