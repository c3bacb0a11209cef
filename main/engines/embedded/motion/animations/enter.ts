import { clamp01, easeBack, easeBounce, easeElastic, easeInOut, easeOut, hash, mix, ramp } from '../ease.ts';
import type { Hint } from '../names.ts';
import { type Animate, motion } from './motion.ts';

/**
 * Entrances. `t` runs 0..1 from away to at rest. The same tables serve exits: there `t` runs backwards and directions
 * are turned round, so that 向上滑动 leaves upwards as it enters upwards (`leaving`).
 */
export type Enter = (hint: Hint, leaving: boolean) => Animate;

/** Which way the picture moves; default for names that do not say. */
function heading(hint: Hint, leaving: boolean, x: number, y: number): { x: number; y: number } {
  const way = hint.direction ?? { x, y };
  // Entering, it starts on the other side; leaving, it ends on the side it moves to.
  return leaving ? way : { x: 0 - way.x, y: 0 - way.y };
}

const appear = (t: number): number => clamp01(t * 3);

export const fade: Enter = () => (t) => motion({ alpha: t });

export const slide: Enter = (hint, leaving) => {
  const away = heading(hint, leaving, 0, -1);
  return (t) => {
    const left = 1 - easeOut(t);
    return motion({ x: away.x * left, y: away.y * left });
  };
};

/** A short way and a fade: 轻入, 缓入, text. */
export const drift: Enter = (hint, leaving) => {
  const away = heading(hint, leaving, 0, -1);
  return (t) => {
    const left = 1 - easeOut(t);
    return motion({ x: away.x * left * 0.25, y: away.y * left * 0.25, alpha: clamp01(t * 1.6) });
  };
};

export const grow: Enter = (_, leaving) => (t) =>
  leaving
    ? motion({ scale: mix(1.8, 1, easeOut(t)), alpha: clamp01(t * 1.5) })
    : motion({ scale: Math.max(0.001, easeOut(t)), alpha: appear(t) });

export const shrink: Enter = (_, leaving) => (t) =>
  leaving
    ? motion({ scale: Math.max(0.001, easeOut(t)), alpha: appear(t) })
    : motion({ scale: mix(2.2, 1, easeOut(t)), alpha: clamp01(t * 2) });

export const growSlightly: Enter = (_, leaving) => (t) =>
  motion({ scale: leaving ? mix(1.2, 1, t) : mix(0.8, 1, easeOut(t)), alpha: clamp01(t * 2.5) });

export const dynamicGrow: Enter = () => (t) =>
  motion({ scale: mix(0.35, 1, easeOut(t)), blur: 0.03 * (1 - t), alpha: appear(t) });

export const dynamicShrink: Enter = () => (t) =>
  motion({ scale: mix(2.6, 1, easeOut(t)), blur: 0.04 * (1 - t), alpha: appear(t) });

export const spin: Enter = (hint) => (t) => {
  const sign = hint.counterClockwise ? -1 : 1;
  return motion({ rotation: -360 * sign * (1 - easeOut(t)), scale: mix(0.15, 1, easeOut(t)), alpha: appear(t) });
};

export const vortex: Enter = (hint) => (t) => {
  const sign = hint.counterClockwise ? -1 : 1;
  return motion({
    rotation: -540 * sign * (1 - easeOut(t)),
    scale: mix(0.02, 1, easeInOut(t)),
    blur: 0.015 * (1 - t),
    alpha: clamp01(t * 8),
  });
};

/** 转入: swung in from a side around a far corner. */
export const turnIn: Enter = (hint, leaving) => {
  const away = heading(hint, leaving, 0, -1);
  const sign = away.x !== 0 ? Math.sign(away.x) : Math.sign(away.y);
  return (t) => {
    const left = 1 - easeOut(t);
    return motion({ x: away.x * left * 0.8, y: away.y * left * 0.8, rotation: 70 * sign * left, alpha: appear(t) });
  };
};

/** 甩入: flung in, past the mark and back. */
export const fling: Enter = (hint, leaving) => {
  const away = heading(hint, leaving, 1, 1);
  return (t) => {
    const left = 1 - easeBack(t);
    return motion({
      x: away.x * left,
      y: away.y * left,
      rotation: 25 * left * (away.x === 0 ? 1 : away.x),
      blur: 0.03 * clamp01(1 - t * 2),
    });
  };
};

export const flip: Enter = (hint) => (t) => {
  // Negative while its mirrored back is seen.
  const across = Math.cos((1 - easeOut(t)) * Math.PI * 1.5);
  return motion({
    scaleX: hint.vertical === true ? 1 : across,
    scaleY: hint.vertical === true ? across : 1,
    alpha: appear(t),
  });
};

export const bounce: Enter = (hint, leaving) => {
  const away = heading(hint, leaving, 0, 1);
  return (t) => {
    const left = 1 - easeBounce(t);
    return motion({ x: away.x * left * 0.6, y: away.y * left * 0.6, alpha: clamp01(t * 5) });
  };
};

export const spring: Enter = () => (t) => motion({ scale: Math.max(0.001, easeElastic(t)), alpha: clamp01(t * 6) });

export const shake: Enter = (hint) => (t) => {
  const force = (1 - t) * 0.05;
  const swing = Math.sin(t * Math.PI * 9);
  const upright = hint.vertical === true;
  return motion({
    x: upright ? 0 : swing * force,
    y: upright ? swing * force : 0,
    scale: 1 + force,
  });
};

/** 钟摆, 雨刷: swings out like a pendulum. */
export const swing: Enter = () => (t) => motion({ rotation: 32 * Math.cos(t * Math.PI * 3.5) * (1 - t) ** 1.2 });

export const wipe: Enter = (hint, leaving) => (t) => {
  const way = hint.direction ?? { x: hint.vertical === true ? 0 : 1, y: hint.vertical === true ? 1 : 0 };
  const share = easeInOut(t);
  // Entering, it is uncovered in the direction; leaving, it is covered in it, from the side where it was uncovered.
  const forwardX = leaving ? way.x < 0 : way.x > 0;
  const forwardY = leaving ? way.y < 0 : way.y > 0;
  return motion({
    clip: {
      x: way.x === 0 || forwardX ? 0 : 1 - share,
      y: way.y === 0 || forwardY ? 0 : 1 - share,
      width: way.x === 0 ? 1 : share,
      height: way.y === 0 ? 1 : share,
    },
  });
};

/** 开幕: opens from the middle. */
export const open: Enter = (hint) => (t) => {
  const share = easeInOut(t);
  return motion({
    clip:
      hint.vertical === true
        ? { x: 0, y: (1 - share) / 2, width: 1, height: share }
        : { x: (1 - share) / 2, y: 0, width: share, height: 1 },
  });
};

export const openAll: Enter = () => (t) => {
  const share = easeInOut(t);
  return motion({ clip: { x: (1 - share) / 2, y: (1 - share) / 2, width: share, height: share } });
};

/** 折叠: unfolds. */
export const unfold: Enter = (hint) => (t) => {
  const size = Math.max(0.001, easeBack(t));
  return motion({
    scaleX: hint.vertical === true ? 1 : size,
    scaleY: hint.vertical === true ? size : 1,
    alpha: appear(t * 2),
  });
};

export const focus: Enter = (hint) => (t) =>
  motion({
    blur: 0.06 * (1 - easeOut(t)),
    alpha: clamp01(t * 2),
    scaleX: hint.vertical === false ? mix(1.25, 1, easeOut(t)) : 1,
  });

/** 闪: blinks in. */
export const flicker: Enter = () => (t) =>
  motion({ alpha: t >= 1 ? 1 : hash(Math.floor(t * 10), 17) < 0.25 + t * 0.7 ? 1 : 0.12 });

/** 日出: rises on an arc. */
export const sunrise: Enter = (_, leaving) => (t) => {
  const left = 1 - easeOut(t);
  return motion({
    x: (leaving ? 0.35 : -0.35) * left,
    y: 0.55 * left,
    rotation: (leaving ? 60 : -60) * left,
    alpha: appear(t),
  });
};

export const roll: Enter = (hint, leaving) => {
  const away = heading(hint, leaving, 1, 0);
  return (t) => {
    const left = 1 - easeOut(t);
    return motion({ x: away.x * left * 0.9, y: away.y * left * 0.9, rotation: away.x * 360 * left, alpha: appear(t) });
  };
};

/** 斜切: in from a slant. */
export const slant: Enter = (_, leaving) => (t) => {
  const left = 1 - easeOut(t);
  return motion({ x: (leaving ? 1 : -1) * left * 0.9, y: (leaving ? -1 : 1) * left * 0.35, rotation: -14 * left });
};

/** 脉冲, 心跳: a few beats. */
export const pulse: Enter = () => (t) =>
  motion({ scale: 1 + 0.18 * Math.sin(t * Math.PI * 4) * (1 - t), alpha: appear(t) });

/** 打字机 on a whole clip: uncovered in steps, left to right. */
export const typing: Enter = () => (t) => {
  const share = Math.round(t * 24) / 24;
  return motion({ clip: { x: 0, y: 0, width: share, height: 1 } });
};

export const dissolve: Enter = () => (t) => motion({ alpha: ramp(0, 1, t), blur: 0.012 * (1 - t) });

/** 生长, 站起: grows up from the ground. */
export const standUp: Enter = () => (t) => {
  const size = Math.max(0.001, easeBack(t));
  return motion({ scaleY: size, y: (1 - size) * 0.1, alpha: appear(t * 2) });
};
