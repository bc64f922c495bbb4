import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The window. The same files are served by the daemon and loaded by Electron, so addresses are relative and nothing is
 * inline: the policy of the page allows scripts from its own folder only. Chrome 130 is the oldest that Electron brings.
 */
export default defineConfig({
  root: inRoot('src/renderer'),
  base: './',
  cacheDir: inRoot('.cache/vite'),
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: inRoot('out/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
});
