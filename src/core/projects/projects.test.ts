import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRepository } from '../../../test/support/repository.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { accept, type Result } from '../../contract/rejection.ts';
import { projectsMigration } from '../db/migrations/002-projects.ts';
import { createProjects, type Projects } from './projects.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let dataFolder: string;
beforeAll(async () => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
  folder = await createTempFolder();
  dataFolder = join(folder.path, 'data');
  await mkdir(join(dataFolder, 'workspaces'), { recursive: true });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

let db: Database.Database;
let projects: Projects;
let changes = 0;
let led: string[] = [];
let inUse = { tasks: 0, workspaces: 0 };
beforeEach(() => {
  db = new Database(':memory:');
  db.exec(projectsMigration.sql);
  changes = 0;
  led = [];
  inUse = { tasks: 0, workspaces: 0 };
  projects = createProjects({
    db,
    dataFolder,
    now: () => 1234,
    changed: () => {
      changes += 1;
    },
    branchPrefix: () => 'drover/',
    inUse: () => inUse,
    taskCount: () => 3,
    moveWorkspaces: async (_, path) => {
      led.push(path);
      return accept(null);
    },
  });
});
afterEach(() => void db.close());

function value<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}
const refusal = (outcome: Result<unknown>) => (outcome.ok ? null : outcome.rejection);

describe('a project to try things in', () => {
  afterEach(() => rm(join(dataFolder, 'samples'), { recursive: true, force: true }));

  test('is made once, in the data folder, and found again after it was removed', async () => {
    const [one, two] = await Promise.all([projects.sample(), projects.sample()]);
    const sample = value(one);
    expect(value(two).id).toBe(sample.id);
    expect(sample).toMatchObject({ name: 'sample', trusted: false, condition: 'ready', currentBranch: 'main' });
    expect(sample.path).toBe(join(dataFolder, 'samples', 'sample'));
    expect((await readdir(join(dataFolder, 'samples'))).sort()).toEqual(['sample']);
    await writeFile(join(sample.path, 'README.md'), 'Mine');
    value(projects.remove(sample.id));
    const again = value(await projects.sample());
    expect(again).toMatchObject({ path: sample.path, name: 'sample' });
    expect(again.id).not.toBe(sample.id);
    expect(await readFile(join(sample.path, 'README.md'), 'utf8')).toBe('Mine');
  });

  test('is made beside one that can no longer be a project, which is left as it is', async () => {
    const first = value(await projects.sample());
    await rm(join(first.path, '.git'), { recursive: true });
    const second = value(await projects.sample());
    expect(second.path).toBe(join(dataFolder, 'samples', 'sample-2'));
    expect(second.condition).toBe('ready');
    expect(await readdir(first.path)).toContain('README.md');
  });

  test('lets nothing else in the data folder be a project', async () => {
    await mkdir(join(dataFolder, 'samples'), { recursive: true });
    expect(refusal(await projects.add({ path: join(dataFolder, 'samples') }))?.code).toBe('invalid');
    const other = await createRepository(join(dataFolder, 'workspaces'));
    expect(refusal(await projects.add({ path: other.path }))?.message).toContain('own data folder');
  });
});

describe('adding', () => {
  test('a repository gives a project with the defaults', async () => {
    const repo = await createRepository(folder.path);
    const added = value(await projects.add({ path: repo.path }));
    expect(added).toMatchObject({
      name: basename(repo.path),
      path: repo.path,
      trusted: false,
      setup: [],
      copy: [],
      checks: [],
      branchPrefix: 'drover/',
      addedAt: 1234,
      condition: 'ready',
      currentBranch: 'main',
    });
    expect(added.id).toMatch(/^p[0-9a-z]{8}$/);
    expect(changes).toBe(1);
    expect(value(projects.get(added.id))).toMatchObject({ path: repo.path, trusted: false });
    expect(projects.list()).toHaveLength(1);
  });

  test('a folder may be written as in a shell, from the home folder', async () => {
    const repo = await createRepository(folder.path);
    vi.stubEnv('HOME', folder.path);
    expect(value(await projects.add({ path: `~/${basename(repo.path)}` })).path).toBe(repo.path);
    expect(refusal(await projects.add({ path: '~/nowhere' }))?.message).toContain(join(folder.path, 'nowhere'));
  });

  test('a folder inside a repository, or a link to it, adds the whole repository', async () => {
    const repo = await createRepository(folder.path, { files: { 'a/b/file': '' } });
    const link = join(folder.path, 'link');
    await symlink(join(repo.path, 'a', 'b'), link);
    expect(value(await projects.add({ path: link })).path).toBe(repo.path);
    expect(refusal(await projects.add({ path: join(repo.path, 'a') }))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`is already added, as the project ${basename(repo.path)}`),
    });
    expect(projects.list()).toHaveLength(1);
  });

  test.each([
    ['.bare', 'gitdir: ./.bare\n', ''],
    ['.git', null, ''],
    ['store.git', null, 'store.git'],
  ])('a bare repository in %s is one project, whichever of its folders is added', async (name, file, top) => {
    const repo = await createRepository(folder.path);
    const at = await mkdtemp(join(folder.path, 'layout-'));
    await repo.git('clone', '--quiet', '--bare', '.', join(at, name));
    if (file) await writeFile(join(at, '.git'), file);
    await repo.git('-C', join(at, name), 'worktree', 'add', '--quiet', join(at, 'main'), 'main');
    const path = join(at, top);
    const ways = [join(at, 'main'), join(at, name), ...(top === '' ? [at] : [])];
    for (const [index, way] of ways.entries()) {
      const added = value(await projects.add({ path: way }));
      expect(added).toMatchObject({ path, name: top === '' ? basename(at) : 'store', condition: 'ready' });
      expect(value(await projects.detail(added.id))).toMatchObject({ condition: 'ready', currentBranch: 'main' });
      const other = ways[(index + 1) % ways.length] ?? way;
      expect(refusal(await projects.add({ path: other }))?.message).toMatch(/already added/);
      value(projects.remove(added.id));
    }
  });

  test('each thing that cannot be a project has its own answer', async () => {
    const repo = await createRepository(folder.path);
    const at = (name: string) => join(folder.path, name);
    await writeFile(at('file'), '');
    await mkdir(at('plain'));
    const empty = await createRepository(folder.path, { files: {} });
    await repo.git('worktree', 'add', '--quiet', at('linked'));
    await repo.git('worktree', 'add', '--quiet', join(dataFolder, 'workspaces', 'ours'));
    const answers: [string, string, string][] = [
      [at('gone'), 'not-found', `There is no folder ${at('gone')}.`],
      [at('file/x'), 'not-found', `There is no folder ${at('file/x')}: a part of the path is a file.`],
      [at('file'), 'invalid', `${at('file')} is a file; give the folder of a repository.`],
      [at('plain'), 'invalid', `${at('plain')} is not a git repository; run git init in it and make a first commit.`],
      [empty.path, 'invalid', `${empty.path} has no commits yet; make a first one, then add it.`],
      [at('linked'), 'invalid', `${at('linked')} is a worktree of ${repo.path}; add ${repo.path} instead.`],
      [
        join(dataFolder, 'workspaces', 'ours'),
        'invalid',
        `${join(dataFolder, 'workspaces', 'ours')} is a workspace that Drover made of ${repo.path}; add ${repo.path} instead.`,
      ],
      [dataFolder, 'invalid', `${dataFolder} is in Drover’s own data folder.`],
      ['relative', 'invalid', 'The path relative is not absolute; give the whole path of the folder.'],
      ['/nul\0', 'invalid', 'A path cannot hold a NUL character.'],
    ];
    for (const [path, code, message] of answers) {
      expect(refusal(await projects.add({ path }))).toEqual({ code, message });
    }
    expect(projects.list()).toEqual([]);
    expect(changes).toBe(0);
  });

  test('two calls at once add it once', async () => {
    const repo = await createRepository(folder.path);
    const both = await Promise.all([projects.add({ path: repo.path }), projects.add({ path: repo.path })]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(refusal(both[1])?.code ?? refusal(both[0])?.code).toBe('conflict');
  });

  test('names are made unique, given ones are not changed behind the back', async () => {
    const paths: string[] = [];
    for (const parent of ['one', 'two', 'three']) {
      await mkdir(join(folder.path, parent));
      const repo = await createRepository(join(folder.path, parent));
      const path = join(folder.path, parent, 'Same');
      await rename(repo.path, path);
      paths.push(path);
    }
    const [one = '', two = '', three = ''] = paths;
    expect(value(await projects.add({ path: one })).name).toBe('Same');
    expect(value(await projects.add({ path: two })).name).toBe('Same-2');
    expect(refusal(await projects.add({ path: three, name: ' same ' }))).toMatchObject({
      code: 'conflict',
      message: 'There is already a project named same.',
    });
    expect(value(await projects.add({ path: three, name: '-n $(x)\n"🐄"' })).name).toBe('-n $(x) "🐄"');
  });

  test('a folder with a hostile name works', async () => {
    const repo = await createRepository(folder.path);
    const path = join(folder.path, '-x $(touch y) \'"\n🐄');
    await rename(repo.path, path);
    expect(value(await projects.add({ path }))).toMatchObject({
      path,
      name: '-x $(touch y) \'" 🐄',
      condition: 'ready',
    });
  });
});

describe('a project', () => {
  test('tells what its folder looks like now', async () => {
    const repo = await createRepository(folder.path);
    const { id } = value(await projects.add({ path: repo.path }));
    await repo.git('checkout', '--quiet', '--detach');
    expect(value(await projects.detail(id))).toMatchObject({ condition: 'ready', currentBranch: null, taskCount: 3 });
    await writeFile(join(repo.path, '.git', 'HEAD'), 'damaged\n');
    expect(value(await projects.detail(id)).condition).toBe('unreadable');
    await rm(join(repo.path, '.git'), { recursive: true });
    expect(value(await projects.detail(id)).condition).toBe('not-a-repository');
    await rm(repo.path, { recursive: true });
    expect(value(await projects.detail(id)).condition).toBe('missing');
    expect(refusal(await projects.detail('p00000000'))?.code).toBe('not-found');
  });

  test('that was moved is gone until it is said where it is', async () => {
    const repo = await createRepository(folder.path);
    const { id, path } = value(await projects.add({ path: repo.path }));
    const other = value(await projects.add({ path: (await createRepository(folder.path)).path }));
    const to = join(folder.path, 'moved');
    await rename(path, to);
    expect((await projects.listed()).find((one) => one.id === id)).toMatchObject({ gone: true });
    expect(refusal(await projects.set(id, { path: join(folder.path, 'nowhere') }))?.code).toBe('not-found');
    expect(refusal(await projects.set(id, { path: other.path }))?.message).toMatch(/already added/);
    expect(led).toEqual([]);
    expect(value(await projects.set(id, { path: to }))).toMatchObject({ path: to, condition: 'ready' });
    expect(led).toEqual([to]);
    expect((await projects.listed()).find((one) => one.id === id)).toMatchObject({ gone: false });
  });

  test('is trusted and changed; settings are checked', async () => {
    const repo = await createRepository(folder.path);
    const { id } = value(await projects.add({ path: repo.path }));
    expect(value(await projects.trust(id, true)).trusted).toBe(true);
    const settings = { setup: [['npm', 'ci']], copy: ['.env', 'a/./b'], checks: [['true']], branchPrefix: 'x/y-' };
    value(await projects.set(id, { name: 'Named', settings }));
    expect(value(projects.get(id))).toMatchObject({ ...settings, name: 'Named', trusted: true });
    value(await projects.set(id, { settings: { copy: [] } }));
    expect(value(projects.get(id))).toMatchObject({ ...settings, copy: [] });
    const before = changes;
    for (const copy of [
      '../x',
      'a/../../x',
      '/etc/passwd',
      'C:\\x',
      '..\\x',
      '.',
      './',
      '.git',
      '.GIT/config',
      'a\0',
    ]) {
      expect(refusal(await projects.set(id, { settings: { copy: [copy] } }))?.code).toBe('invalid');
    }
    for (const branchPrefix of ['-x', 'a b', '/x', 'a..b', 'x~', '.x', 'a\nb']) {
      expect(refusal(await projects.set(id, { settings: { branchPrefix } }))?.code).toBe('invalid');
    }
    expect(refusal(await projects.set(id, { settings: { setup: [['a\0']] } }))?.code).toBe('invalid');
    expect(refusal(await projects.set(id, { name: ' \n' }))?.code).toBe('invalid');
    expect(refusal(await projects.set('p00000000', {}))?.code).toBe('not-found');
    expect(changes).toBe(before);
    expect(value(await projects.set(id, { settings: { branchPrefix: '' } })).branchPrefix).toBe('');
  });

  test('is forgotten only when nothing of it is left, and its folder stays', async () => {
    const repo = await createRepository(folder.path);
    const { id, name } = value(await projects.add({ path: repo.path }));
    inUse = { tasks: 1, workspaces: 2 };
    expect(refusal(projects.remove(id))).toEqual({
      code: 'conflict',
      message: `The project ${name} still has one unfinished task and 2 workspaces. Stop the tasks and remove the workspaces first.`,
    });
    inUse = { tasks: 0, workspaces: 0 };
    expect(value(projects.remove(id))).toEqual({ projectId: id });
    expect(refusal(projects.remove(id))?.code).toBe('not-found');
    expect(await repo.git('status', '--porcelain')).toBe('');
  });
});
