import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { EffectMaterial, Mask } from '../../main/drafts/model.ts';
import { EFFECTS } from '../../main/engines/embedded/look/effects/registry.ts';
import { chromaKey, colorLook, findEffect } from '../../main/engines/embedded/look/index.ts';
import { applyMask } from '../../main/engines/embedded/motion/index.ts';
import { findTransition } from '../../main/engines/embedded/motion/transitions/index.ts';
import { TRANSITIONS } from '../../main/engines/embedded/motion/transitions/registry.ts';

/** One line of `npm run bench`: our figure beside a baseline of the same run. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly baseline: number;
  readonly ratio: number;
  readonly unit: string;
  readonly note: string;
}

const size = { width: 1920, height: 1080 };
const ROUNDS = 4;

/** Milliseconds for one call, drawn for real: reading a pixel back makes the canvas finish. */
function timed(context: SKRSContext2D, draw: (round: number) => void): number {
  draw(0);
  context.getImageData(0, 0, 1, 1);
  const start = performance.now();
  for (let round = 1; round <= ROUNDS; round += 1) {
    draw(round);
    context.getImageData(0, 0, 1, 1);
  }
  return (performance.now() - start) / ROUNDS;
}

function frame(hue: number): Canvas {
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  for (let x = 0; x < size.width; x += 8) {
    for (let y = 0; y < size.height; y += 8) {
      context.fillStyle = `hsl(${(hue + x / 20 + y / 9) % 360},${40 + ((x ^ y) % 50)}%,${20 + ((x * 7 + y * 3) % 60)}%)`;
      context.fillRect(x, y, 8, 8);
    }
  }
  return canvas;
}

/** What transitions, masks, colour looks and effects cost for a frame of 1080p, against one plain drawImage of it. */
export async function benchMotion(): Promise<BenchRow[]> {
  const target = createCanvas(size.width, size.height);
  const context = target.getContext('2d');
  const [from, to] = [frame(0), frame(180)];
  const baseline = timed(context, () => context.drawImage(from, 0, 0));
  const rows: BenchRow[] = [];
  const add = (name: string, ours: number, note: string): void => {
    rows.push({ name, ours, baseline, ratio: ours / baseline, unit: 'ms/frame', note });
  };
  for (const { family, exact } of TRANSITIONS) {
    const [name] = exact;
    if (name === undefined) continue;
    const transition = findTransition({ name, resourceId: '' });
    add(
      `transition ${family}`,
      timed(context, (round) => transition.draw(context, from, to, 0.35 + round * 0.07, size)),
      name,
    );
  }
  const mask: Mask = {
    shape: 'circle',
    name: '',
    resourceId: '',
    centerX: 0,
    centerY: 0,
    width: 0.5,
    height: 0.8,
    rotation: 0,
    invert: false,
    feather: 0.2,
    roundCorner: 0,
    aspectRatio: 1,
  };
  add(
    'mask',
    timed(context, () => applyMask(context, mask, size.width, size.height)),
    'feathered circle, after its first frame',
  );
  const pixels = from.getContext('2d').getImageData(0, 0, size.width, size.height).data;
  const effect = (type: string, value: number, name = ''): EffectMaterial => ({
    id: '',
    type,
    name,
    resourceId: '',
    value,
    path: '',
    applyTarget: 0,
    params: [],
  });
  const looks = [
    [
      'curves',
      colorLook([effect('brightness', 0.2), effect('contrast', 0.3), effect('temperature', 0.2)], [], () => null),
    ],
    ['cube', colorLook([effect('saturation', 0.3), effect('filter', 0.8, '电影')], [], () => null)],
    ['sharpen', colorLook([effect('sharpen', 0.5)], [], () => null)],
    ['vignette', colorLook([effect('vignetting', 0.5)], [], () => null)],
    ['chroma key', chromaKey({ color: '#00ff00', intensity: 0.4, shadow: 0.2 })],
  ] as const;
  for (const [name, look] of looks) {
    add(
      `look ${name}`,
      timed(context, () => look?.apply(new Uint8ClampedArray(pixels), size.width, size.height)),
      'pixels in memory, with one copy of them',
    );
  }
  for (const { family, draw } of EFFECTS) {
    add(
      `effect ${family}`,
      timed(context, (round) =>
        draw({ target: context, frame: from, ...size, time: 0.3 + round * 0.2, duration: 2, strength: 1 }),
      ),
      '',
    );
  }
  if (findEffect({ name: '模糊', resourceId: '', type: 'video_effect' }) === null)
    throw new Error('no blur to measure');
  return rows;
}
