import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../../../main/drafts/model.ts';
import { applyMask, maskFidelity } from '../../../../main/engines/embedded/motion/index.ts';
import { picture, pixelAt } from '../../../support/pictures.ts';

const plain: Mask = {
  shape: 'circle',
  name: '',
  resourceId: '',
  centerX: 0,
  centerY: 0,
  width: 0.5,
  height: 0.5,
  rotation: 0,
  invert: false,
  feather: 0,
  roundCorner: 0,
  aspectRatio: 1,
};

/** Alpha at shares of a 200 x 100 layer. */
function cut(mask: Partial<Mask>): (x: number, y: number) => number {
  const canvas = picture(200, 100, '#fff');
  const context = canvas.getContext('2d');
  context.translate(7, 9);
  applyMask(context, { ...plain, ...mask }, 200, 100);
  expect(context.getTransform().e).toBe(7);
  return (x, y) => pixelAt(canvas, Math.floor(x * 199), Math.floor(y * 99))[3];
}

describe('masks', () => {
  it('line keeps what is above it, below it when turned round', () => {
    const up = cut({ shape: 'line' });
    expect([up(0.5, 0.4), up(0.5, 0.6)]).toEqual([255, 0]);
    const down = cut({ shape: 'line', rotation: 180, centerY: 0.6 });
    expect([down(0.5, 0.1), down(0.5, 0.3)]).toEqual([0, 255]);
  });

  it('mirror keeps a band', () => {
    const at = cut({ shape: 'mirror', height: 0.4 });
    expect([at(0.02, 0.25), at(0.02, 0.35), at(0.98, 0.65), at(0.5, 0.75)]).toEqual([0, 255, 255, 0]);
  });

  it('circle and rectangle have the size of their share, the centre in half units with y up', () => {
    const circle = cut({ shape: 'circle', centerX: 0.5, centerY: 0.5 });
    expect([circle(0.75, 0.25), circle(0.75, 0.02), circle(0.75, 0.53), circle(0.55, 0.05)]).toEqual([255, 255, 0, 0]);
    const box = cut({ shape: 'rectangle' });
    expect([box(0.26, 0.27), box(0.74, 0.73), box(0.22, 0.5), box(0.5, 0.78)]).toEqual([255, 255, 0, 0]);
    const round = cut({ shape: 'rectangle', roundCorner: 1 });
    expect([round(0.26, 0.27), round(0.27, 0.5)]).toEqual([0, 255]);
  });

  it('heart and star have their outline', () => {
    const heart = cut({ shape: 'heart', width: 1, height: 1 });
    expect([heart(0.5, 0.04), heart(0.25, 0.1), heart(0.5, 0.95), heart(0.1, 0.9)]).toEqual([0, 255, 255, 0]);
    const star = cut({ shape: 'star', width: 1, height: 1 });
    expect([star(0.5, 0.1), star(0.5, 0.5), star(0.2, 0.1), star(0.5, 0.9)]).toEqual([255, 255, 0, 0]);
  });

  it('turns clockwise', () => {
    const at = cut({ shape: 'line', rotation: 90 });
    expect([at(0.7, 0.5), at(0.3, 0.5)]).toEqual([255, 0]);
  });

  it('keeps the outside when inverted', () => {
    const at = cut({ shape: 'circle', invert: true });
    expect([at(0.5, 0.5), at(0.05, 0.05)]).toEqual([0, 255]);
  });

  it('fades over a feathered edge, evenly around it', () => {
    for (const shape of ['line', 'circle'] as const) {
      const at = cut({ shape, feather: 0.4, width: 1, height: 1, centerY: shape === 'line' ? 0 : -1 });
      const edge = at(0.5, 0.5);
      expect(edge).toBeGreaterThan(90);
      expect(edge).toBeLessThan(165);
    }
  });

  it('leaves the layer whole for a shape that is not known, and says so', () => {
    expect(cut({ shape: 'other' })(0.01, 0.01)).toBe(255);
    expect([
      maskFidelity({ ...plain, shape: 'other' }),
      maskFidelity(plain),
      maskFidelity({ ...plain, feather: 0.2 }),
    ]).toEqual(['skipped', 'exact', 'approximated']);
  });

  it('takes any numbers', () => {
    const number = fc.oneof(fc.double({ min: -20, max: 20, noNaN: true }), fc.double());
    const shape = fc.constantFrom<Mask['shape'][]>('line', 'mirror', 'circle', 'rectangle', 'heart', 'star');
    fc.assert(
      fc.property(
        shape,
        number,
        number,
        number,
        number,
        number,
        (s, centerX, width, rotation, feather, roundCorner) => {
          const canvas = picture(20, 10, '#fff');
          applyMask(
            canvas.getContext('2d'),
            { ...plain, shape: s, centerX, width, height: width, rotation, feather, roundCorner },
            20,
            10,
          );
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });
});
