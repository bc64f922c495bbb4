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
  plugins: [react(), paintAfterScript(), preloadFont()],
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

/** The font of the first paint is asked for with the script, so that it is there when the script draws. */
function preloadFont(): Plugin {
  return {
    name: 'preload-font',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) => {
        const font = Object.keys(bundle ?? {}).find((name) => /\/inter-latin-wght-normal-[\w-]+\.woff2$/.test(name));
        if (!font) throw new Error('The font of the window is not among what was built.');
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `./${font}`, crossorigin: true };
        return [{ tag: 'link', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}
