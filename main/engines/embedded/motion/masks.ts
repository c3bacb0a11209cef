import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Mask } from '../../../drafts/model.ts';
import type { Fidelity } from './transitions/index.ts';
import { heart, star } from './transitions/shapes.ts';

/** Masks are the same from frame to frame: the last few pictures are kept. */
const KEPT = 8;
const kept = new Map<string, Canvas>();

/**
 * Cuts the layer that was drawn on `context` (its material, unrotated, filling `width` x `height`) to the mask. The
 * context's transform and state are left as they were. A shape that is not known leaves the layer whole.
 */
export function applyMask(context: SKRSContext2D, mask: Mask, width: number, height: number): void {
  if (mask.shape === 'other' || !(width > 0) || !(height > 0)) return;
  context.save();
  context.resetTransform();
  context.globalAlpha = 1;
  context.globalCompositeOperation = mask.invert ? 'destination-out' : 'destination-in';
  context.drawImage(maskPicture(sane(mask), Math.round(width), Math.round(height)), 0, 0);
  context.restore();
}

/** Hard-edged masks are exact; how far the app's feather reaches is not documented, so feathered ones are near. */
export function maskFidelity(mask: Mask): Fidelity | 'skipped' {
  if (mask.shape === 'other') return 'skipped';
  return mask.feather > 0 ? 'approximated' : 'exact';
}

const within = (value: number, low: number, high: number): number =>
  Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : Math.max(0, low);

/** Drafts may carry any number: what no canvas can hold is brought back to where it makes no difference. */
const sane = (mask: Mask): Mask => ({
  ...mask,
  centerX: within(mask.centerX, -1000, 1000),
  centerY: within(mask.centerY, -1000, 1000),
  width: within(mask.width, 0, 1000),
  height: within(mask.height, 0, 1000),
  rotation: within(mask.rotation, -1e6, 1e6),
  feather: within(mask.feather, 0, 1),
  roundCorner: within(mask.roundCorner, 0, 1),
});

function maskPicture(mask: Mask, width: number, height: number): Canvas {
  const { shape, centerX, centerY, rotation, feather, roundCorner } = mask;
  const key = [shape, centerX, centerY, mask.width, mask.height, rotation, feather, roundCorner, width, height].join(
    ' ',
  );
  const found = kept.get(key);
  if (found !== undefined) return found;
  const [oldest] = kept.size >= KEPT ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
  const canvas = createCanvas(Math.max(1, width), Math.max(1, height));
  paint(canvas.getContext('2d'), mask, width, height);
  kept.set(key, canvas);
  return canvas;
}

function paint(context: SKRSContext2D, mask: Mask, width: number, height: number): void {
  const reach = 2 * (Math.hypot(width, height) + Math.hypot(mask.centerX * width, mask.centerY * height));
  const soft = mask.feather * Math.min(width, height) * 0.5;
  const w = mask.width * width;
  const h = mask.height * height;
  const straight = mask.shape === 'line' || mask.shape === 'mirror';
  // Straight edges get a straight ramp of their own, closed shapes a blur of the same width.
  if (!straight && soft > 0.5) context.filter = `blur(${(soft / 2).toFixed(2)}px)`;
  context.translate((width / 2) * (1 + mask.centerX), (height / 2) * (1 - mask.centerY));
  context.rotate((mask.rotation * Math.PI) / 180);
  context.fillStyle = '#000';
  context.beginPath();
  switch (mask.shape) {
    case 'line':
      // Unrotated, the part above the line stays.
      context.fillStyle = ramp(
        context,
        [
          [-soft, 1],
          [soft, 0],
        ],
        reach,
      );
      context.rect(-reach, -reach, 2 * reach, 2 * reach);
      break;
    case 'mirror':
      context.fillStyle = ramp(
        context,
        [
          [-h / 2 - soft, 0],
          [-h / 2 + soft, 1],
          [h / 2 - soft, 1],
          [h / 2 + soft, 0],
        ],
        reach,
      );
      context.rect(-reach, -reach, 2 * reach, 2 * reach);
      break;
    case 'circle':
      context.ellipse(0, 0, w / 2, h / 2, 0, 0, 2 * Math.PI);
      break;
    case 'rectangle':
      context.roundRect(-w / 2, -h / 2, w, h, (mask.roundCorner * Math.min(w, h)) / 2);
      break;
    case 'heart':
      heart(context, -w / 2, -h / 2, w, h);
      break;
    case 'star':
      context.save();
      context.scale(w / 2, h / 2);
      star(context, 1, 0.42);
      context.restore();
      break;
    case 'other':
      return;
  }
  context.fill();
}

/** A gradient along y through (y, alpha) stops. */
function ramp(context: SKRSContext2D, stops: readonly (readonly [number, number])[], reach: number) {
  const gradient = context.createLinearGradient(0, -reach, 0, reach);
  let last = 0;
  for (const [y, alpha] of stops) {
    // Stops must not run backwards (a band narrower than its feather), and a hard edge needs two of them close by.
    last = Math.min(1, Math.max(last, (y + reach) / (2 * reach)));
    gradient.addColorStop(last, `rgba(0,0,0,${alpha})`);
  }
  return gradient;
}
