/** Builds the window, the desktop app's main process with the child programs, and the bridge between them into dist/. */
import path from 'node:path';
import { build } from 'vite';

const root = path.join(import.meta.dirname, '..');
// Whatever the caller's environment says (a test runner's): a build is a release, React's slow form is for developers.
process.env.NODE_ENV = 'production';

for (const [what, config, folder] of [
  ['window', 'vite.config.ts', 'dist/renderer'],
  ['main process', 'vite.main.config.ts', 'dist/main'],
  ['bridge', 'vite.preload.config.ts', 'dist/preload'],
] as const) {
  await build({ configFile: path.join(root, config), logLevel: 'warn' });
  console.log(`Built the ${what}: ${folder}`);
}
