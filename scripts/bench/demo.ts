/** The demo's draft against FFmpeg alone decoding and encoding the same seconds: what a real small draft costs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AV_LOG_QUIET, Log } from 'node-av';
import { openDraft } from '../../main/drafts/draft-folder.ts';
import { localMediaPath } from '../../main/drafts/media-path.ts';
import { renderDraft } from '../../main/engines/embedded/render.ts';
import { sampleCanvas, sampleDurationUs } from '../../main/sample/draft.ts';
import { sampleFolder } from '../../main/sample/index.ts';
import { exportPresetSchema } from '../../main/shared/settings.ts';
import { spawnNodeWorker } from '../../main/workers/spawn.ts';
import { transcode } from './render.ts';
import type { BenchRow } from './row.ts';

const rounds = 3;
const frames = (sampleDurationUs / 1_000_000) * sampleCanvas.fps;

export async function benchDemo(): Promise<BenchRow[]> {
  Log.setLevel(AV_LOG_QUIET);
  const folder = mkdtempSync(path.join(tmpdir(), 'station-bench-'));
  try {
    const sample = await sampleFolder(path.join(folder, 'sample'), spawnNodeWorker);
    const { draft } = await openDraft(sample);
    const rendered = path.join(folder, 'rendered.mp4');
    let ours = 0;
    let baseline = 0;
    for (let round = 0; round < rounds; round++) {
      const resolve = (written: string) => localMediaPath(written, sample);
      const speed = await framesPerSecond(() =>
        renderDraft(draft, { preset: exportPresetSchema.parse({}), output: rendered, resolve }),
      );
      ours = Math.max(ours, speed);
      baseline = Math.max(baseline, await framesPerSecond(() => transcode(rendered, path.join(folder, 'again.mp4'))));
    }
    const note = 'the picture it makes, decoded and encoded by FFmpeg alone';
    return [
      {
        name: 'Demo draft (720p30, texts, photos, overlay)',
        ours,
        baseline,
        ratio: ours / baseline,
        unit: 'fps',
        note,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function framesPerSecond(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return frames / ((performance.now() - began) / 1000);
}
