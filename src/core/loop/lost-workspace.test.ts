import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { withGit } from '../git/git-context.ts';
import { lostWorkspace } from './lost-workspace.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let first: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.test', ...args], { cwd: folder.path })
    .toString()
    .trim();

beforeEach(async () => {
  folder = await createTempFolder();
  git('init', '-q');
  git('commit', '-q', '--allow-empty', '-m', 'first');
  first = git('rev-parse', 'HEAD');
  git('branch', 'work');
});
afterEach(() => folder.remove());

const look = (path: string) =>
  lostWorkspace({ workspace: { id: 'w', path, branch: 'work', baseCommit: first } }, { path: folder.path });

test('a folder that is there is not lost, nor is what has not come so far', async () => {
  mkdirSync(join(folder.path, 'there'));
  expect(await look(join(folder.path, 'there'))).toBeNull();
  expect(await lostWorkspace({ workspace: null }, { path: folder.path })).toBeNull();
});

test('one that is gone is told, with what is left of the work', async () => {
  const gone = join(folder.path, 'gone');
  expect(await look(gone)).toMatchObject({
    code: 'workspace-failed',
    words: `The folder of the workspace no longer exists: ${gone}. Nothing had been committed in it.`,
  });
  git('checkout', '-q', 'work');
  git('commit', '-q', '--allow-empty', '-m', 'done');
  expect((await look(gone))?.words).toContain('What was committed is kept on the branch work.');
  writeFileSync(gone, 'a file in its place');
  expect(await look(gone)).toMatchObject({ code: 'workspace-failed' });
});

test('what git does not tell is not taken for nothing', async () => {
  const gone = join(folder.path, 'gone');
  const program = () => ({ argv: ['/gone/git'], where: 'the setting git.program' });
  expect((await withGit({ program }, () => look(gone)))?.words).toMatch(
    /on its branch work is not known: The program \/gone\/git of the setting git\.program was not found.*[^.]\.$/,
  );
  git('branch', '-D', 'work');
  expect((await look(gone))?.words).toMatch(/ Its branch work no longer exists either\.$/);
});
