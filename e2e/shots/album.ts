import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { percentChanged } from './compare.ts';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../..');
const KEPT = 'docs/screenshots';
const OTHERS = '.cache/shots';
const LARGEST = 64 * 1024 * 1024;

/** Keeps pictures, and how each differs from the last one. */
export interface Album {
  add(name: string, picture: Buffer, kept: boolean): Promise<void>;
  /** One line for each that is new or has changed, the most changed first. */
  report(): string[];
}

/** Pictures of the repository are compared with those last committed, the others with those last made. */
export function createAlbum(): Album {
  const changes: { name: string; percent: number | null }[] = [];
  let same = 0;
  return {
    async add(name, picture, kept) {
      const file = `${kept ? KEPT : OTHERS}/${name}.png`;
      const before = kept ? await committed(file) : await readFile(path.join(ROOT, file)).catch(() => null);
      const percent = before === null ? null : percentChanged(before, picture);
      if (percent === 0) same++;
      else changes.push({ name: file, percent });
      await mkdir(path.join(ROOT, path.dirname(file)), { recursive: true });
      await writeFile(path.join(ROOT, file), picture);
    },
    report() {
      const sorted = changes.toSorted((a, b) => (b.percent ?? 101) - (a.percent ?? 101));
      const lines = sorted.map(({ name, percent }) => `${amount(percent).padStart(7)}  ${name}`);
      return [...lines, `${changes.length} changed, ${same} as before`];
    },
  };
}

const amount = (percent: number | null) =>
  percent === null ? 'new' : percent < 0.01 ? '<0.01%' : `${percent.toFixed(2)}%`;

async function committed(file: string): Promise<Buffer | null> {
  const options = { cwd: ROOT, encoding: 'buffer', maxBuffer: LARGEST } as const;
  return run('git', ['show', `HEAD:${file}`], options).then(
    ({ stdout }) => stdout,
    () => null,
  );
}
