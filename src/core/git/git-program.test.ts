import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { withGit } from './git-context.ts';
import { probeGit } from './probe-git.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.remove());

const PATH = process.env.PATH ?? '';
const where = 'the setting git.program';

async function git(name: string): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, '#!/bin/sh\necho "wrapper 9.9.9"\necho "git version 2.45.$1"\n', { mode: 0o755 });
  return path;
}

test('the git that a person chose is started, with its arguments', async () => {
  const chosen = { argv: [await git('my git'), '7'] as [string, ...string[]], where };
  const probe = await withGit({ environment: async () => ({ PATH }), program: () => chosen }, () => probeGit());
  expect(probe).toEqual({ version: '2.45.7', problem: null, hint: null });
  const gone = { argv: ['/gone/git'] as [string, ...string[]], where };
  const none = await withGit({ environment: async () => ({ PATH }), program: () => gone }, () => probeGit());
  expect(none.problem).toContain(`The program /gone/git of ${where} was not found`);
});

test('a git that the login shell knows only now is found; else its silence is told', async () => {
  await git('git');
  let path = '/nowhere';
  const slow = 'Your login shell took longer than 5 s to start.';
  const environment = Object.assign(async () => ({ PATH: path }), {
    again: async () => path !== '/nowhere',
    problem: () => slow,
  });
  const probe = () => withGit({ environment }, () => probeGit());
  expect((await probe()).problem).toContain(slow);
  environment.again = async () => {
    path = folder.path;
    return true;
  };
  expect(await probe()).toMatchObject({ problem: null, version: expect.stringMatching(/^2\.45/) });
});
