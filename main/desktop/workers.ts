import { existsSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { nodeWorkers, type SpawnWorker } from '../workers/spawn.ts';
import { spawnUtilityWorker } from './utility-worker.ts';

/**
 * How the app starts child programs. On Linux, Electron replaces the system's memory allocator, and its own refuses the
 * 2 MB alignment that x264 asks for from about 720p on: the process is ended. There the children run on a plain Node that
 * comes with the app. On Windows and macOS libraries keep their allocator, and Electron's utility processes do.
 */
export function desktopWorkers(): SpawnWorker {
  if (process.platform !== 'linux') return spawnUtilityWorker;
  const node = app.isPackaged
    ? path.join(process.resourcesPath, 'node')
    : path.join(app.getAppPath(), 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(node)) return spawnUtilityWorker;
  // The fonts of a packaged app are looked for there; only Electron sets it by itself.
  const resources = `data:text/javascript,process.resourcesPath=${encodeURIComponent(JSON.stringify(process.resourcesPath))}`;
  return nodeWorkers({
    execPath: node,
    // Plain Node cannot read the archive.
    folder: import.meta.dirname.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked'),
    execArgv: ['--import', resources],
  });
}
