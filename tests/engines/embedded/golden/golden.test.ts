import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../../../scripts/gallery/compose.ts';
import { makeGalleryMedia } from '../../../../scripts/gallery/media.ts';
import { referenceFile, referenceStrip } from '../../../../scripts/gallery/reference.ts';
import type { MediaFiles } from '../../../../scripts/gallery/scene-draft.ts';
import { scenes } from '../../../../scripts/gallery/scenes/index.ts';
import { scratchFolder } from '../../../support/media.ts';
import { similarity } from '../../../support/similarity.ts';

/**
 * Every feature of the gallery against a small reference picture that a person has looked at. After a wanted change:
 * `npm run gallery -- --update`, and look at the page.
 */

/** The references are compressed, and other processors may round otherwise; a shifted or missing part costs far more. */
const similar = 0.97;
const scratch = scratchFolder('golden');
let files: MediaFiles;
beforeAll(async () => {
  files = await makeGalleryMedia(scratch.folder);
});
afterAll(() => scratch.remove());

async function stored(id: string): Promise<Canvas> {
  const image = await loadImage(referenceFile(id));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas;
}

describe('golden frames', () => {
  it.each(scenes.map((scene) => [scene.id, scene] as const))('%s looks as it did', async (id, scene) => {
    expect(existsSync(referenceFile(id))).toBe(true);
    const { frames } = await compose(scene, files);
    expect(similarity(referenceStrip(frames), await stored(id))).toBeGreaterThan(similar);
  });

  it('are one for each feature, and small', () => {
    const folder = path.dirname(referenceFile('any'));
    const names = readdirSync(folder);
    expect(names.sort()).toEqual(scenes.map(({ id }) => path.basename(referenceFile(id))).sort());
    const bytes = names.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
    expect(bytes).toBeLessThan(500_000);
  });

  it('tell small changes apart', async () => {
    const plain = await stored('text-json');
    const shifted = createCanvas(plain.width, plain.height);
    const context = shifted.getContext('2d');
    context.drawImage(plain, 0, 0);
    context.drawImage(plain, 2, 2);
    expect(similarity(plain, shifted)).toBeLessThan(similar);
    expect(similarity(plain, plain)).toBe(1);
    expect(similarity(await stored('clip-flip-h'), await stored('clip-plain'))).toBeLessThan(0.7);
    expect(similarity(await stored('adjust-brightness-up'), await stored('adjust-none'))).toBeLessThan(similar);
  });
});
