import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.join(import.meta.dirname, 'renderer');
/** A running station for `vite dev`: pages come from Vite, everything else from there. */
const station = process.env.STATION_URL ?? 'http://127.0.0.1:8000';

/** The window: static files that the station serves at `/`. */
export default defineConfig({
  root,
  base: '/',
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // An inlined asset would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    // Inline polyfill script for module preloading is not allowed by the policy, and no supported browser needs it.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: Object.fromEntries(['/api', '/v1', '/openapi.json'].map((prefix) => [prefix, { target: station }])),
  },
});
