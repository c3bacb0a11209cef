import { describe, expect, it } from 'vitest';
import { findAnimation, findTransition } from '../../../../main/engines/embedded/motion/index.ts';
import { hintOf } from '../../../../main/engines/embedded/motion/names.ts';

const transition = (name: string) => findTransition({ name, resourceId: '' });
const animation = (kind: 'in' | 'out' | 'combo', name: string) =>
  findAnimation({ kind, name, id: '', resourceId: '' }).family;

describe('the names of transitions', () => {
  it.each([
    ['Twinkle Zoom', 'glare'],
    ['Black flash', 'fade-black'],
    ['White Flash', 'fade-white'],
    ['Blanch', 'fade-white'],
    ['Push', 'push-left'],
    ['Left', 'push-left'],
    ['Right', 'push-right'],
    ['Up', 'push-up'],
    ['Down', 'push-down'],
    ['Bottom Left II', 'cover'],
    ['Open', 'slit'],
    ['Open Horizontally', 'slit'],
    ['竖向拉幕', 'slit'],
    ['Clock Wipe', 'sectors'],
    ['圆形扫描', 'sectors'],
    ['雨刷擦除', 'wipe'],
    ['Horizontal Lines', 'wipe'],
    ['Dots Right', 'wipe'],
    ['Then and Now', 'wipe'],
    ['Vertical Slices', 'split-vertical'],
    ['Diagonal Slices', 'split-diagonal'],
    ['色块故障', 'glitch'],
    ['故障拼贴', 'glitch'],
    ['黑色块', 'tiles'],
    ['Blocks', 'tiles'],
    ['胶片定格', 'roll'],
    ['圆盘旋转', 'rotate'],
    ['Axis Rotation', 'rotate'],
    ['Whirlpool', 'vortex'],
    ['Distortion', 'vortex'],
    ['运镜压缩', 'squeeze'],
    ['快速缩放', 'zoom-in'],
    ['Inhale', 'zoom-in'],
    ['蓝色线条', 'light-beam'],
    ['Blue Lines', 'light-beam'],
    ['时光穿梭', 'blur-whip'],
    ['燃烧', 'fire'],
    ['玻璃破碎', 'torn'],
    ['Lightning', 'flash'],
    ['Recorder', 'flash'],
    ['White Ink', 'smoke'],
    ['Black smoke', 'ink'],
    ['Ink Drops', 'ink'],
    ['Vintage Screening', 'roll'],
    ['Background', 'dissolve'],
  ])('%s is %s', (name, family) => {
    expect(transition(name).family).toBe(family);
  });

  it.each(['闪白_II', '闪黑 II', '星星 III', '圆形遮罩_II', '百叶窗 II', 'Dissolve II', 'Dissolve III'])(
    '%s is near the one without a number, not the same',
    (name) => {
      const plain = name.replace(/[ _]I+$/u, '');
      expect(transition(name)).toMatchObject({ family: transition(plain).family, fidelity: 'approximated' });
      expect(transition(plain).fidelity).toBe('exact');
    },
  );
});

describe('the names of animations', () => {
  it.each([
    ['in', 'Fade In', 'fade'],
    ['in', 'Slide Left', 'slide'],
    ['in', 'Zoom In', 'grow'],
    ['in', 'Mini Zoom', 'grow-slightly'],
    ['in', 'Zoom 1', 'dynamic-shrink'],
    ['in', 'Zoom 2', 'dynamic-grow'],
    ['in', 'Rotate', 'spin'],
    ['in', 'Rotation Opening', 'spin'],
    ['in', 'Spin Up 1', 'turn-in'],
    ['out', 'Rotate Out 2', 'turn-in'],
    ['in', 'Flip', 'flip'],
    ['in', 'Wiper', 'pendulum'],
    ['in', 'Screen Wipe', 'wipe'],
    ['in', 'Shake 3', 'shake'],
    ['in', 'Rock Vertically', 'shake'],
    ['in', 'Vibrating Panels', 'shake'],
    ['in', 'Swing Right', 'fling'],
    ['in', 'Swing', 'pendulum'],
    ['in', 'Whirl', 'vortex'],
    ['in', 'Twinkle', 'flicker'],
    ['in', 'Puzzle', 'open'],
    ['in', '四屏转换', 'open'],
    ['in', '圆形闭幕', 'open-all'],
    ['in', 'Time', 'fade'],
    ['combo', 'Trisect 1', 'split'],
    ['combo', 'Pirate ship 2', 'swing'],
    ['combo', 'Roller-coaster 1', 'train'],
    ['combo', 'Waltzer 3', 'orbit'],
    ['combo', 'Crystal 1', 'flip'],
    ['combo', 'Funhouse mirror 1', 'stretch'],
    ['combo', 'Spin Rise', 'spin-zoom-in'],
    ['combo', 'Wobble', 'shake'],
  ] as const)('%s %s is %s', (kind, name, family) => {
    expect(animation(kind, name)).toBe(family);
  });
});

describe('what a name says besides', () => {
  it.each([
    ['Rotate CCW', true],
    ['Anti-CW Swirl', true],
    ['Rotate CW II', false],
    ['Encounter', false],
  ])('%s turns counter-clockwise: %s', (name, counterClockwise) => {
    expect(hintOf(name).counterClockwise).toBe(counterClockwise);
  });

  it('takes directions for words only', () => {
    expect(hintOf('Upside').direction).toBe(null);
    expect(hintOf('Drinks').direction).toBe(null);
    expect(hintOf('Swing Top Left').direction).toEqual({ x: -1, y: -1 });
  });
});
