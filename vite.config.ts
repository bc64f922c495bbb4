import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The window. The same files are served by the daemon and loaded by Electron, so addresses are relative and nothing is
 * inline: the policy of the page allows scripts from its own folder only. Chrome 130 is the oldest that Electron brings.
 */
export default defineConfig({
  root: inRoot('src/renderer'),
  base: './',
  cacheDir: inRoot('.cache/vite'),
  plugins: [react(), paintAfterScript()],
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

/** Nothing is painted before the script has been run. The bundler would drop the attribute if index.html had it. */
function paintAfterScript(): Plugin {
  const script = '<script type="module"';
  return {
    name: 'paint-after-script',
    transformIndexHtml: { order: 'post', handler: (html) => html.replace(script, `${script} blocking="render"`) },
  };
}
