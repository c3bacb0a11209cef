import { type Canvas, createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTransition, transitionFidelity } from '../../../../main/engines/embedded/motion/index.ts';
import { difference, picture, pixelAt } from '../../../support/pictures.ts';
import { drawnTransition, everyTransition } from '../../../support/transitions.ts';

const size = { width: 160, height: 90 };
const from = picture(160, 90, '#c02020');
const to = picture(160, 90, '#2040c0');

const at = (name: string, progress: number, first: Canvas = from, second: Canvas = to): Canvas =>
  drawnTransition(name, progress, first, second);

it.each(['竖向分割', '横向分割', '斜向分割', '撕纸'])('%s is as far in a small video as in a large one', (name) => {
  const halfway = (width: number, height: number) => {
    const drawn = at(name, 0.4, picture(width, height, '#c02020'), picture(width, height, '#2040c0'));
    return picture(320, 180, (context) => context.drawImage(drawn, 0, 0, 320, 180));
  };
  expect(difference(halfway(320, 180), halfway(1280, 720))).toBeLessThan(1.2);
});

describe.each(everyTransition)('$family ($name)', ({ family, name }) => {
  it('is found by its name', () => {
    expect(findTransition({ name, resourceId: '' }).family).toBe(family);
  });

  it('shows only the old picture at 0 and only the new one at 1', () => {
    expect(difference(at(name, 0), from)).toBe(0);
    expect(difference(at(name, 1), to)).toBe(0);
  });

  it('starts and ends near them, without a jump', () => {
    expect(difference(at(name, 0.004), from)).toBeLessThan(9);
    expect(difference(at(name, 0.996), to)).toBeLessThan(9);
  });

  it('shows something of its own in the middle', () => {
    const checks = picture(160, 90, (context) => {
      for (let x = 0; x < 16; x += 1) {
        for (let y = 0; y < 9; y += 1) {
          context.fillStyle = (x + y) % 2 === 0 ? '#e0a030' : '#204060';
          context.fillRect(x * 10, y * 10, 10, 10);
        }
      }
    });
    const differs = [0.35, 0.5, 0.6].some(
      (progress) =>
        difference(at(name, progress, checks, to), checks) > 4 && difference(at(name, progress, checks, to), to) > 4,
    );
    expect(differs).toBe(true);
  });

  it('leaves the target context as it was', () => {
    const canvas = createCanvas(size.width, size.height);
    const context = canvas.getContext('2d');
    findTransition({ name, resourceId: '' }).draw(context, from, to, 0.4, size);
    expect([context.globalAlpha, context.globalCompositeOperation, context.filter]).toEqual([1, 'source-over', 'none']);
    expect(context.getTransform().isIdentity).toBe(true);
  });
});

describe('what the plain ones do', () => {
  it('dissolves linearly, for transparent pictures too', () => {
    const [red, , blue, alpha] = pixelAt(at('叠化', 0.25), 80, 45);
    expect(Math.abs(red - (0.75 * 0xc0 + 0.25 * 0x20))).toBeLessThan(3);
    expect(Math.abs(blue - (0.75 * 0x20 + 0.25 * 0xc0))).toBeLessThan(3);
    expect(alpha).toBe(255);
    const half = picture(160, 90, (context) => context.fillRect(0, 0, 80, 90));
    expect(Math.abs(pixelAt(at('叠化', 0.25, half, createCanvas(160, 90)), 20, 45)[3] - 191)).toBeLessThan(3);
  });

  it.each([
    ['Black Fade', 0],
    ['闪白', 255],
  ])('%s goes through its colour', (name, level) => {
    expect(pixelAt(at(name, 0.5), 80, 45)).toEqual([level, level, level, 255]);
  });

  it.each([
    ['左移', 150, 45],
    ['右移', 10, 45],
    ['上移', 80, 85],
    ['下移', 80, 5],
  ])('%s brings the new picture in from the far side', (name, x, y) => {
    expect(pixelAt(at(name, 0.5), x, y)).toEqual([0x20, 0x40, 0xc0, 255]);
    expect(pixelAt(at(name, 0.5), 159 - x, 89 - y)).toEqual([0xc0, 0x20, 0x20, 255]);
  });

  it.each([
    ['向右擦除', 10, 45],
    ['向左擦除', 150, 45],
    ['向下擦除', 80, 5],
    ['圆形遮罩', 80, 45],
    ['爱心', 80, 40],
    ['竖向分割', 80, 5],
    ['横向分割', 5, 45],
  ])('%s uncovers the right place first', (name, x, y) => {
    const [red, , blue] = pixelAt(at(name, 0.42), x, y);
    expect(blue).toBeGreaterThan(red);
    expect(difference(at(name, 0.42), to)).toBeGreaterThan(5);
  });
});

describe('any name', () => {
  it('is drawn, and drawn the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.double(), (name, progress) => {
        const transition = findTransition({ name, resourceId: name });
        expect(['exact', 'approximated']).toContain(transition.fidelity);
        expect(difference(at(name, progress), at(name, progress))).toBe(0);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('is reported as approximated by a dissolve when it says nothing', () => {
    expect(transitionFidelity({ name: '不存在的转场', resourceId: '1' })).toBe('approximated');
    expect(findTransition({ name: '不存在的转场', resourceId: '1' })).toMatchObject({
      family: 'dissolve',
      fidelity: 'approximated',
    });
  });

  it('is known by its id, whatever language its name is in', () => {
    expect(findTransition({ name: 'Тень', resourceId: '6724239388189921806' })).toMatchObject({
      family: 'fade-black',
      fidelity: 'exact',
    });
  });

  it.each([
    ['Ba lát', 'bands'],
    ['Tín hiệu trục trặc 2', 'glitch'],
    ['Quét sáng', 'light-beam'],
    ['Kéo ảnh mờ', 'blur-whip'],
    ['信号故障 II', 'glitch'],
    ['横向模糊', 'blur-horizontal'],
    ['旋转翻页', 'page'],
    ['Gradual Fade', 'dissolve'],
  ])('%s is near %s', (name, family) => {
    expect(findTransition({ name, resourceId: '' }).family).toBe(family);
  });
});
