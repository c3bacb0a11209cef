import type { Size } from './geometry.ts';

/** Blur (standard deviation) of the strongest level as a share of the canvas's shorter side, and how levels grow (by eye). */
const strongestBlur = 0.1;
const growth = 0.6;
/** A blurred picture has no detail to lose: it is made so small that this is left of its blur, pixels. */
const smallSigma = 4;
const leastShrink = 4;
/** The picture is a little larger than the canvas, by this many standard deviations at least on each side: it must not fade at the edges. */
const larger = 1.1;
const margin = 1.5;
const smallestSide = 16;

/** How a canvas is filled with its clip, enlarged and blurred: made small, then stretched over the canvas. */
export interface BlurredFill {
  /** Pixels of the small picture of the whole canvas; even. */
  readonly small: Size;
  /** The clip in it, around the same middle; even. */
  readonly picture: Size;
  /** Standard deviation of the blur, pixels of the small picture. */
  readonly sigma: number;
}

/**
 * Measures of a blurred fill.
 * @param blur as stored, 0..1
 * @param body size of the clip, in any unit
 */
export function blurredFill(blur: number, body: Size, canvas: Size): BlurredFill {
  const level = Math.min(1, Math.max(0, blur));
  const sigma = level ** growth * strongestBlur * Math.min(canvas.width, canvas.height);
  const shrink = Math.max(leastShrink, sigma / smallSigma);
  const small = { width: even(canvas.width / shrink), height: even(canvas.height / shrink) };
  const reached = (side: number) => Math.max(larger * side, side + (2 * margin * sigma) / shrink);
  const cover = Math.max(reached(small.width) / body.width, reached(small.height) / body.height);
  const picture = { width: even(body.width * cover), height: even(body.height * cover) };
  return { small, picture, sigma: sigma / shrink };
}

function even(pixels: number): number {
  return Math.max(smallestSide, 2 * Math.round(pixels / 2));
}
