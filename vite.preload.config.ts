import path from 'node:path';
import { defineConfig } from 'vite';

/** The bridge: one CommonJS file, because a sandboxed preload can load nothing but `electron`. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: path.join(import.meta.dirname, 'dist/preload'),
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { index: path.join(import.meta.dirname, 'preload/index.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
