import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { GIT_ENVIRONMENT, runGit } from '../../../test/support/repository.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { accepted, createTestWorkspaces } from '../../../test/support/workspaces.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value);
  folder = await createTempFolder();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

const SECRET = 'TOKEN=hunter2\n';
const script = "require('fs').writeFileSync('made.txt', 'by the set-up')";

/** A project with secrets beside what git has: one that git would take, one that it ignores, and a folder of them. */
async function begin(setup: string[][] = []) {
  const files = { 'a.txt': 'a\n', '.gitignore': 'ignored.env\n', 'keys/public.txt': 'public\n' };
  const world = await createTestWorkspaces(folder.path, {
    files,
    project: { copy: ['.env', 'ignored.env', './keys/'], setup },
  });
  for (const name of ['.env', 'ignored.env', 'keys/own.pem']) await writeFile(join(world.repo.path, name), SECRET);
  const workspace = await world.make();
  const within = (name: string) => join(workspace.path, name);
  expect(readFileSync(within('keys/own.pem'), 'utf8')).toBe(SECRET);
  const onBranch = async () =>
    (await world.repo.git('diff', '--name-only', workspace.baseCommit, workspace.branch)).split('\n');
  const remove = async () => accepted(await world.workspaces.remove(workspace.id, { discard: true })).kept;
  /** Whether the text is in any object of the repository, reachable or not. */
  const isStored = async (text: string) => {
    const all = await runGit(world.repo.path, ['cat-file', '--batch', '--batch-all-objects']);
    return all.includes(text.trim());
  };
  return { ...world, workspace, within, onBranch, remove, isStored };
}

test('what Drover copied, and what set-up commands made, is in no commit of kept work', async () => {
  const { within, workspace, onBranch, remove, isStored, dataFolder } = await begin([[process.execPath, '-e', script]]);
  await writeFile(within('a.txt'), 'changed\n');
  await writeFile(within('keys/new.txt'), 'the agent’s own\n');
  expect(await remove()).toBe(workspace.branch);
  expect(await onBranch()).toEqual(['a.txt', 'keys/new.txt']);
  expect(await isStored(SECRET)).toBe(false);
  expect(existsSync(join(dataFolder, 'kept'))).toBe(false);
});

test('a copy that the agent has changed is kept beside the commit, which says so', async () => {
  const { repo, within, workspace, onBranch, remove, isStored, dataFolder } = await begin();
  const changed = `${SECRET}OTHER=swordfish\n`;
  await writeFile(within('a.txt'), 'changed\n');
  await writeFile(within('.env'), changed);
  await writeFile(within('keys/own.pem'), changed);
  const kept = join(dataFolder, 'kept', `${workspace.id}-copied`);
  expect(await remove()).toBe(`${workspace.branch}, ${kept}`);
  expect(await onBranch()).toEqual(['a.txt']);
  expect(await repo.git('log', '-1', '--format=%b', workspace.branch)).toBe(
    'Without .env, keys/own.pem: Drover had copied them into the workspace.\n',
  );
  expect(await isStored(changed)).toBe(false);
  for (const name of ['.env', 'keys/own.pem']) expect(readFileSync(join(kept, name), 'utf8')).toBe(changed);
});

test('a changed copy alone makes no commit', async () => {
  const { within, workspace, remove, repo, dataFolder } = await begin();
  await writeFile(within('.env'), 'other\n');
  expect(await remove()).toBe(join(dataFolder, 'kept', `${workspace.id}-copied`));
  expect(await repo.git('branch', '--list', workspace.branch)).toBe('');
});

test('a copy that git no longer ignores, or that is staged, is left out too', async () => {
  const { within, workspace, onBranch, remove, dataFolder } = await begin();
  await writeFile(within('.gitignore'), '');
  await appendFile(within('ignored.env'), 'more\n');
  await runGit(workspace.path, ['add', '--force', '--', '.env', 'ignored.env', '.gitignore']);
  expect(await remove()).toContain('-copied');
  expect(await onBranch()).toEqual(['.gitignore']);
  expect(existsSync(join(dataFolder, 'kept', `${workspace.id}-copied`, 'ignored.env'))).toBe(true);
});

test('what the agent itself has committed is its work from then on', async () => {
  const { within, workspace, onBranch, remove } = await begin();
  await runGit(workspace.path, ['add', '--', '.env']);
  await runGit(workspace.path, ['commit', '--quiet', '--message', 'Mine']);
  await writeFile(within('.env'), 'changed\n');
  expect(await remove()).toBe(workspace.branch);
  expect(await onBranch()).toEqual(['.env']);
});

test('a great many files of the set-up are left out', async () => {
  const many = "for (let n = 0; n < 3000; n += 1) require('fs').writeFileSync('made-' + n, 'x')";
  const { within, onBranch, remove } = await begin([[process.execPath, '-e', many]]);
  await mkdir(within('new'));
  await writeFile(within('new/file'), 'work\n');
  await remove();
  expect(await onBranch()).toEqual(['new/file']);
});
