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
  // Under vitest NODE_ENV is `test`, and React would come in its slow form for developers.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'error' });
  process.env.NODE_ENV = NODE_ENV;
}

function newest(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}
