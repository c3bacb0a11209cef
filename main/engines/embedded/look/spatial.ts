import { clamp01, ramp } from '../motion/ease.ts';

/** Steps that look at a pixel's neighbours or its place. All change straight-alpha RGBA in place. */

/** Unsharp mask of the brightness with its four neighbours; 1 is strong. */
export function sharpen(rgba: Uint8ClampedArray, width: number, height: number, amount: number): void {
  const luma = new Int16Array(width * height);
  for (let index = 0, at = 0; index < luma.length; index += 1, at += 4) {
    luma[index] = ((rgba[at] as number) * 54 + (rgba[at + 1] as number) * 183 + (rgba[at + 2] as number) * 19) >> 8;
  }
  const factor = amount * 0.6;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const index = y * width + x;
      const around =
        (luma[index - 1] as number) +
        (luma[index + 1] as number) +
        (luma[index - width] as number) +
        (luma[index + width] as number);
      const edge = ((luma[index] as number) * 4 - around) * factor;
      if (edge > -0.5 && edge < 0.5) continue;
      const at = index * 4;
      rgba[at] = (rgba[at] as number) + edge;
      rgba[at + 1] = (rgba[at + 1] as number) + edge;
      rgba[at + 2] = (rgba[at + 2] as number) + edge;
    }
  }
}

let shadeKey = '';
let shade = new Uint16Array(0);

/** Corners darker (amount > 0) or lighter (< 0). */
export function vignette(rgba: Uint8ClampedArray, width: number, height: number, amount: number): void {
  const key = `${width} ${height} ${amount}`;
  if (key !== shadeKey) {
    shadeKey = key;
    shade = new Uint16Array(width * height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const far = Math.hypot((x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5) / Math.SQRT1_2;
        shade[y * width + x] = Math.round(256 * Math.max(0, 1 - amount * 0.85 * ramp(0.35, 1.05, far)));
      }
    }
  }
  for (let index = 0, at = 0; index < shade.length; index += 1, at += 4) {
    const factor = shade[index] as number;
    if (factor === 256) continue;
    rgba[at] = ((rgba[at] as number) * factor) >> 8;
    rgba[at + 1] = ((rgba[at + 1] as number) * factor) >> 8;
    rgba[at + 2] = ((rgba[at + 2] as number) * factor) >> 8;
  }
}

/** Even noise that is different for every pixel and the same on every machine; 0..1. */
export function grain(rgba: Uint8ClampedArray, amount: number, seed: number): void {
  const reach = clamp01(amount) * 60;
  let state = (seed * 2654435761 + 12345) >>> 0;
  for (let at = 0; at < rgba.length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const noise = ((state >>> 16) / 65536 - 0.5) * reach;
    rgba[at] = (rgba[at] as number) + noise;
    rgba[at + 1] = (rgba[at + 1] as number) + noise;
    rgba[at + 2] = (rgba[at + 2] as number) + noise;
  }
}
