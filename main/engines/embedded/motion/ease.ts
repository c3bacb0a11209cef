/** Easing on 0..1; all are 0 at 0 and 1 at 1. */

export const clamp01 = (value: number): number => (value > 0 ? Math.min(1, value) : 0);

export const smooth = (t: number): number => t * t * (3 - 2 * t);

export const easeOut = (t: number): number => 1 - (1 - t) ** 3;

export const easeIn = (t: number): number => t ** 3;

export const easeInOut = (t: number): number => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2);

/** Overshoots a little and comes back. */
export const easeBack = (t: number): number => 1 + 2.4 * (t - 1) ** 3 + 1.4 * (t - 1) ** 2;

/** Falls and bounces three times. */
export function easeBounce(t: number): number {
  const k = 7.5625;
  const d = 2.75;
  if (t < 1 / d) return k * t * t;
  if (t < 2 / d) return k * (t - 1.5 / d) ** 2 + 0.75;
  if (t < 2.5 / d) return k * (t - 2.25 / d) ** 2 + 0.9375;
  return k * (t - 2.625 / d) ** 2 + 0.984375;
}

/** Swings around 1 and settles. */
export const easeElastic = (t: number): number =>
  t <= 0 ? 0 : t >= 1 ? 1 : 2 ** (-10 * t) * Math.sin(((t * 10 - 0.75) * 2 * Math.PI) / 3) + 1;

/** 0 before `from`, 1 after `to`, smooth between. */
export const ramp = (from: number, to: number, t: number): number => smooth(clamp01((t - from) / (to - from)));

/** 0 at both ends, 1 in the middle. */
export const hump = (t: number): number => Math.sin(Math.PI * clamp01(t));

export const mix = (from: number, to: number, t: number): number => from + (to - from) * t;

/** The same number for the same two integers on every machine, 0..1. */
export function hash(x: number, y: number): number {
  let h = (Math.imul(x | 0, 374761393) + Math.imul(y | 0, 668265263)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}
