import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMBOS, ENTRANCES, LOOPS } from '../../../../main/engines/embedded/motion/animations/registry.ts';
import { animationFidelity, findAnimation, type Motion } from '../../../../main/engines/embedded/motion/index.ts';

type Kind = 'in' | 'out' | 'combo' | 'loop' | 'caption';
const find = (kind: Kind, name: string, resourceId = '') => findAnimation({ kind, name, id: '', resourceId });

function expectSane({ x, y, scaleX, scaleY, rotation, alpha, blur, clip }: Motion): void {
  for (const value of [x, y, scaleX, scaleY, rotation, alpha, blur]) expect(Number.isFinite(value)).toBe(true);
  expect(alpha).toBeGreaterThanOrEqual(0);
  expect(alpha).toBeLessThanOrEqual(1);
  expect(blur).toBeGreaterThanOrEqual(0);
  expect(Math.abs(scaleX)).toBeGreaterThan(0);
  expect(Math.abs(scaleY)).toBeGreaterThan(0);
  if (clip === null) return;
  expect(clip.x).toBeGreaterThanOrEqual(-1e-9);
  expect(clip.y).toBeGreaterThanOrEqual(-1e-9);
  expect(clip.x + clip.width).toBeLessThanOrEqual(1 + 1e-9);
  expect(clip.y + clip.height).toBeLessThanOrEqual(1 + 1e-9);
}

function expectAtRest(motion: Motion): void {
  expect(motion.x).toBeCloseTo(0, 3);
  expect(motion.y).toBeCloseTo(0, 3);
  expect(motion.scaleX).toBeCloseTo(1, 3);
  expect(motion.scaleY).toBeCloseTo(1, 3);
  expect(Math.abs(motion.rotation) % 360).toBeCloseTo(0, 3);
  expect(motion.alpha).toBeCloseTo(1, 3);
  expect(motion.blur).toBeCloseTo(0, 3);
  if (motion.clip === null) return;
  expect(motion.clip.x).toBeCloseTo(0, 3);
  expect(motion.clip.y).toBeCloseTo(0, 3);
  expect(motion.clip.width).toBeCloseTo(1, 3);
  expect(motion.clip.height).toBeCloseTo(1, 3);
}

describe.each(ENTRANCES.map(({ family, exact }) => ({ family, name: exact[0] ?? family })))(
  '$family ($name)',
  ({ family, name }) => {
    it('ends at rest when it enters and starts at rest when it leaves', () => {
      expect(find('in', name).family).toBe(family);
      expectAtRest(find('in', name).at(1));
      expectAtRest(find('out', name).at(0));
    });

    it('does something on the way', () => {
      expect(
        [0, 0.1, 0.3].some((t) => JSON.stringify(find('in', name).at(t)) !== JSON.stringify(find('in', name).at(1))),
      ).toBe(true);
    });
  },
);

describe('entrances and exits', () => {
  it.each([
    ['向上滑动', 0, 1],
    ['向下滑动', 0, -1],
    ['向左滑动', 1, 0],
    ['向右滑动', -1, 0],
  ])('%s comes from the other side and leaves the same way round', (name, x, y) => {
    expect(find('in', name).at(0)).toMatchObject({ x, y });
    const gone = find('out', name).at(1);
    expect([gone.x, gone.y]).toEqual([0 - x, 0 - y]);
  });

  it('fades, grows and wipes as their names say', () => {
    expect(find('in', '渐显').at(0.25).alpha).toBeCloseTo(0.25);
    expect(find('out', 'Fade Out').at(0.25).alpha).toBeCloseTo(0.75);
    expect(find('in', '放大').at(0.1).scaleX).toBeLessThan(0.5);
    expect(find('in', '缩小').at(0.1).scaleX).toBeGreaterThan(1.5);
    const wiped = find('in', '向右擦除').at(0.5).clip;
    expect(wiped).toMatchObject({ x: 0, y: 0, height: 1 });
    expect(wiped?.width).toBeCloseTo(0.5);
  });
});

describe('combos and loops', () => {
  it.each(COMBOS.map(({ family, exact }) => [exact[0] ?? family, family] as const))('%s is %s', (name, family) => {
    expect(find('combo', name).family).toBe(family);
  });

  it.each(LOOPS.map(({ family, exact }) => [exact[0] ?? family, family] as const))(
    '%s is %s and repeats',
    (name, family) => {
      const loop = find('loop', name);
      expect(loop.family).toBe(family);
      for (const t of [0.125, 0.4, 0.9]) {
        const [first, third] = [loop.at(t), loop.at(t + 2)];
        expect(third.x).toBeCloseTo(first.x);
        expect(third.rotation).toBeCloseTo(first.rotation);
        expect(third.alpha).toBeCloseTo(first.alpha);
      }
    },
  );
});

describe('any name of any kind', () => {
  it('gives a sane motion at every moment', () => {
    const names = [...ENTRANCES, ...COMBOS, ...LOOPS].flatMap(({ exact }) => exact);
    const name = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'grapheme', maxLength: 10 }));
    const kind = fc.constantFrom<Kind[]>('in', 'out', 'combo', 'loop', 'caption');
    fc.assert(
      fc.property(kind, name, fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double()), (k, n, progress) => {
        expectSane(find(k, n).at(progress));
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it.each([
    ['in', 'Độ mờ ngang', 'focus'],
    ['in', 'Ghi chú dính', 'open'],
    ['in', 'Hình tròn', 'open-all'],
    ['in', 'Khối lập phương', 'flip'],
    ['in', 'Swing Top Left', 'fling'],
    ['in', '打字机 II', 'typing'],
    ['out', 'Khói', 'dissolve'],
    ['out', 'Lắc trượt', 'shake'],
    ['combo', 'Khuếch đại sóng', 'wave'],
    ['combo', 'Chuyến tàu 4', 'train'],
    ['loop', 'Jiggle', 'loop-tremble'],
  ] as const)('%s %s is near %s', (kind, name, family) => {
    expect(find(kind, name).family).toBe(family);
  });

  it('is known by its id', () => {
    expect(find('in', 'Thu phóng 1', '6740868384637850120').family).toBe('dynamic-shrink');
    expect(animationFidelity({ kind: 'in', name: 'x', id: '', resourceId: '6798320778182922760' })).toBe('exact');
    expect(animationFidelity({ kind: 'in', name: '没有这个', id: '', resourceId: '' })).toBe('approximated');
  });
});
