import { readFileSync } from 'node:fs';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { readDraft } from '../../main/drafts/read/index.ts';
import { Stage } from '../../main/engines/embedded/compositor/stage.ts';
import { SourceShelf } from '../../main/engines/embedded/decode/source-shelf.ts';
import { noteFeatures } from '../../main/engines/embedded/feature-warnings.ts';
import { createFontBook } from '../../main/engines/embedded/text/index.ts';
import { buildTimeline } from '../../main/engines/embedded/timeline/timeline.ts';
import { Warnings } from '../../main/engines/embedded/warnings.ts';
import { RgbaFrame } from '../../main/media/rgba-frame.ts';
import type { ErrorRecord } from '../../main/shared/errors/index.ts';
import type { Scene } from './scene.ts';
import { draftOf, galleryFps, type MediaFiles } from './scene-draft.ts';

/** Pixels of a shown frame along its longer side. */
const longerSide = 320;

export interface Shown {
  readonly frames: readonly Canvas[];
  readonly warnings: readonly ErrorRecord[];
}

/** The frames of a scene as the engine composes them, before any encoding. */
export async function compose(scene: Scene, files: MediaFiles): Promise<Shown> {
  const draft = readDraft(draftOf(scene, files));
  const factor = longerSide / Math.max(draft.canvas.width, draft.canvas.height);
  const rate = { num: galleryFps, den: 1 };
  const shape = { width: draft.canvas.width * factor, height: draft.canvas.height * factor, rate };
  const resolve = (written: string) => written;
  const warnings = new Warnings();
  noteFeatures(draft, warnings);
  const shelf = new SourceShelf(resolve, warnings);
  const stage = new Stage(buildTimeline(draft, rate), shape, {
    shelf,
    fonts: createFontBook({ folder: '' }),
    warnings,
    resolve,
    readFile: (file) => readFileSync(file, 'utf8'),
    painters: [],
  });
  const frames: Canvas[] = [];
  try {
    for (const at of scene.at) {
      const composed = await stage.compose(Math.round(at * galleryFps));
      const canvas = createCanvas(shape.width, shape.height);
      const context = canvas.getContext('2d');
      if (composed.type === 'drawn') context.drawImage(stage.canvas, 0, 0);
      else {
        const pixels = new RgbaFrame(shape.width, shape.height);
        await pixels.load(composed.frame.frame);
        context.putImageData(pixels.image, 0, 0);
        pixels.close();
      }
      frames.push(canvas);
    }
  } finally {
    await stage.scene.close();
    await shelf.close();
  }
  return { frames, warnings: warnings.list() };
}
