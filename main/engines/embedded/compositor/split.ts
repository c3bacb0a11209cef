import type { Size } from './geometry.ts';
import type { Ready } from './ready.ts';

type Measured = Pick<Ready, 'bounds' | 'identity'> & { readonly frame?: unknown };

/** Laying a decoded frame costs this share of drawing a layer of the same size by itself. */
const frameShare = 0.25;

/**
 * Whether layers are worth making each by itself: none needs what is below it, and together they are not more work than the
 * canvas.
 */
export function sharesCanvas(layers: readonly Measured[], canvas: Size): boolean {
  const within = (edge: number, end: number) => Math.min(end, Math.max(0, edge));
  let area = 0;
  for (const { bounds, frame } of layers) {
    if (bounds === null) return false;
    const { left, top, right, bottom } = bounds;
    area +=
      (frame === undefined ? 1 : frameShare) *
      Math.max(0, within(right, canvas.width) - within(left, canvas.width)) *
      Math.max(0, within(bottom, canvas.height) - within(top, canvas.height));
  }
  return area <= canvas.width * canvas.height;
}

/**
 * How many layers, from the lowest up, are as they were one frame before, when all above them can be drawn by themselves;
 * all of them when nothing moved, 0 when everything has to be drawn.
 * @param before identities of the last frame's layers
 */
export function stillLayers(layers: readonly Measured[], before: readonly string[], canvas: Size): number {
  const moved = layers.findIndex(({ identity }, index) => identity !== before[index]);
  if (moved === -1) return layers.length;
  return sharesCanvas(layers.slice(moved), canvas) ? moved : 0;
}
