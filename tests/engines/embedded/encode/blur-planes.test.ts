import { describe, expect, test } from 'vitest';
import { blurMiddle, type SamplePlane } from '../../../../main/engines/embedded/encode/blur-planes.ts';

const plane = (width: number, height: number, value: (x: number, y: number) => number = () => 0): SamplePlane => ({
  samples: Uint8Array.from({ length: width * height }, (_, index) => value(index % width, Math.floor(index / width))),
  width,
  height,
  stride: width,
});

describe('the blur behind a clip', () => {
  test.each([0, 1, 3.3, 4, 18])('of %d samples is a Gaussian one to the eye', (sigma) => {
    const middle = 100;
    const from = plane(201, 201, (x) => (x < middle ? 40 : 200));
    const to = plane(101, 101);
    blurMiddle(to, from, sigma);
    // An edge becomes the error function.
    for (let x = 0; x < 101; x += 1) {
      const wanted = 40 + 160 * share((x + 50 - middle + 0.5) / Math.max(sigma, 0.01));
      expect(Math.abs((to.samples[50 * 101 + x] ?? 0) - wanted), `at ${x}`).toBeLessThan(9);
    }
  });

  test('blurs in both directions, and leaves a plain plane as it is', () => {
    const to = plane(20, 30);
    blurMiddle(
      to,
      plane(60, 60, (x, y) => (x === 30 && y === 30 ? 255 : 0)),
      2,
    );
    const brightest = Math.max(...to.samples);
    expect(brightest).toBe(to.samples[15 * 20 + 10]);
    expect(to.samples[15 * 20 + 12]).toBe(to.samples[17 * 20 + 10]);
    blurMiddle(
      to,
      plane(60, 60, () => 255),
      7,
    );
    expect(new Set(to.samples)).toEqual(new Set([255]));
  });

  test('goes on with the edges of a plane that is too small', () => {
    const to = plane(40, 40);
    blurMiddle(
      to,
      plane(16, 16, (x) => x * 10),
      4,
    );
    expect(to.samples[20 * 40]).toBeLessThan(to.samples[20 * 40 + 39] ?? 0);
    expect(to.samples[20 * 40 + 39]).toBe(150);
  });

  test('respects rows with room behind them', () => {
    const to = { ...plane(32, 8), width: 20 };
    blurMiddle(
      to,
      plane(40, 20, () => 90),
      3,
    );
    expect(to.samples[20]).toBe(0);
    expect(to.samples[19]).toBe(90);
  });
});

/** The share of a Gaussian below a number of standard deviations (Abramowitz and Stegun 7.1.26). */
function share(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return deviations > 0 ? 1 - tail / 2 : tail / 2;
}
