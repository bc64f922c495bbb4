#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../out/cli/main.js', import.meta.url);
const source = new URL('../src/cli/main.ts', import.meta.url);

if (existsSync(built)) {
  await import(built.href);
} else if ('typescript' in process.features && existsSync(source)) {
  await import(source.href);
} else {
  process.stderr.write('drover: not built yet. Run `npm run build` in its folder first.\n');
  process.exitCode = 3;
}
