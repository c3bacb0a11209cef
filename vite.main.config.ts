import path from 'node:path';
import { defineConfig } from 'vite';
import { workerNames, workerSources } from './main/workers/spawn.ts';

const main = path.join(import.meta.dirname, 'main');

/** Packages with native parts stay in node_modules; everything else goes into the bundle. */
const native = /^(electron|better-sqlite3|node-av|koffi|@seydx\/.*|@napi-rs\/.*|@koromix\/.*)(\/.*)?$/;

/** The desktop app's main process and the station's child programs, side by side in dist/main. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true, external: [] },
  build: {
    ssr: true,
    outDir: path.join(import.meta.dirname, 'dist/main'),
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: {
        index: path.join(main, 'index.ts'),
        station: path.join(main, 'station.ts'),
        ...Object.fromEntries(workerNames.map((name) => [name, path.join(main, workerSources[name])])),
      },
      external: native,
      // One folder: a child program is looked for beside the code that starts it.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
