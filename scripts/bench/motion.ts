import { pathToFileURL } from 'node:url';
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { EffectMaterial, Mask } from '../../main/drafts/model.ts';
import { EFFECTS } from '../../main/engines/embedded/look/effects/registry.ts';
import { type ColorLook, chromaKey, colorLook } from '../../main/engines/embedded/look/index.ts';
import { applyMask } from '../../main/engines/embedded/motion/index.ts';
import { findTransition } from '../../main/engines/embedded/motion/transitions/index.ts';
import { TRANSITIONS } from '../../main/engines/embedded/motion/transitions/registry.ts';
import type { BenchRow } from './row.ts';

const size = { width: 1920, height: 1080 };
const ROUNDS = 4;

/** Milliseconds of the quickest call, drawn for real: reading a pixel back makes the canvas finish. */
function timed(context: SKRSContext2D, draw: (round: number) => void): number {
  draw(0);
  context.getImageData(0, 0, 1, 1);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const start = performance.now();
    draw(round);
    context.getImageData(0, 0, 1, 1);
    best = Math.min(best, performance.now() - start);
  }
  return best;
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

const look = (...effects: EffectMaterial[]): ColorLook | null => colorLook(effects, [], () => null);

const LOOKS: readonly (readonly [string, ColorLook | null])[] = [
  ['curves', look(effect('brightness', 0.2), effect('contrast', 0.3), effect('temperature', 0.2))],
  ['curves and saturation', look(effect('brightness', 0.2), effect('saturation', 0.3), effect('fade', 0.2))],
  ['a filter at 80 %', look(effect('saturation', 0.3), effect('filter', 0.8, '电影'))],
  ['sharpen', look(effect('sharpen', 0.5))],
  ['vignette', look(effect('vignetting', 0.5))],
  ['chroma key', chromaKey({ color: '#00ff00', intensity: 0.4, shadow: 0.2 })],
];

/**
 * What transitions, masks, colour looks and scene effects cost for a frame of 1080p, against one plain drawImage of the
 * frame (`baseline`, and `ratio` = how many of these).
 */
export async function benchMotion(): Promise<BenchRow[]> {
  const all = measure();
  const rows = [...all.masks, ...all.looks];
  for (const [kind, measured] of [
    ['transitions', all.transitions],
    ['scene effects', all.effects],
  ] as const) {
    const sorted = measured.toSorted((a, b) => a.ours - b.ours);
    const middle = sorted[Math.floor(sorted.length / 2)];
    const slowest = sorted.at(-1);
    if (middle !== undefined)
      rows.push({ ...middle, name: `${kind}: the median of ${sorted.length}`, note: middle.name });
    if (slowest !== undefined) rows.push({ ...slowest, name: `${kind}: the slowest`, note: slowest.name });
  }
  return rows;
}

function measure(): Record<'transitions' | 'masks' | 'looks' | 'effects', BenchRow[]> {
  const context = createCanvas(size.width, size.height).getContext('2d');
  const [from, to] = [frame(0), frame(180)];
  const baseline = timed(context, () => context.drawImage(from, 0, 0));
  const row = (name: string, draw: (round: number) => void, note = ''): BenchRow => {
    const ours = timed(context, draw);
    return { name, ours, baseline, ratio: ours / baseline, unit: 'ms/frame', note };
  };
  const pixels = from.getContext('2d').getImageData(0, 0, size.width, size.height).data;
  const working = new Uint8ClampedArray(pixels.length);
  return {
    transitions: TRANSITIONS.flatMap(({ family, exact: [name] }) => {
      if (name === undefined) return [];
      const transition = findTransition({ name, resourceId: '' });
      return [row(family, (round) => transition.draw(context, from, to, 0.3 + round * 0.07, size))];
    }),
    masks: [
      row('a feathered circle mask', () => applyMask(context, mask, size.width, size.height), 'after its first frame'),
    ],
    looks: LOOKS.map(([name, made]) =>
      row(
        `look: ${name}`,
        () => {
          working.set(pixels);
          made?.apply(working, size.width, size.height);
        },
        'on pixels in memory, one copy of them included',
      ),
    ),
    effects: EFFECTS.map(({ family, draw }) =>
      row(family, (round) =>
        draw({
          target: context,
          frame: from,
          ...size,
          opaque: true,
          time: 0.3 + round * 0.2,
          duration: 2,
          strength: 1,
        }),
      ),
    ),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [kind, rows] of Object.entries(measure())) {
    console.log(kind);
    console.table(
      rows.map(({ name, ours, ratio }) => ({
        name,
        ms: Number(ours.toFixed(2)),
        'plain draws': Number(ratio.toFixed(1)),
      })),
    );
  }
}
