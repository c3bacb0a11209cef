import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SegmentExtras } from '../../../main/drafts/model.ts';
import { Studio } from '../../../main/engines/embedded/studio.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { aDraft, aMask, aMedia, anEffect, aSegment, aText, type SegmentSpec } from '../../support/drafts.ts';
import { makePhoto, Pixels, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('mixing');
afterAll(() => scratch.remove());
const at = (name: string) => path.join(scratch.folder, name);

/** 256 columns: below, greys from dark to bright; above, one colour in each third. */
const [width, height] = [256, 96];
const above = [
  [40, 128, 220],
  [200, 64, 96],
  [255, 0, 10],
] as const;
beforeAll(async () => {
  await makePhoto(at('below.png'), width, height, (context) => {
    for (let x = 0; x < width; x += 1) {
      context.fillStyle = `rgb(${x},${x},${x})`;
      context.fillRect(x, 0, 1, height);
    }
  });
  await makePhoto(at('above.png'), width, height, (context) => {
    for (const [index, color] of above.entries()) {
      context.fillStyle = `rgb(${color.join()})`;
      context.fillRect(0, index * 32, width, 32);
    }
  });
});

async function mixed(name: string, spec: SegmentSpec = {}, extras: Partial<SegmentExtras> = {}): Promise<Pixels> {
  const over = aSegment(aMedia('photo', at('above.png')), {
    ...spec,
    extras: { mixMode: anEffect('mix_mode', name), ...extras },
  });
  const draft = aDraft(
    [
      { type: 'video', segments: [aSegment(aMedia('photo', at('below.png')))] },
      { type: 'video', segments: [over] },
    ],
    { width, height },
  );
  return pixelsOf(draft);
}

async function pixelsOf(draft: ReturnType<typeof aDraft>): Promise<Pixels> {
  const studio = new Studio(draft, { preset: exportPresetSchema.parse({}), resolve: (file) => file });
  const canvas = await studio.still(0);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  await studio.close();
  return new Pixels(canvas.width, canvas.height, data);
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
/** From the publications of the field, channels 0..1: b below, s above. */
const formulas: readonly (readonly [name: string, mix: (b: number, s: number) => number])[] = [
  ['线性加深', (b, s) => b + s - 1],
  ['Linear Burn', (b, s) => b + s - 1],
  ['线性光', (b, s) => b + 2 * s - 1],
  ['点光', (b, s) => (s < 0.5 ? Math.min(b, 2 * s) : Math.max(b, 2 * s - 1))],
  [
    '亮光',
    (b, s) =>
      s < 0.5 ? (b === 1 ? 1 : s === 0 ? 0 : 1 - (1 - b) / (2 * s)) : b === 0 ? 0 : s === 1 ? 1 : b / (2 - 2 * s),
  ],
  ['减去', (b, s) => b - s],
  ['划分', (b, s) => (s === 0 ? (b === 0 ? 0 : 1) : b / s)],
  ['实色混合', (b, s) => (b + s >= 1 ? 1 : 0)],
];

describe('a clip mixes with what is below it', () => {
  it.each(formulas)('as %s is defined, in every shade', async (name, mix) => {
    for (const alpha of [1, 0.5]) {
      const pixels = await mixed(name, { transform: { alpha } });
      for (const [index, color] of above.entries())
        for (let x = 0; x < width; x += 5) {
          const wanted = color.map((s) => x * (1 - alpha) + 255 * alpha * clamp(mix(x / 255, s / 255)));
          const found = pixels.at(x, index * 32 + 16);
          for (const channel of [0, 1, 2])
            expect(Math.abs((found[channel] ?? 0) - (wanted[channel] ?? 0)), `${name} ${x} ${found}`).toBeLessThan(1.6);
        }
    }
  });

  it('only where it is: turned, small, half outside, masked', async () => {
    const plain = await mixed('正常', { transform: { alpha: 0 } });
    const placed = { scaleX: 0.4, scaleY: 0.4, x: 0.9, y: -0.2, rotation: 30 };
    const seen = await mixed('线性加深', { transform: placed });
    let changed = 0;
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const same = String(seen.at(x, y)) === String(plain.at(x, y));
        if (x < 170) expect(same).toBe(true);
        else if (!same) changed += 1;
      }
    expect(changed).toBeGreaterThan(800);
    const ring = { masks: [aMask({ shape: 'circle', width: 0.2, height: 0.4 })] };
    const masked = await mixed('线性加深', {}, ring);
    expect(masked.at(128, 48)).not.toEqual(plain.at(128, 48));
    expect(masked.at(200, 10)).toEqual(plain.at(200, 10));
  });

  it('not at all when it is outside the picture', async () => {
    const plain = await mixed('正常', { transform: { alpha: 0 } });
    const seen = await mixed('线性加深', { transform: { x: 9 } });
    expect(seen.data).toEqual(plain.data);
  });

  it('text too', async () => {
    const text = aText('▇▇▇▇▇▇▇▇', 60);
    const draft = (name: string) =>
      aDraft(
        [
          { type: 'video', segments: [aSegment(aMedia('photo', at('below.png')))] },
          { type: 'text', segments: [aSegment(text, { extras: { mixMode: anEffect('mix_mode', name) } })] },
        ],
        { width, height },
      );
    const burnt = await pixelsOf(draft('减去'));
    const drawn = await pixelsOf(draft('正常'));
    // What is written in white takes everything away.
    const white = Array.from({ length: width }, (_, x) => x).filter((x) => drawn.at(x, 48)[0] > 250 && x < 240);
    expect(white.length).toBeGreaterThan(20);
    for (const x of white) expect(burnt.at(x, 48).slice(0, 3)).toEqual([0, 0, 0]);
  });
});
