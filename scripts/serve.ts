/** `npm run serve`: builds the window when it is not built yet, then runs the station without one. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const window = path.join(import.meta.dirname, '..', 'dist', 'renderer', 'index.html');
// `--no-window`: only the interface, nothing is built.
const withoutWindow = process.argv.includes('--no-window');
if (!withoutWindow && !existsSync(window)) {
  console.log('正在构建窗口页面（仅一次）… Building the window (once) ...');
  await import('./build.ts');
}
process.argv = process.argv.filter((arg) => arg !== '--no-window');
await import('../main/headless.ts');
