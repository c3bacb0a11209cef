/** Builds the window into dist/renderer. */
import path from 'node:path';
import { build } from 'vite';

const root = path.join(import.meta.dirname, '..');

await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });
console.log('Built the window: dist/renderer');
