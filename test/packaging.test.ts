import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectLicences } from '../scripts/lib/licences.mjs';
import { createTempFolder } from './support/temp.ts';

const run = promisify(execFile);
const FPM = path.resolve(import.meta.dirname, '../scripts/lib/packaging/fpm.mjs');
const hasDpkg = await run('dpkg-deb', ['--version']).then(
  () => true,
  () => false,
);

describe('the licences', () => {
  it('are those of Drover and of each package that has a module in it, once', async () => {
    const modules = [
      'src/core/core.ts',
      '\0vite/modulepreload-polyfill.js',
      'node_modules/react/index.js',
      'node_modules/react/cjs/react.production.js',
      path.resolve('node_modules/@orpc/client/dist/index.mjs'),
    ];
    const licences = await collectLicences(modules, ['better-sqlite3']);
    expect(licences.map(({ name, licence }) => `${name} ${licence}`)).toEqual([
      'drover MIT',
      '@orpc/client MIT',
      'better-sqlite3 MIT',
      'react MIT',
    ]);
    for (const { text, version } of licences) {
      expect(text).toMatch(/Permission is hereby granted/);
      expect(version).toMatch(/^\d+\./);
    }
  });
});

describe.runIf(hasDpkg)('a Debian package made without fpm', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    const temp = await createTempFolder();
    folder = temp.path;
    remove = temp.remove;
  });
  afterEach(() => remove());

  const make = (...more: string[]) =>
    run(process.execPath, [
      FPM,
      ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'git', '-d', 'libnss3', '--deb-recommends', 'claude'],
      ...['--deb-compression', 'gzip', '--name', 'sample', '--version', '1.2.3', '--architecture', 'all'],
      ...['--maintainer', 'Nobody <nobody@example.invalid>', '--description', '\n Does it = well\n\n in two lines'],
      ...more,
    ]);

  it('holds the files in their places with their modes, the scripts and what it needs', async () => {
    const app = path.join(folder, 'app');
    const script = path.join(folder, 'after');
    const entry = path.join(folder, 'entry');
    const deb = path.join(folder, 'sample.deb');
    await mkdir(path.join(app, 'deep'), { recursive: true });
    await writeFile(path.join(app, 'program'), 'x', { mode: 0o755 });
    await writeFile(path.join(app, 'deep', 'a=b'), 'x'.repeat(5000));
    await writeFile(script, '#!/bin/sh\nexit 0\n', { mode: 0o600 });
    await writeFile(entry, '[Desktop Entry]\n', { mode: 0o600 });

    await make(
      '--package',
      deb,
      '--after-install',
      script,
      `${app}/=/opt/Sample`,
      `${entry}=/usr/share/sample.desktop`,
    );

    const { stdout: control } = await run('dpkg-deb', ['--field', deb]);
    expect(control).toMatch(/^Package: sample\nVersion: 1\.2\.3\nArchitecture: all\n/);
    expect(control).toMatch(/^Depends: git, libnss3\nRecommends: claude$/m);
    expect(control).toMatch(/^Description: Does it = well\n \.\n in two lines$/m);
    const { stdout: files } = await run('dpkg-deb', ['--contents', deb]);
    expect(files).toMatch(/^-rwxr-xr-x root\/root .* \.\/opt\/Sample\/program$/m);
    expect(files).toMatch(/^-rw-r--r-- root\/root +5000 .* \.\/opt\/Sample\/deep\/a=b$/m);
    expect(files).toMatch(/^-rw-r--r-- root\/root .* \.\/usr\/share\/sample\.desktop$/m);
    await run('dpkg-deb', ['--control', deb, path.join(folder, 'control')]);
    expect(await readFile(path.join(folder, 'control', 'postinst'), 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  });

  it('is refused in words when it cannot be made', async () => {
    await expect(make('-t', 'rpm', '--package', path.join(folder, 'x.rpm'))).rejects.toThrow(/Only Debian packages/);
    await expect(make('--package', path.join(folder, 'x.deb'), '/is/not/there=/opt/x')).rejects.toThrow(/not.there/);
  });
});
