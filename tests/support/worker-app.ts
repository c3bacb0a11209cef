/** An app without a window that does a station's heavy work in Electron's utility processes, for tests. */
import { app } from 'electron';
import { spawnUtilityWorker } from '../../main/desktop/utility-worker.ts';
import { desktopWorkers } from '../../main/desktop/workers.ts';
import { createEmbeddedEngine } from '../../main/engines/embedded/index.ts';
import type { ExportJob } from '../../main/engines/engine.ts';
import { createMediaInspector } from '../../main/media/index.ts';
import { sampleFolder } from '../../main/sample/index.ts';

const media = createMediaInspector(spawnUtilityWorker, { deadlineMs: 20_000 });
const engine = createEmbeddedEngine({ spawn: spawnUtilityWorker, fontFolder: () => '' });

const workers = {
  /** In high definition, as the app starts its child programs on this system. */
  sample: (folder: string) => sampleFolder(folder, desktopWorkers()),
  probe: (file: string) => media.probe(file),
  cover: (file: string, jpegFile: string) => media.cover(file, jpegFile, 320),
  export: async (job: ExportJob) => {
    const fractions: number[] = [];
    const result = await engine.export(job, {
      signal: new AbortController().signal,
      onProgress: (fraction) => void fractions.push(fraction),
      log: () => {},
    });
    return { file: result.file, warnings: result.warnings.length, steps: fractions.length };
  },
  /** Ends an export as soon as it moves. @returns the reason it failed with, and whether its child is gone */
  cancelled: async (job: ExportJob) => {
    const cancel = new AbortController();
    const reason = await engine
      .export(job, { signal: cancel.signal, onProgress: () => cancel.abort(new Error('enough')), log: () => {} })
      .then(
        () => 'finished',
        (error: Error) => error.message,
      );
    const alive = app.getAppMetrics().filter(({ serviceName, name }) => (name ?? serviceName) === 'station-embedded');
    return { reason, alive: alive.length };
  },
};
export type TestWorkers = typeof workers;

void app.whenReady().then(() => Object.assign(globalThis, { workers }));
app.on('window-all-closed', () => {});
