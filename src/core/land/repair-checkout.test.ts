import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { aProject } from '../../../test/support/project.ts';
import { createRepository, type TestRepository } from '../../../test/support/repository.ts';
import { repairCheckout } from './repair-checkout.ts';

const folder = gitFolder();

let repo: TestRepository;
let at: string;
let to: string;
const file = (name: string) => join(repo.path, name);
const repair = () => repairCheckout({ path: repo.path, branch: 'main', at, to, project: aProject(repo.path) });

beforeEach(async () => {
  repo = await createRepository(folder.path, {
    files: { 'a.txt': 'one\n', 'gone.txt': 'old\n', 'same.txt': 'same\n' },
  });
  await repo.git('switch', '--quiet', '--create', 'work');
  await writeFile(file('a.txt'), 'two\n'.repeat(100));
  await writeFile(file('new.txt'), 'new\n'.repeat(100));
  await rm(file('gone.txt'));
  await repo.git('add', '--all');
  await repo.git('commit', '--quiet', '--message', 'Work');
  await repo.git('switch', '--quiet', 'main');
  at = await repo.git('rev-parse', 'main');
  to = await repo.git('rev-parse', 'work');
  await writeFile(file('mine.txt'), 'mine\n');
});

test('takes back what a killed git has written, whole or in part, and nothing else', async () => {
  await writeFile(file('a.txt'), 'two\n'.repeat(50));
  await writeFile(file('new.txt'), 'new\nn');
  await rm(file('gone.txt'));
  await writeFile(file('.git/index.lock'), 'half');
  expect(await repair()).toBeNull();
  expect(await repo.git('status', '--porcelain')).toBe('?? mine.txt');
  expect(await readFile(file('a.txt'), 'utf8')).toBe('one\n');
  expect((await readdir(repo.path)).sort()).toEqual(['.git', 'a.txt', 'gone.txt', 'mine.txt', 'same.txt']);
  expect(await repair()).toBeNull();
});

test('takes back a whole move of which only the branch is missing', async () => {
  await repo.git('read-tree', '-m', '-u', at, to);
  expect(await repair()).toBeNull();
  expect(await repo.git('status', '--porcelain')).toBe('?? mine.txt');
  expect(await repo.git('rev-parse', 'HEAD')).toBe(at);
});

test('leaves what somebody has written since, and names it', async () => {
  await writeFile(file('a.txt'), 'edited by hand\n');
  await writeFile(file('new.txt'), 'also by hand\n');
  await writeFile(file('same.txt'), 'and this\n');
  await rm(file('gone.txt'));
  expect(await repair()).toContain('a.txt, same.txt, new.txt');
  expect(await readFile(file('a.txt'), 'utf8')).toBe('edited by hand\n');
  expect(await readFile(file('new.txt'), 'utf8')).toBe('also by hand\n');
  expect(await readFile(file('gone.txt'), 'utf8')).toBe('old\n');
});

test('leaves a checkout that is on another branch by now', async () => {
  await writeFile(file('a.txt'), 'two\n');
  await repo.git('switch', '--quiet', '--create', 'third');
  expect(await repair()).toBeNull();
  expect(await readFile(file('a.txt'), 'utf8')).toBe('two\n');
});
