import { clamp01, easeInOut, easeOut, hash, mix, ramp } from '../ease.ts';
import type { Hint } from '../names.ts';
import { type Animate, motion } from './motion.ts';

/** Combos (组合动画): they last as long as the clip: an entrance, something in the middle, mostly an exit. */
export type Through = (hint: Hint) => Animate;

/** How far in the clip is: 0 before, 1 in the middle, 0 after. */
const present = (t: number, share = 0.25): number => ramp(0, share, t) * (1 - ramp(1 - share, 1, t));

/** 缩放: slowly nearer, then away. */
export const zoom: Through = () => (t) =>
  motion({ scale: t < 0.5 ? mix(1, 1.35, easeInOut(t * 2)) : mix(1.35, 1, easeInOut(t * 2 - 1)) });

export const zoomBounce: Through = () => (t) =>
  motion({ scale: mix(0.5, 1, easeOut(clamp01(t * 3))) * (1 + 0.12 * Math.sin(t * Math.PI * 6) * (1 - t)) });

export const spinZoomOut: Through = (hint) => (t) => {
  const sign = hint.counterClockwise ? -1 : 1;
  const settled = easeOut(clamp01(t / 0.4));
  return motion({
    rotation: sign * -200 * (1 - settled),
    scale: mix(2.4, 1, settled) * mix(1, 0.85, t),
    blur: 0.03 * (1 - settled),
  });
};

export const spinZoomIn: Through = (hint) => (t) => {
  const sign = hint.counterClockwise ? -1 : 1;
  const settled = easeOut(clamp01(t / 0.4));
  return motion({
    rotation: sign * 200 * (1 - settled),
    scale: Math.max(0.001, mix(0.1, 1, settled) * mix(1, 1.15, t)),
  });
};

/** 荡秋千, 海盗船, 钟摆: swings to and fro and comes to rest. */
export const swing: Through = () => (t) =>
  motion({ rotation: 24 * Math.sin(t * Math.PI * 5) * (1 - 0.7 * t), scale: 1.15, y: -0.02 });

/** 小火车: runs through from one side to the other, stopping in the middle. */
export const train: Through = (hint) => (t) => {
  const way = hint.direction?.x ?? -1;
  const along = t < 0.3 ? 1 - easeOut(t / 0.3) : t > 0.7 ? -easeInOut((t - 0.7) / 0.3) : 0;
  return motion({ x: -way * along, blur: 0.012 * Math.abs(along), scale: 1 + 0.04 * Math.sin(t * Math.PI) });
};

/** 左拉镜, 右拉镜: the camera pulls along. */
export const pan: Through = (hint) => (t) => {
  const way = hint.direction ?? { x: -1, y: 0 };
  const settled = easeOut(clamp01(t / 0.5));
  return motion({
    x: way.x * mix(-0.3, 0.05, settled),
    y: way.y * mix(-0.3, 0.05, settled),
    scale: mix(1.6, 1.15, settled),
    blur: 0.02 * (1 - settled),
  });
};

/** 下降, 坠落, 滑滑梯: falls in, rests, and falls out. */
export const fall: Through = (hint) => (t) => {
  const way = hint.direction ?? { x: 0, y: 1 };
  const down = t < 0.35 ? -(1 - easeOut(t / 0.35)) : t > 0.75 ? easeInOut((t - 0.75) / 0.25) : 0;
  return motion({ x: way.x * down * 0.6, y: (way.y === 0 ? 1 : way.y) * down, rotation: way.x * 20 * down });
};

export const sway: Through = () => (t) =>
  motion({
    x: 0.04 * Math.sin(t * Math.PI * 6) * (1 - 0.5 * t),
    rotation: 6 * Math.sin(t * Math.PI * 6 + 1) * (1 - 0.5 * t),
    scale: 1.12,
  });

export const shake: Through = () => (t) => {
  const step = Math.floor(t * 40);
  const force = 0.03 * (1 - 0.6 * t);
  return motion({ x: (hash(step, 1) - 0.5) * 2 * force, y: (hash(step, 2) - 0.5) * 2 * force, scale: 1.08 });
};

export const flip: Through = (hint) => (t) => {
  const turn = easeInOut(clamp01(t / 0.5)) * Math.PI * 2;
  const across = Math.cos(turn);
  const size = Math.abs(across) < 0.001 ? 0.001 : across;
  return motion({ scaleX: hint.vertical === true ? 1 : size, scaleY: hint.vertical === true ? size : 1 });
};

/** 分割, 夹心饼干, 百叶窗: uncovered from the middle, covered again at the end. */
export const split: Through = (hint) => (t) => {
  const share = Math.max(0.02, present(t));
  return motion({
    clip:
      hint.vertical === true || hint.direction?.x !== undefined
        ? { x: (1 - share) / 2, y: 0, width: share, height: 1 }
        : { x: 0, y: (1 - share) / 2, width: 1, height: share },
    scale: mix(1.15, 1, t),
  });
};

export const flashZoom: Through = () => (t) => {
  const settled = easeOut(clamp01(t / 0.3));
  return motion({
    scale: mix(1.7, 1, settled) * mix(1, 1.08, t),
    alpha: t < 0.2 && Math.floor(t * 40) % 2 === 0 ? 0.35 : 1,
  });
};

export const orbit: Through = (hint) => (t) => {
  const sign = hint.counterClockwise ? -1 : 1;
  const left = 1 - easeOut(clamp01(t / 0.6));
  const angle = sign * t * Math.PI * 4;
  return motion({
    x: 0.3 * Math.sin(angle) * left,
    y: 0.3 * Math.cos(angle) * left,
    scale: mix(0.6, 1, 1 - left),
    rotation: sign * 40 * left,
  });
};

export const stretchOut: Through = (hint) => (t) => {
  const wide = 1 + 0.5 * Math.sin(clamp01(t * 1.6) * Math.PI * 2) * (1 - t);
  return motion(
    hint.vertical === true
      ? { scaleY: wide, scaleX: 1 / Math.sqrt(wide) }
      : { scaleX: wide, scaleY: 1 / Math.sqrt(wide) },
  );
};

export const wave: Through = () => (t) =>
  motion({
    y: 0.04 * Math.sin(t * Math.PI * 6),
    scaleX: 1 + 0.06 * Math.sin(t * Math.PI * 8),
    scaleY: 1 - 0.06 * Math.sin(t * Math.PI * 8),
    blur: 0.008 * (1 - present(t, 0.3)),
  });

export const spinAndFade: Through = (hint) => (t) => {
  const sign = hint.counterClockwise ? -1 : 1;
  return motion({ rotation: sign * 360 * easeInOut(t), scale: mix(1, 0.4, t), alpha: 1 - ramp(0.6, 1, t) });
};

/** Loops (循环动画): one cycle. Whole numbers of cycles look alike. */
export type Loop = Through;

const wheel = (t: number): number => Math.sin(t * 2 * Math.PI);

export const loopSwing: Loop = () => (t) => motion({ rotation: 12 * wheel(t) });
export const loopJump: Loop = () => (t) => motion({ y: -0.05 * Math.abs(Math.sin(t * Math.PI)) });
export const loopPulse: Loop = () => (t) => motion({ scale: 1 + 0.12 * wheel(t) });
export const loopBlink: Loop = () => (t) => motion({ alpha: 0.55 + 0.45 * Math.cos(t * 2 * Math.PI) });
export const loopSpin: Loop = (hint) => (t) => motion({ rotation: (hint.counterClockwise ? -360 : 360) * t });
export const loopSway: Loop = (hint) => (t) =>
  motion(hint.vertical === true ? { y: 0.025 * wheel(t) } : { x: 0.025 * wheel(t) });
export const loopFloat: Loop = () => (t) => motion({ y: -0.02 * wheel(t), rotation: 1.5 * wheel(t + 0.25) });
export const loopFlip: Loop = (hint) => (t) => {
  const across = Math.cos(t * 2 * Math.PI);
  const size = Math.abs(across) < 0.001 ? 0.001 : across;
  return motion(hint.vertical === true ? { scaleY: size } : { scaleX: size });
};
export const loopTremble: Loop = () => (t) => {
  const step = Math.floor(t * 8) % 8;
  return motion({
    x: (hash(step, 31) - 0.5) * 0.014,
    y: (hash(step, 32) - 0.5) * 0.014,
    rotation: (hash(step, 33) - 0.5) * 4,
  });
};
export const loopWave: Loop = () => (t) =>
  motion({ y: 0.02 * wheel(t), scaleY: 1 + 0.06 * wheel(t + 0.25), scaleX: 1 - 0.04 * wheel(t + 0.25) });
