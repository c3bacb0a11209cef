import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

/** Blank canvases for intermediate pictures, used again from frame to frame. One size each slot; slots are few. */
const slots = new Map<string, { canvas: Canvas; context: SKRSContext2D }>();
/** Pixels kept in all (4 bytes each); what is in use at the moment is not taken away, only forgotten. */
const MAX_PIXELS = 26_000_000;
let pixels = 0;

/**
 * A transparent canvas of that size. The same slot and size give the same canvas again, cleared: finish with one
 * picture before asking for the next of its slot.
 */
export function scratch(slot: string, width: number, height: number): { canvas: Canvas; context: SKRSContext2D } {
  const w = Math.max(1, Math.round(width));
  const h = Math.max(1, Math.round(height));
  const key = `${slot} ${w} ${h}`;
  const found = slots.get(key);
  if (found !== undefined) {
    slots.delete(key);
    slots.set(key, found);
    found.context.reset();
    return found;
  }
  pixels += w * h;
  for (const [old, { canvas }] of slots) {
    if (pixels <= MAX_PIXELS) break;
    slots.delete(old);
    pixels -= canvas.width * canvas.height;
  }
  const canvas = createCanvas(w, h);
  const made = { canvas, context: canvas.getContext('2d') };
  slots.set(key, made);
  return made;
}
