import { describe, expect, it } from 'vitest';
import { bytes } from '../../renderer/format/bytes.ts';
import { detailText } from '../../renderer/format/detail.ts';
import { clock, estimate, moment, span } from '../../renderer/format/time.ts';

describe('times', () => {
  it('read like a clock', () => {
    expect(clock(0)).toBe('0:00');
    expect(clock(7_400)).toBe('0:07');
    expect(clock(754_000)).toBe('12:34');
    expect(clock(3_723_000)).toBe('1:02:03');
    expect(clock(-5)).toBe('0:00');
  });

  it('of stages have tenths while they are short', () => {
    expect(span(940)).toBe('0.9 s');
    expect(span(48_300)).toBe('0:48');
  });

  it('that are estimates move in steps, so that they do not flicker', () => {
    expect(estimate(11_200)).toBe('0:15');
    expect(estimate(14_900)).toBe('0:15');
    expect(estimate(61_000)).toBe('1:10');
    expect(estimate(601_000)).toBe('11:00');
  });

  it('of today leave the day out', () => {
    const now = Date.parse('2026-11-28T10:00:00+08:00');
    expect(moment('2026-11-28T01:02:00.000Z', now, 'zh-CN')).toBe('09:02');
    expect(moment('2026-11-26T01:02:00.000Z', now, 'zh-CN')).toBe('11/26 09:02');
  });
});

describe('sizes', () => {
  it('have three digits at most', () => {
    expect([0, 999, 1023, 1_048_576, 24_310_482, 128_849_018_880].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 KB',
      '1.0 MB',
      '23.2 MB',
      '120 GB',
    ]);
  });
});

describe('what a stage says of its work', () => {
  it('is digits only, and nothing when there is nothing', () => {
    expect(detailText(null)).toBe('');
    expect(detailText({ done: 3, total: 4, bytesPerSecond: 3_400_000 })).toBe('3/4 · 3.2 MB/s');
    expect(detailText({ speed: 1.84 })).toBe('1.8×');
  });
});
