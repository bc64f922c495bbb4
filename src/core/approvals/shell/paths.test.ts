import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../../test/support/temp.ts';
import { type Grounds, realPathBeside, realPathOf, resolveReal, zoneOf } from './paths.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let real: string;
/** A mount that is not there: whoever looked at it would find nothing. */
let mount: string;
beforeEach(async () => {
  folder = await createTempFolder();
  const root = realPathOf(folder.path) ?? '';
  real = path.join(root, 'workspace');
  mount = path.join(root, 'net', 'share');
  await mkdir(real);
  await mkdir(path.dirname(mount));
});
afterEach(() => folder.remove());

function grounds(workspace: string): Grounds {
  return {
    workspace,
    dataFolder: '/data',
    home: '/home/me',
    agents: [],
    realpath: (file) => realPathBeside([mount], file),
  };
}

describe('what is on a mount from the network', () => {
  test('is not looked at and counts as a secret, however it is reached', async () => {
    await symlink(mount, path.join(real, 'link'));
    await symlink('link/deeper', path.join(real, 'second'));
    await symlink(real, path.join(real, 'here'));
    for (const file of [mount, `${mount}/a/b`, 'link', 'link/a', 'second', 'here/here/link/x', '../net/share/a']) {
      const found = resolveReal(file, real, grounds(real).realpath);
      expect([file, zoneOf(found, grounds(real))]).toEqual([file, 'secret']);
    }
    expect(zoneOf(resolveReal('here/new', real, grounds(real).realpath), grounds(real))).toBe('inside');
  });

  test('is never taken for a folder beside it that a path leads back to', () => {
    const part = fc.constantFrom('..', '..', 'a', 'etc', 'hosts', 'home', 'net');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 90 }), (parts) => {
        const written = [mount, ...parts].join('/');
        const found = resolveReal(written, '/', grounds('/ws').realpath);
        // The system would follow the parts as they are written here: none of them is a link.
        if (found !== path.resolve(written)) expect(zoneOf(found, grounds('/ws'))).toBe('secret');
        else expect(found.startsWith(mount)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

test('beside a mount, every path leads where the system leads it', async () => {
  const names = ['a', 'b', 'c'] as const;
  await Promise.all(names.map((name) => mkdir(path.join(real, name))));
  await writeFile(path.join(real, 'a', 'file'), '');
  const targets = ['..', '../b', '../c/c2', 'file', 'gone', '../gone/x', '../a/l1', '../b/l2', `${real}/a`, '.'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...targets), { minLength: 3, maxLength: 3 }),
      fc.array(fc.constantFrom('a', 'b', 'c', 'l0', 'l1', 'l2', 'c2', 'file', 'gone', '..'), { maxLength: 6 }),
      fc.uuid(),
      async (chosen, parts, id) => {
        const root = path.join(real, id);
        await Promise.all(names.map((name) => mkdir(path.join(root, name), { recursive: true })));
        await writeFile(path.join(root, 'a', 'file'), '');
        await Promise.all(chosen.map((target, n) => symlink(target, path.join(root, names[n] ?? 'a', `l${n}`))));
        const beside = resolveReal(parts.join('/'), root, (file) => realPathBeside([mount], file));
        expect(beside).toBe(resolveReal(parts.join('/'), root, (file) => realPathOf(file)));
      },
    ),
    { numRuns: 150 },
  );
});
