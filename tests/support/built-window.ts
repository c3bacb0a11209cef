import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const sources = ['renderer', 'main/shared', 'vite.config.ts', 'preload/api.ts'];

/** Builds the window when its sources are newer than what is built. */
export async function builtWindow(): Promise<void> {
  const index = path.join(root, 'dist/renderer/index.html');
  const built = existsSync(index) ? statSync(index).mtimeMs : 0;
  if (sources.every((source) => newest(path.join(root, source)) < built)) return;
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'error' });
}

function newest(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}
