import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partsOf, workersFor } from '../../../main/engines/embedded/parts.ts';

const gigabyte = 1 << 30;
const hd = 1920 * 1080;
const roomy = { cores: 16, freeBytes: 64 * gigabyte };
const automatic = { parts: 0, lanes: 1 };

describe('how many parts of a draft are drawn at once', () => {
  test('is half as many as there are cores, as long as the memory lasts', () => {
    expect(workersFor({ ...roomy, cores: 8 }, automatic, hd)).toBe(4);
    expect(workersFor({ cores: 8, freeBytes: 5 * gigabyte }, automatic, hd)).toBe(3);
    expect(workersFor({ cores: 8, freeBytes: gigabyte }, automatic, hd)).toBe(1);
  });

  test('is one on a small machine', () => {
    expect(workersFor({ ...roomy, cores: 2 }, automatic, hd)).toBe(1);
    expect(workersFor({ ...roomy, cores: 3 }, automatic, hd)).toBe(1);
  });

  test('is less for larger pictures, and never too many', () => {
    const machine = { cores: 64, freeBytes: 10 * gigabyte };
    expect(workersFor(machine, automatic, 4 * hd)).toBe(2);
    expect(workersFor({ cores: 64, freeBytes: 512 * gigabyte }, automatic, hd)).toBe(8);
  });

  test('leaves room for the drafts that are rendered beside it', () => {
    expect(workersFor(roomy, { parts: 0, lanes: 4 }, hd)).toBe(2);
  });

  test('is what the operator wants, where he wants something', () => {
    expect(workersFor({ cores: 2, freeBytes: gigabyte }, { parts: 3, lanes: 1 }, hd)).toBe(3);
    expect(workersFor(roomy, { parts: 1, lanes: 1 }, hd)).toBe(1);
  });
});

describe('the parts of a video', () => {
  test('follow each other without a gap, begin at key frames and are worth a program of their own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500_000 }),
        fc.integer({ min: 1, max: 960 }),
        fc.integer({ min: 1, max: 16 }),
        (frames, every, workers) => {
          const parts = partsOf(frames, every, workers);
          expect(parts[0]?.from).toBe(0);
          expect(parts.at(-1)?.to).toBe(frames);
          for (const [index, { from, to }] of parts.entries()) {
            expect(from % every).toBe(0);
            if (index > 0) expect(from).toBe(parts[index - 1]?.to);
            if (parts.length > 1) expect(to - from).toBeGreaterThan(every);
          }
          expect(parts.length).toBeLessThanOrEqual(workers === 1 ? 1 : 4 * workers);
        },
      ),
    );
  });

  test('are a few for each worker, so that none has nothing to do while another has much', () => {
    expect(partsOf(3600 * 30, 120, 4)).toHaveLength(16);
  });

  test('are one where nothing would be won', () => {
    expect(partsOf(300, 120, 8)).toEqual([{ from: 0, to: 300 }]);
    expect(partsOf(100_000, 120, 1)).toEqual([{ from: 0, to: 100_000 }]);
  });
});
