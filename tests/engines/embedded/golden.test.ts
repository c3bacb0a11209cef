import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, describe, expect, test } from 'vitest';
import { Studio } from '../../../main/engines/embedded/studio.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { type Feature, features, makeFeatureMedia } from '../../support/feature-drafts.ts';
import { scratchFolder } from '../../support/media.ts';
import { colorDifference, similarity } from '../../support/similarity.ts';

/**
 * Every feature looks as it did when a person last looked at it. After a change that is meant: look at the page that
 * `npm run gallery` writes, then run these tests with UPDATE_GOLDEN=1.
 */
const golden = path.join(import.meta.dirname, 'golden');
const update = process.env.UPDATE_GOLDEN === '1';
const preset = exportPresetSchema.parse({});
const scratch = scratchFolder('golden');
const all = features(await makeFeatureMedia(scratch.folder));
const width = 160;
const height = 90;
/** Lossy storage costs about 0.03 of likeness. */
const likeness = 0.93;
const colorTolerance = 6;

if (update) rmSync(golden, { recursive: true, force: true });
mkdirSync(golden, { recursive: true });
afterAll(() => scratch.remove());

const fileOf = ({ name }: Feature) => path.join(golden, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.webp`);

/** The frames of a feature, side by side and small. */
async function strip({ draft, frames }: Feature) {
  const studio = new Studio(draft, { preset, resolve: (file) => file });
  const sheet = createCanvas(width * frames.length, height);
  const context = sheet.getContext('2d');
  context.imageSmoothingQuality = 'high';
  for (const [index, frame] of frames.entries())
    context.drawImage(await studio.still(frame), index * width, 0, width, height);
  await studio.close();
  return sheet;
}

describe('every feature looks as before', () => {
  test.each(all.map((feature) => [feature.name, feature] as const))('%s', async (_, feature) => {
    const sheet = await strip(feature);
    const file = fileOf(feature);
    if (update) writeFileSync(file, await sheet.encode('webp', 90));
    expect(existsSync(file), 'a new feature needs its golden frames: look at the gallery, then UPDATE_GOLDEN=1').toBe(
      true,
    );
    const stored = createCanvas(sheet.width, sheet.height);
    stored.getContext('2d').drawImage(await loadImage(readFileSync(file)), 0, 0);
    const [now, before] = [sheet, stored].map(
      (canvas) => canvas.getContext('2d').getImageData(0, 0, sheet.width, sheet.height).data,
    );
    if (now === undefined || before === undefined) throw new Error('unreachable');
    expect(similarity(now, before, sheet.width, sheet.height)).toBeGreaterThan(likeness);
    expect(colorDifference(now, before)).toBeLessThan(colorTolerance);
  });

  test('no golden picture is left from a feature that is gone', () => {
    const wanted = new Set(all.map((feature) => path.basename(fileOf(feature))));
    expect(readdirSync(golden).filter((name) => !wanted.has(name))).toEqual([]);
  });
});

test('the measure tells pictures apart', () => {
  const flat = new Uint8ClampedArray(64 * 64 * 4).fill(128);
  const striped = flat.map((value, place) => (Math.floor(place / 16) % 2 ? 255 : value));
  expect(similarity(flat, flat, 64, 64)).toBe(1);
  expect(similarity(flat, striped, 64, 64)).toBeLessThan(0.5);
  expect(colorDifference(flat, striped)).toBeGreaterThan(50);
});
