import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** Bundles the page of the parts into a folder and returns its file. */
export async function buildParts(outDir: string): Promise<string> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: './',
    plugins: [react()],
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'chrome130', modulePreload: { polyfill: false } },
  });
  return path.join(outDir, 'index.html');
}
