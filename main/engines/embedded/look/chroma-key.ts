import type { Chroma } from '../../../drafts/model.ts';
import { clamp01, ramp } from '../motion/ease.ts';
import { chromaOf, EdgeCleaner } from './chroma-edge.ts';
import type { ColorLook } from './color-look.ts';

/** How far colours may lie from the key (in chroma, 0..1) at full intensity. */
const WIDEST = 0.42;
const NARROWEST = 0.04;

/**
 * Makes the key colour transparent. `intensity` widens the range of colours that go; `shadow` keeps more of what is only
 * half the key colour (soft shadows on the backdrop). The key's tint is taken out of what stays of it, and edges that it
 * is mixed into are cleaned. Null for a colour that cannot be read or an intensity of 0.
 */
export function chromaKey(chroma: Chroma): ColorLook | null {
  const key = parseColor(chroma.color);
  const intensity = clamp01(chroma.intensity);
  if (key === null || intensity === 0) return null;
  const [keyBlue, keyRed] = chromaOf(key[0], key[1], key[2]);
  const inner = NARROWEST + intensity * (WIDEST - NARROWEST);
  const outer = inner + 0.05 + 0.2 * clamp01(chroma.shadow);
  // By chroma alone, as a table of 256 x 256.
  const opacities = new Uint8Array(65536);
  for (let index = 0; index < 65536; index += 1) {
    const far = Math.hypot(((index & 255) - 128) / 255 - keyBlue, ((index >>> 8) - 128) / 255 - keyRed);
    opacities[index] = Math.round(255 * ramp(inner, outer, far));
  }
  const strongest = key.indexOf(Math.max(...key));
  const edges = new EdgeCleaner({ blue: keyBlue, red: keyRed, inner });
  let keep = new Uint8Array(0);
  return {
    apply(rgba, width, height) {
      if (keep.length !== width * height) keep = new Uint8Array(width * height);
      for (let pixel = 0; pixel < keep.length; pixel += 1)
        keep[pixel] = opacities[tableIndex(rgba, pixel * 4)] as number;
      edges.clean(rgba, keep, width, height);
      for (let pixel = 0, at = 0; pixel < keep.length; pixel += 1, at += 4) {
        const alpha = keep[pixel] as number;
        if (alpha === 255) continue;
        rgba[at + 3] = ((rgba[at + 3] as number) * alpha) / 255;
        if (alpha > 0 && !edges.cleaned(pixel)) holdDown(rgba, at, strongest, alpha);
      }
    },
  };
}

/** Place of a pixel's chroma in the table. */
function tableIndex(rgba: Uint8ClampedArray, at: number): number {
  const r = rgba[at] as number;
  const g = rgba[at + 1] as number;
  const b = rgba[at + 2] as number;
  const blue = 128 + ((-43 * r - 85 * g + 128 * b) >> 8);
  const red = 128 + ((128 * r - 107 * g - 21 * b) >> 8);
  return (red << 8) | blue;
}

/** Spill: the key's strongest channel is held down to the larger of the others. */
function holdDown(rgba: Uint8ClampedArray, at: number, strongest: number, alpha: number): void {
  const r = rgba[at] as number;
  const g = rgba[at + 1] as number;
  const b = rgba[at + 2] as number;
  const other = strongest === 0 ? Math.max(g, b) : strongest === 1 ? Math.max(r, b) : Math.max(r, g);
  const own = rgba[at + strongest] as number;
  if (own > other) rgba[at + strongest] = other + ((own - other) * alpha) / 510;
}

/** `#RRGGBB`, `#RRGGBBAA` or without the sign. */
function parseColor(text: string): [number, number, number] | null {
  const found = /^#?([0-9a-f]{6})(?:[0-9a-f]{2})?$/iu.exec(text.trim());
  if (found?.[1] === undefined) return null;
  const value = Number.parseInt(found[1], 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
