import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

type Locked = { optionalDependencies?: Record<string, string>; version?: string };

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };

it('locks the packages of every platform: without one of them npm ci refuses the whole file', () => {
  const names = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${path} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

it('pins every version exactly', () => {
  const manifest = read('package.json');
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  const loose = Object.entries(all).filter(([, version]) => !/^(npm:[^ ]+@)?\d+\.\d+\.\d+$/.test(String(version)));
  expect(loose).toEqual([]);
});

it('names no registry, so that each machine uses its own', () => {
  const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  expect([...text.matchAll(/"resolved": "(https?:\/\/[^/]+)/g)].map((match) => match[1])).toEqual([]);
});

it('holds the core to the Node of the Electron it must run in', () => {
  const manifest = read('package.json');
  expect(manifest.devDependencies['@types/node']).toMatch(/^20\./);
  expect(manifest.overrides['@types/node']).toBe('$@types/node');
  expect(read('tsconfig/base.json').compilerOptions.lib).toEqual(['ES2023']);
  for (const room of ['contract', 'core', 'server', 'host', 'main']) {
    const { compilerOptions } = read(`src/${room}/tsconfig.json`);
    expect(compilerOptions.types).toEqual(room === 'contract' ? [] : ['node']);
    expect(compilerOptions).not.toHaveProperty('lib');
  }
});
