/** Renders one draft folder in a process of its own, watches the memory of that process, tells and ends. */
import path from 'node:path';
import { AV_LOG_QUIET, Log } from 'node-av';
import { openDraft } from '../../main/drafts/draft-folder.ts';
import { localMediaPath } from '../../main/drafts/media-path.ts';
import { renderDraft } from '../../main/engines/embedded/render.ts';
import { exportPresetSchema } from '../../main/shared/settings.ts';
import { keepHeapRoom } from '../../main/workers/heap-room.ts';
import { giveBackSpareMemory } from '../../main/workers/spare-memory.ts';

/** Resident memory of the rendering process, MB. */
export interface MemoryTold {
  /** Most at any moment of its life. */
  readonly peak: number;
  /** Most in each quarter of the frames. */
  readonly quarters: readonly number[];
  readonly frames: number;
  readonly seconds: number;
}

async function measure(folder: string): Promise<MemoryTold> {
  Log.setLevel(AV_LOG_QUIET);
  const { draft } = await openDraft(folder);
  keepHeapRoom();
  const quarters = [0, 0, 0, 0];
  const started = performance.now();
  let frames = 0;
  await renderDraft(draft, {
    preset: exportPresetSchema.parse({ resolution: '1080p' }),
    output: path.join(folder, 'hour.mp4'),
    resolve: (written) => localMediaPath(written, folder),
    onProgress(done, total) {
      const quarter = Math.min(3, Math.floor((4 * done) / total));
      quarters[quarter] = Math.max(quarters[quarter] ?? 0, process.memoryUsage.rss() / 1e6);
      frames = total;
    },
  });
  const peak = (process.resourceUsage().maxRSS * 1024) / 1e6;
  return { peak, quarters, frames, seconds: (performance.now() - started) / 1000 };
}

const [folder] = process.argv.slice(2);
// As the station's own child program does.
giveBackSpareMemory();
if (folder !== undefined && process.send !== undefined) {
  process.send(await measure(folder));
  process.disconnect();
}
