import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransferProgress } from '../../../main/drafts/media/progress.ts';
import type { ProgressDetail } from '../../../main/engines/engine.ts';

function watched(count: number) {
  const told: { fraction: number; detail: ProgressDetail | undefined }[] = [];
  let nowMs = 0;
  const progress = new TransferProgress(
    count,
    (fraction, detail) => void told.push({ fraction, detail }),
    () => nowMs,
  );
  const passed = (ms: number) => {
    nowMs += ms;
  };
  return { progress, told, passed };
}

describe('the progress of a transfer', () => {
  it('is the share of the bytes when all sizes are known', () => {
    const { progress, told, passed } = watched(2);
    progress.bytes(0, 0, 300);
    passed(200);
    progress.bytes(1, 0, 100);
    passed(200);
    progress.bytes(0, 100, 300);
    passed(200);
    progress.bytes(1, 100, 100);
    expect(told.at(-1)).toMatchObject({ fraction: 0.5, detail: { done: 0, total: 2, bytes: 200, totalBytes: 400 } });
    progress.done(1);
    progress.bytes(0, 300, 300);
    progress.done(0);
    expect(told.at(-1)).toMatchObject({ fraction: 1, detail: { done: 2, bytes: 400 } });
  });

  it('tells the speed of the last seconds, of the network alone', () => {
    const { progress, told, passed } = watched(2);
    progress.bytes(0, 0, 10_000_000);
    progress.have(1, 5_000_000);
    for (let second = 1; second <= 10; second++) {
      passed(1000);
      progress.bytes(0, second * 1_000_000, 10_000_000);
    }
    expect(told.at(-1)?.detail?.bytesPerSecond).toBe(1_000_000);
  });

  it('never falls and never stands while bytes arrive, whatever sizes turn out to be', () => {
    const step = fc.record({
      file: fc.nat(4),
      bytes: fc.integer({ min: 1, max: 100_000_000 }),
      announced: fc.option(fc.integer({ min: 0, max: 10_000_000_000 }), { nil: null }),
      restarts: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { progress, told, passed } = watched(5);
        const sizes = [0, 0, 0, 0, 0];
        let highest = 0;
        for (const { file, bytes, announced, restarts } of steps) {
          passed(1000);
          const size = (restarts ? 0 : (sizes[file] ?? 0)) + bytes;
          const before = progress.total;
          sizes[file] = size;
          progress.bytes(file, size, announced === null ? null : Math.max(announced, size));
          const fraction = told.at(-1)?.fraction ?? Number.NaN;
          expect(fraction).toBeGreaterThanOrEqual(highest);
          expect(fraction).toBeLessThanOrEqual(1);
          if (progress.total > before && highest < 0.999) expect(fraction).toBeGreaterThan(highest);
          highest = Math.max(highest, fraction);
        }
      }),
      { seed: 20261128, numRuns: 500 },
    );
  });

  it('of nothing at all is complete at once', () => {
    const { progress, told } = watched(1);
    progress.done(0);
    expect(told.at(-1)?.fraction).toBe(1);
  });
});
