/**
 * Shows every feature that the embedded engine draws: feature, piece of the draft, frames, on one HTML page.
 * Usage: npm run gallery -- [part of an id] [--update]
 *   --update  also writes the reference pictures that the tests compare with; look at the page first
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AV_LOG_ERROR, Log } from 'node-av';
import { compose, type Shown } from './gallery/compose.ts';
import { makeGalleryMedia } from './gallery/media.ts';
import { galleryPage } from './gallery/page.ts';
import { referenceFile, referenceStrip } from './gallery/reference.ts';
import type { Scene } from './gallery/scene.ts';
import { scenes } from './gallery/scenes/index.ts';
import { contactSheets } from './gallery/sheets.ts';

Log.setLevel(AV_LOG_ERROR);
const { values, positionals } = parseArgs({
  options: { update: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wanted = scenes.filter(({ id }) => id.includes(positionals[0] ?? ''));
const folder = path.resolve(import.meta.dirname, '../scratch/gallery');
mkdirSync(path.join(folder, 'media'), { recursive: true });
const files = await makeGalleryMedia(path.join(folder, 'media'));

const shown: { scene: Scene; shown: Shown }[] = [];
for (const scene of wanted) {
  const composed = await compose(scene, files);
  shown.push({ scene, shown: composed });
  for (const [index, frame] of composed.frames.entries())
    writeFileSync(path.join(folder, `${scene.id}-${index}.png`), await frame.encode('png'));
  if (values.update) writeFileSync(referenceFile(scene.id), await referenceStrip(composed.frames).encode('png'));
}
writeFileSync(path.join(folder, 'index.html'), galleryPage(shown));
for (const [index, sheet] of contactSheets(shown).entries())
  writeFileSync(path.join(folder, `sheet-${index + 1}.png`), await sheet.encode('png'));
console.log(`${shown.length} features: ${path.join(folder, 'index.html')}, and contact sheets beside it`);
