import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createRepository, type TestRepository } from '../../../test/support/repository.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import type { Result } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { Before } from './before.ts';
import { changesOf, fileDiffOf, filesOf } from './changes.ts';
import { fileInside } from './lies-inside.ts';

const before: Before = { remember: async () => {}, unchanged: async () => new Set(), copied: () => new Set() };
let folder: Awaited<ReturnType<typeof createTempFolder>>;
let repo: TestRepository;
let workspace: Workspace;
beforeAll(async () => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
  folder = await createTempFolder();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});
beforeEach(async () => {
  const files = {
    'a.txt': 'one\ntwo\n',
    'gone.txt': 'x\n',
    'star*.txt': 'star\n',
    'starry.txt': 'y\n',
    '.gitignore': '.env\n',
  };
  repo = await createRepository(folder.path, { files });
  const path = join(folder.path, `worktree-${Math.random().toString(36).slice(2)}`);
  await repo.git('worktree', 'add', '--quiet', '-b', 'work', path);
  workspace = {
    id: 'a00000001-1',
    taskId: 'a00000001',
    projectId: 'p00000001',
    path,
    branch: 'work',
    baseBranch: 'main',
    baseCommit: await repo.git('rev-parse', 'HEAD'),
    createdAt: 0,
    state: 'ready',
    kept: null,
  };
});

function value<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}
const write = (name: string, text: string | Uint8Array) => writeFile(join(workspace.path, name), text);
const git = (...args: string[]) => repo.git('-C', workspace.path, ...args);
const diff = async (path: string) => value(await fileDiffOf(workspace, null, path));
/** Its lines as git writes them. */
const lines = async (path: string) =>
  (await diff(path)).files.flatMap(({ hunks }) =>
    hunks.flatMap((hunk) =>
      hunk.lines.map(({ kind, text, unended }) => {
        return `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}${unended ? '|' : ''}`;
      }),
    ),
  );

test('lists what is committed, changed, deleted and untracked, and leaves out what is ignored', async () => {
  expect(value(await changesOf(workspace, null, before))).toEqual({ files: [], total: 0 });
  await write('a.txt', 'one\n2\nthree\n');
  await git('commit', '--quiet', '--all', '--message', 'Change');
  await rm(join(workspace.path, 'gone.txt'));
  await write('staged ü.txt', 'new\n');
  await git('add', '--', 'staged ü.txt');
  await write('new\tfile.txt', 'a\nb');
  await write('picture.bin', new Uint8Array([1, 0, 2]));
  await write('.env', 'SECRET=1\n');
  expect(value(await changesOf(workspace, null, before))).toEqual({
    total: 5,
    files: [
      { path: 'a.txt', status: 'modified', insertions: 2, deletions: 1, lines: 'counted' },
      { path: 'gone.txt', status: 'deleted', insertions: 0, deletions: 1, lines: 'counted' },
      { path: 'new\tfile.txt', status: 'untracked', insertions: 2, deletions: 0, lines: 'counted' },
      { path: 'picture.bin', status: 'untracked', insertions: null, deletions: null, lines: 'binary' },
      { path: 'staged ü.txt', status: 'added', insertions: 1, deletions: 0, lines: 'counted' },
    ],
  });
});

test('shows how a file differs, as it is now', async () => {
  await write('a.txt', 'one\n2\n');
  expect((await diff('a.txt')).files).toMatchObject([
    {
      ...{ status: 'modified', oldPath: 'a.txt', newPath: 'a.txt', oldMode: '100644', newMode: '100644' },
      hunks: [{ before: { line: 1, lines: 2 }, after: { line: 1, lines: 2 }, heading: '' }],
    },
  ]);
  expect(await lines('a.txt')).toEqual([' one', '-two', '+2']);
  await rm(join(workspace.path, 'gone.txt'));
  expect((await diff('gone.txt')).files).toMatchObject([{ status: 'deleted', oldPath: 'gone.txt', newPath: null }]);
  await write('new.txt', 'a\nb');
  expect((await diff('new.txt')).files).toMatchObject([
    { status: 'added', oldPath: null, newPath: 'new.txt', hunks: [{ before: { line: 0, lines: 0 } }] },
  ]);
  expect(await lines('new.txt')).toEqual(['+a', '+b|']);
  await write('new.bin', new Uint8Array([1, 0, 2]));
  expect((await diff('new.bin')).files).toMatchObject([{ status: 'added', binary: true, hunks: [] }]);
  expect(await diff('starry.txt')).toEqual({ path: 'starry.txt', files: [], cut: false, words: null });
});

test('takes a path as it is written, never as a pattern or an option', async () => {
  await write('starry.txt', 'changed\n');
  expect((await diff('star*.txt')).files).toEqual([]);
  await write('--output=stolen', 'x\n');
  expect(await lines('--output=stolen')).toEqual(['+x']);
  await git('checkout', '--', 'starry.txt');
  await write('star*.txt', 'changed\n');
  expect(await lines('star*.txt')).toContain('+changed');
  expect((await diff(':(top)a.txt')).files).toEqual([]);
});

test('reads nothing outside of the workspace, and nothing that is ignored', async () => {
  await writeFile(join(folder.path, 'secret.txt'), 'secret\n');
  await symlink(folder.path, join(workspace.path, 'out'));
  await write('.env', 'SECRET=1\n');
  for (const path of [
    '../secret.txt',
    'out/secret.txt',
    join(folder.path, 'secret.txt'),
    'a/../../secret.txt',
    '.git',
    'a\0b',
  ]) {
    expect(await fileDiffOf(workspace, null, path), path).toMatchObject({ ok: false, rejection: { code: 'invalid' } });
  }
  expect((await diff('.env')).files).toEqual([]);
  await symlink(join(folder.path, 'secret.txt'), join(workspace.path, 'leads-out'));
  for (const path of ['../secret.txt', 'out/secret.txt', 'leads-out', join(folder.path, 'secret.txt')]) {
    expect(await fileInside(workspace.path, path), path).toMatchObject({ ok: false, rejection: { code: 'invalid' } });
  }
  expect(await fileInside(workspace.path, '.env')).toEqual({ ok: true, value: join(workspace.path, '.env') });
  expect(await fileInside(workspace.path, 'gone')).toMatchObject({ rejection: { code: 'not-found' } });
  await rm(join(workspace.path, 'leads-out'));
  // The link itself is shown as what it is, not followed.
  expect((await diff('out')).files).toMatchObject([{ status: 'added', newMode: '120000' }]);
  expect(await lines('out')).toEqual([`+${folder.path}|`]);
});

test('runs no program that the repository names', async () => {
  const ran = join(folder.path, 'ran');
  await repo.git('config', 'diff.external', `touch ${ran}; true`);
  await repo.git('config', 'diff.loud.textconv', `touch ${ran}; cat`);
  await write('.gitattributes', '*.txt diff=loud\n');
  await write('a.txt', 'changed\n');
  expect(await lines('a.txt')).toContain('+changed');
  expect(value(await changesOf(workspace, null, before)).total).toBe(2);
  await expect(import('node:fs').then(({ existsSync }) => existsSync(ran))).resolves.toBe(false);
});

test('cuts a long diff and makes none of a huge file', async () => {
  await write('long.txt', 'a line of some words\n'.repeat(100_000));
  const long = await diff('long.txt');
  expect(long.words).toMatch(/first megabyte/);
  expect(long.cut).toBe(true);
  const shown = await lines('long.txt');
  expect(shown.join('\n').length).toBeLessThanOrEqual(1024 * 1024);
  expect(shown.at(-1)).toBe('+a line of some words');
  await write('huge.txt', 'x'.repeat(9 * 1024 * 1024));
  expect(await diff('huge.txt')).toMatchObject({ files: [], cut: true, words: expect.stringMatching(/too large/) });
});

test('says so when the folder is not there', async () => {
  await mkdir(join(workspace.path, 'x'));
  await rm(workspace.path, { recursive: true });
  expect(await changesOf(workspace, null, before)).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
  expect(await fileDiffOf({ ...workspace, state: 'removed' }, null, 'a.txt')).toMatchObject({ ok: false });
});

test('files are found by letters of their path, those too that have not changed, and none that git ignores', async () => {
  await writeFile(join(workspace.path, '.env'), 'SECRET=1\n');
  await mkdir(join(workspace.path, 'src'));
  await writeFile(join(workspace.path, 'src', 'new.txt'), 'new\n');
  const found = async (query: string, limit = 50) => {
    const answer = await filesOf(workspace, null, query, limit);
    return answer.ok ? answer.value.paths : answer.rejection.code;
  };
  expect(await found('star')).toEqual(['star*.txt', 'starry.txt']);
  expect(await found('src/')).toEqual(['src/new.txt']);
  expect(await found('env')).toEqual([]);
  expect(await found('', 2)).toHaveLength(2);
  await rm(workspace.path, { recursive: true });
  expect(await found('star')).toBe('unavailable');
});
