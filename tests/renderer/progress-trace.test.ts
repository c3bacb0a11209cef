import { describe, expect, it } from 'vitest';
import { finePercent, remainingMs, traceProgress } from '../../renderer/station/progress-trace.ts';
import { running } from './some-task.ts';

const at = (fraction: number, change = {}) => running('t1', '2026-11-28T02:00:00.000Z', { fraction, ...change });

describe('the remaining time', () => {
  it('follows from how fast the export has moved', () => {
    const trace = traceProgress(traceProgress(undefined, at(0.1), 0), at(0.3), 10_000);
    // 20 % took 10 s, 70 % are left.
    expect(remainingMs(trace, 10_000)).toBeCloseTo(35_000);
    expect(remainingMs(trace, 15_000)).toBeCloseTo(30_000);
  });

  it('is not guessed from too little, nor in stages that do not measure', () => {
    const little = traceProgress(traceProgress(undefined, at(0.1), 0), at(0.105), 10_000);
    expect(remainingMs(little, 10_000)).toBeNull();
    const fetching = at(0.5, { stage: 'fetch' });
    expect(
      remainingMs(traceProgress(traceProgress(undefined, fetching, 0), { ...fetching, fraction: 0.9 }, 5000), 5000),
    ).toBeNull();
  });

  it('starts anew with another attempt', () => {
    const first = traceProgress(traceProgress(undefined, at(0.1), 0), at(0.9), 10_000);
    expect(traceProgress(first, at(0, { attempt: 2 }), 20_000)).toMatchObject({ firstMs: 20_000, firstShare: 0 });
  });
});

describe('the bar', () => {
  it('stands between the whole numbers, and never past the next one', () => {
    expect(finePercent(at(0.512, { progress: 70 }))).toBeCloseTo(70.48);
    expect(finePercent(at(0.9, { progress: 70 }))).toBe(71);
    expect(finePercent(at(0.1, { progress: 70 }))).toBe(70);
  });
});
