import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { readDraft } from '../../main/drafts/read/index.ts';
import { Studio } from '../../main/engines/embedded/studio.ts';
import type { ErrorRecord } from '../../main/shared/errors/index.ts';
import { exportPresetSchema } from '../../main/shared/settings.ts';
import type { Scene } from './scene.ts';
import { draftOf, galleryFps, type MediaFiles } from './scene-draft.ts';

export interface Shown {
  readonly frames: readonly Canvas[];
  readonly warnings: readonly ErrorRecord[];
}

/** The frames of a scene as the engine composes them, before any encoding. */
export async function compose(scene: Scene, files: MediaFiles): Promise<Shown> {
  const draft = readDraft(draftOf(scene, files));
  const studio = new Studio(draft, { preset: exportPresetSchema.parse({}), resolve: (written) => written });
  const frames: Canvas[] = [];
  try {
    for (const at of scene.at) {
      const still = await studio.still(Math.round(at * galleryFps));
      const canvas = createCanvas(still.width, still.height);
      canvas.getContext('2d').drawImage(still, 0, 0);
      frames.push(canvas);
    }
    return { frames, warnings: studio.warnings.list() };
  } finally {
    await studio.close();
  }
}
