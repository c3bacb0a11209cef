import path from 'node:path';
import { createEmbeddedEngine } from '../../main/engines/embedded/index.ts';
import type { ExportPreset } from '../../main/shared/settings.ts';
import { spawnNodeWorker } from '../../main/workers/spawn.ts';

export interface FolderExport {
  readonly preset: ExportPreset;
  readonly seconds: number;
  /** Parts that are rendered at once; absent = as many as the station would take. */
  readonly parts?: number;
}

/** Exports a draft folder with the embedded engine, as the station does. @returns the video */
export async function exportFolder(folder: string, { preset, seconds, parts = 0 }: FolderExport): Promise<string> {
  const sharing = () => ({ parts, lanes: 1 });
  const engine = createEmbeddedEngine({ spawn: spawnNodeWorker, fontFolder: () => '', sharing });
  const { file } = await engine.export(
    {
      taskId: 'bench',
      attempt: 1,
      draft: {
        folder,
        contentFile: path.join(folder, 'draft_content.json'),
        name: 'bench',
        durationUs: seconds * 1e6,
      },
      preset,
      outputFile: path.join(folder, 'ours.mp4'),
      workFolder: folder,
    },
    { signal: new AbortController().signal, onProgress: () => {}, log: () => {} },
  );
  return file;
}
