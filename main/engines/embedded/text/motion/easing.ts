export type Easing = (p: number) => number;

export const easeOut: Easing = (p) => 1 - (1 - p) ** 3;
export const easeInOut: Easing = (p) => (p < 0.5 ? 4 * p ** 3 : 1 - (2 - 2 * p) ** 3 / 2);
/** Goes past the end once and comes back. */
export const overshoot: Easing = (p) => 1 + 2.7 * (p - 1) ** 3 + 1.7 * (p - 1) ** 2;
/** Swings around the end, less and less. */
export const spring: Easing = (p) => (p >= 1 ? 1 : 1 - Math.exp(-6 * p) * Math.cos(4.5 * Math.PI * p));
/** Drops, and bounces off the end. */
export const bounce: Easing = (p) => {
  if (p < 1 / 2.75) return 7.5625 * p ** 2;
  if (p < 2 / 2.75) return 7.5625 * (p - 1.5 / 2.75) ** 2 + 0.75;
  if (p < 2.5 / 2.75) return 7.5625 * (p - 2.25 / 2.75) ** 2 + 0.9375;
  return 7.5625 * (p - 2.625 / 2.75) ** 2 + 0.984375;
};
