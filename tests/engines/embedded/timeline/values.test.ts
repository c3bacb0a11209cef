import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cubicBezier, transformAt, valueAt } from '../../../../main/engines/embedded/timeline/keyframes.ts';
import { curveTravel, sourceTimeUs } from '../../../../main/engines/embedded/timeline/source-time.ts';
import { aMedia, aSegment, aKeyframe as key, second } from '../../../support/drafts.ts';

const runs = { seed: 11, numRuns: 300 } as const;
describe('keyframes', () => {
  test('hold their first and last value outside', () => {
    const list = [key(100, 1), key(200, 3)];
    expect([0, 100, 150, 200, 999].map((at) => valueAt(list, at))).toEqual([1, 1, 2, 3, 3]);
    expect(valueAt([], 5)).toBeNull();
  });

  test('that hold jump at the next one', () => {
    const list = [key(0, 1, { curve: 'hold' }), key(100, 5)];
    expect([0, 99, 100].map((at) => valueAt(list, at))).toEqual([1, 1, 5]);
  });

  test('stay between their neighbours on straight lines', () => {
    const lists = fc
      .array(fc.record({ at: fc.nat(10_000), value: fc.double({ min: -5, max: 5, noNaN: true }) }), {
        minLength: 1,
        maxLength: 12,
      })
      .map((points) => points.sort((a, b) => a.at - b.at).map(({ at, value }) => key(at, value)));
    fc.assert(
      fc.property(lists, fc.integer({ min: -1000, max: 11_000 }), (list, at) => {
        const value = valueAt(list, at) ?? Number.NaN;
        const values = list.map((frame) => frame.value);
        expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
      runs,
    );
  });

  test('with control points ease in and out and meet their values', () => {
    const list = [
      key(0, 0, { curve: 'bezier', rightControl: { x: 0.42, y: 0 } }),
      key(1000, 10, { leftControl: { x: -0.42, y: 0 } }),
    ];
    expect(valueAt(list, 0)).toBe(0);
    expect(valueAt(list, 500)).toBeCloseTo(5, 3);
    expect(valueAt(list, 1000)).toBe(10);
    expect(valueAt(list, 250) ?? 10).toBeLessThan(2.5 * 0.8);
  });

  test('the Bézier agrees with the ease-in-out that browsers draw', () => {
    // cubic-bezier(.42,0,.58,1) at 0.25: 0.1291...
    expect(cubicBezier(0.42, 0, 0.58, 1, 0.25)).toBeCloseTo(0.1292, 3);
  });

  test('of the scale replace the clip scale; Y follows X where one scale serves both', () => {
    const segment = aSegment(aMedia('photo', 'p'), {
      transform: { scaleX: 4, scaleY: 4 },
      keyframes: { scaleX: [key(0, 1), key(1000, 2)] },
    });
    expect(transformAt(segment, 500)).toMatchObject({ scaleX: 1.5, scaleY: 1.5 });
    expect(transformAt({ ...segment, uniformScale: false }, 500)).toMatchObject({ scaleX: 1.5, scaleY: 4 });
    const both = { ...segment, keyframes: { scale: [key(0, 0.5)] } };
    expect(transformAt(both, 500)).toMatchObject({ scaleX: 0.5, scaleY: 0.5 });
  });
});

describe('source time', () => {
  const movie = aMedia('video', 'm');

  test('runs at the segment speed from the start of its range', () => {
    const segment = aSegment(movie, { durationUs: second, sourceStartUs: 500_000, speed: 2 });
    expect(sourceTimeUs(segment, 0)).toBe(500_000);
    expect(sourceTimeUs(segment, 250_000)).toBe(1_000_000);
    expect(sourceTimeUs(segment, -100_000)).toBe(300_000);
  });

  test('runs backwards from the end of the range', () => {
    const segment = aSegment(movie, { durationUs: second, sourceStartUs: 500_000 });
    expect(sourceTimeUs(segment, 0, true)).toBeLessThan(1_500_000);
    expect(sourceTimeUs(segment, 0, true)).toBeGreaterThan(1_490_000);
    expect(sourceTimeUs(segment, second / 2, true)).toBeCloseTo(1_000_000, -4);
  });

  const curves = fc.array(
    fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
    { minLength: 1, maxLength: 8 },
  );

  test('along any speed curve never goes back and ends where the range ends', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        let before = 0;
        for (let step = 0; step <= 50; step += 1) {
          const travelled = curveTravel(curve, step / 50);
          expect(travelled).toBeGreaterThanOrEqual(before - 1e-9);
          before = travelled;
        }
        expect(curveTravel(curve, 0)).toBe(0);
        expect(before).toBeCloseTo(1, 9);
        expect(curveTravel(curve, 1 - 1e-9)).toBeCloseTo(1, 6);
      }),
      runs,
    );
  });

  test('a flat curve is constant speed', () => {
    const curve = [{ x: 0.2, y: 3 }];
    expect(curveTravel(curve, 0.5)).toBeCloseTo(0.5, 9);
  });

  test('a slow first half takes the time that its speed needs', () => {
    // Half the source at speed 1 takes 0.5, the other half at speed 4 takes 0.125: the cut lies at 0.8 of the time.
    const curve = [
      { x: 0, y: 1 },
      { x: 0.5, y: 1 },
      { x: 0.5001, y: 4 },
      { x: 1, y: 4 },
    ];
    expect(curveTravel(curve, 0.8)).toBeCloseTo(0.5, 2);
  });
});
