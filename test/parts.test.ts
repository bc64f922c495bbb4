import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_LOOK } from '../src/contract/settings/look.ts';
import { themeOf } from '../src/renderer/ui/theme.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const RENDERER = 'src/renderer';
const PAGE = 'e2e/shots/parts';
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const filesIn = (folder: string, kind: RegExp) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
    .filter((file) => kind.test(file) && !/\.test\.tsx?$/.test(file));

it('has every part of the window on the page of docs/design/parts.md', () => {
  const page = read(`${PAGE}/parts.tsx`);
  const parts = filesIn(`${RENDERER}/ui`, /\.tsx$/);
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.filter((file) => !page.includes(`/${file}'`))).toEqual([]);
});

it('uses only tokens that there are', () => {
  const { spacing = {}, fontSizes = {}, radius = {}, shadows = {} } = themeOf(DEFAULT_LOOK);
  const names = (kind: string, scale: object) => Object.keys(scale).map((name) => `--mantine-${kind}-${name}`);
  const scales = [
    ...names('spacing', spacing),
    ...names('font-size', fontSizes),
    ...names('radius', radius),
    ...names('shadow', shadows),
    '--mantine-radius-default',
  ];
  const own = [
    ...`${read(`${RENDERER}/ui/tokens.css`)}${read(`${RENDERER}/ui/theme.ts`)}`.matchAll(/(--drover-[\w-]+)'?:/g),
  ];
  const known = new Set([...scales, ...own.map(([, name]) => name)]);
  const wrong = [RENDERER, PAGE].flatMap((folder) =>
    filesIn(folder, /\.(css|tsx?)$/).flatMap((file) =>
      [...read(file).matchAll(/var\((--(?:drover|mantine-(?:spacing|font-size|radius|shadow))-[\w-]+)(?=[,)])/g)]
        .filter(([, name]) => !known.has(name))
        .map(([, name]) => `${file}: ${name}`),
    ),
  );
  expect(wrong).toEqual([]);
});
