import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { markedProcesses } from '../../../test/support/marked-processes.ts';
import { aProject } from '../../../test/support/project.ts';
import { createRepository, runGit, type TestRepository } from '../../../test/support/repository.ts';
import { eventually } from '../../../test/support/until.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result } from '../../contract/rejection.ts';
import { silentLogger } from '../base/logger.ts';
import { migrations } from '../db/migrations/list.ts';
import type { WorkspacePlan } from './plan.ts';
import { createWorkspaces, type Workspaces } from './workspaces.ts';

const folder = gitFolder();

let db: Database.Database;
let repo: TestRepository;
let project: Project;
let login: Record<string, string>;
beforeEach(async () => {
  db = new Database(':memory:');
  for (const { sql } of migrations) db.exec(sql);
  repo = await createRepository(folder.path);
  login = { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  project = aProject(repo.path, { trusted: true });
});
afterEach(() => void db.close());

async function create(limitMs?: number): Promise<Workspaces> {
  return createWorkspaces({
    db,
    dataFolder: await mkdtemp(join(folder.path, 'data-')),
    now: () => 1,
    changed: () => {},
    logger: silentLogger,
    environment: async () => login,
    isRunning: () => false,
    projectOf: () => accept(project),
    ...(limitMs === undefined ? {} : { limitMs }),
  });
}

function value<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}
const refusal = (outcome: Result<unknown>) => (outcome.ok ? null : outcome.rejection.message);

let tasks = 0;
async function plan(workspaces: Workspaces): Promise<WorkspacePlan> {
  tasks += 1;
  const task = { id: `a${String(tasks).padStart(8, '0')}`, title: 'Do it' };
  return value(await workspaces.plan({ task, workspaceNo: 1, project, base: null }));
}

async function hook(text: string): Promise<void> {
  const path = join(repo.path, '.git', 'hooks', 'post-checkout');
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

describe('a hook after the checkout', () => {
  test('that fails leaves the workspace whole, with a warning', async () => {
    await hook('echo "lint-tool: command not found" >&2; exit 1');
    const workspaces = await create();
    const warnings: string[] = [];
    const made = await workspaces.make(await plan(workspaces), project, {
      warn: (code, words) => void warnings.push(`${code} ${words}`),
    });
    expect(value(made).state).toBe('ready');
    expect(warnings).toEqual([expect.stringMatching(/^workspace-warning .*lint-tool: command not found/)]);
    expect(value(await workspaces.detail(value(made).id)).condition).toBe('clean');
  });

  test.skipIf(process.platform !== 'linux')(
    'that hangs is named, and ended with all it started by a stop',
    async () => {
      const begun = join(folder.path, 'begun');
      await hook(`sleep 600 & touch '${begun}'; sleep 600`);
      const workspaces = await create();
      const stop = new AbortController();
      const said: string[] = [];
      const marker = `hook-${process.pid}`;
      const options = { signal: stop.signal, marker, doing: (words: string) => void said.push(words) };
      const making = workspaces.make(await plan(workspaces), project, options);
      await eventually(() => expect(said).toContain('Making the workspace: running the git hook post-checkout'));
      expect(await markedProcesses(marker)).not.toEqual([]);
      // Work of the same project that waits its turn says so, and is stopped without one.
      const second = new AbortController();
      const waits: string[] = [];
      const waiting = workspaces.make(await plan(workspaces), project, {
        signal: second.signal,
        doing: (words) => void waits.push(words),
      });
      await eventually(() => expect(waits).toContain('Waiting for git in this project'));
      second.abort();
      expect(refusal(await waiting)).toMatch(/^Stopped/);
      stop.abort();
      expect(refusal(await making)).toMatch(/^Stopped/);
      expect(await markedProcesses(marker)).toEqual([]);
    },
  );

  test('that hangs is ended when the time is up, and the workspace taken', async () => {
    await hook('sleep 600');
    const workspaces = await create(3000);
    const warnings: string[] = [];
    const made = await workspaces.make(await plan(workspaces), project, {
      marker: `limit-${process.pid}`,
      warn: (_, words) => void warnings.push(words),
    });
    expect(value(made).state).toBe('ready');
    expect(warnings).toEqual([expect.stringContaining('Git did not finish within 3 s')]);
    expect(await markedProcesses(`limit-${process.pid}`)).toEqual([]);
  });

  test('is ended with Drover', async () => {
    const begun = join(folder.path, 'begun-again');
    await hook(`touch '${begun}'; sleep 600`);
    const workspaces = await create();
    const marker = `end-${process.pid}`;
    const making = workspaces.make(await plan(workspaces), project, { marker });
    await eventually(() => expect(existsSync(begun)).toBe(true));
    await workspaces.close();
    expect(await markedProcesses(marker)).toEqual([]);
    await making;
  });
});

test('a filter whose program only the login shell finds works, trusted or not', async () => {
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'git-big'), '#!/bin/sh\nexec cat\n', { mode: 0o755 });
  const config = join(folder.path, 'config');
  await writeFile(
    config,
    '[filter "big"]\n\tsmudge = git-big smudge\n\tclean = git-big clean\n\trequired = true\n[user]\n\tname = A\n\temail = a@b\n',
  );
  await writeFile(join(repo.path, '.gitattributes'), '*.bin filter=big\n');
  await writeFile(join(repo.path, 'a.bin'), 'data\n');
  await repo.git('add', '--all');
  await repo.git('commit', '--quiet', '--message', 'big');
  login = { ...login, GIT_CONFIG_GLOBAL: config, PATH: `${bin}:${login.PATH}` };
  for (const trusted of [false, true]) {
    project = { ...project, trusted };
    const workspaces = await create();
    const workspace = value(await workspaces.make(await plan(workspaces), project));
    expect(await readFile(join(workspace.path, 'a.bin'), 'utf8')).toBe('data\n');
    await writeFile(join(workspace.path, 'a.bin'), `more ${trusted}\n`);
    expect(value(await workspaces.detail(workspace.id))).toMatchObject({ condition: 'dirty', uncommitted: 1 });
    expect(value(await workspaces.remove(workspace.id, { discard: true })).kept).toBe(workspace.branch);
  }
});

describe('submodules', () => {
  async function withSubmodule(): Promise<void> {
    const lib = await createRepository(folder.path, { files: { 'lib.txt': 'lib\n' } });
    const allow = ['-c', 'protocol.file.allow=always'];
    await repo.git(...allow, 'submodule', '--quiet', 'add', lib.path, 'vendor/lib');
    await repo.git('commit', '--quiet', '--message', 'submodule');
    const config = join(await mkdtemp(join(folder.path, 'config-')), 'config');
    await writeFile(config, '[protocol "file"]\n\tallow = always\n');
    login = { ...login, GIT_CONFIG_GLOBAL: config };
  }

  test('are empty and named, or initialized where the project says so; then the workspace can be removed', async () => {
    await withSubmodule();
    const workspaces = await create();
    const warnings: string[] = [];
    const options = { warn: (_: string, words: string) => void warnings.push(words) };
    const empty = value(await workspaces.make(await plan(workspaces), project, options));
    expect(warnings).toEqual([expect.stringMatching(/^vendor\/lib is empty: submodules are not initialized/)]);
    expect(value(await workspaces.remove(empty.id)).state).toBe('removed');

    project = { ...project, submodules: true };
    for (const discard of [false, true]) {
      const full = value(await workspaces.make(await plan(workspaces), project, options));
      expect(await readFile(join(full.path, 'vendor', 'lib', 'lib.txt'), 'utf8')).toBe('lib\n');
      if (discard) await writeFile(join(full.path, 'new.txt'), 'x');
      const removed = value(await workspaces.remove(full.id, { discard }));
      expect(removed).toMatchObject({ state: 'removed', kept: discard ? full.branch : null });
      expect(existsSync(full.path)).toBe(false);
    }
    expect(warnings).toHaveLength(1);
  });

  test('with commits that exist nowhere else are named and not removed', async () => {
    await withSubmodule();
    project = { ...project, submodules: true };
    const workspaces = await create();
    const workspace = value(await workspaces.make(await plan(workspaces), project));
    const inner = join(workspace.path, 'vendor', 'lib');
    await writeFile(join(inner, 'own.txt'), 'x');
    await runGit(inner, ['add', '--all']);
    await runGit(inner, ['commit', '--quiet', '--message', 'own']);
    await runGit(workspace.path, ['commit', '--quiet', '--all', '--message', 'pointer']);
    expect((await workspaces.left(workspace.id)).unheld).toEqual([
      'The submodule vendor/lib has 1 commit that exists nowhere else, which the branch does not hold.',
    ]);
    for (const discard of [false, true]) {
      expect(refusal(await workspaces.remove(workspace.id, { discard }))).toMatch(
        /vendor\/lib in .* is a submodule with 1 commit that is nowhere else/,
      );
    }
    expect(existsSync(join(inner, 'own.txt'))).toBe(true);
    expect(workspaces.get(workspace.id)?.state).toBe('ready');
  });

  test('a repository committed as a mere pointer is named', async () => {
    const workspaces = await create();
    const workspace = value(await workspaces.make(await plan(workspaces), project));
    const inner = join(workspace.path, 'inner');
    await mkdir(inner);
    await runGit(inner, ['init', '--quiet']);
    await writeFile(join(inner, 'file'), 'x');
    await runGit(inner, ['add', '--all']);
    await runGit(inner, ['commit', '--quiet', '--message', 'inner']);
    await runGit(workspace.path, ['-c', 'advice.addEmbeddedRepo=false', 'add', 'inner']);
    await runGit(workspace.path, ['commit', '--quiet', '--message', 'pointer']);
    expect((await workspaces.left(workspace.id)).unheld).toEqual([
      expect.stringMatching(/^inner is a repository of its own/),
    ]);
    expect(refusal(await workspaces.remove(workspace.id, { discard: true }))).toMatch(
      /inner in .* with 1 commit that is nowhere else/,
    );
  });
});

test('a folder that was half deleted is kept as it was, not as deletions by the hundred', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, n) => writeFile(join(repo.path, `${n}.txt`), `${n}\n`)));
  await repo.git('add', '--all');
  await repo.git('commit', '--quiet', '--message', 'many');
  const workspaces = await create();
  const workspace = value(await workspaces.make(await plan(workspaces), project));
  for (let n = 0; n < 150; n += 1) await rm(join(workspace.path, `${n}.txt`));
  await writeFile(join(workspace.path, 'new.txt'), 'x');
  expect(value(await workspaces.remove(workspace.id, { discard: true })).kept).toBe(workspace.branch);
  const files = (await repo.git('ls-tree', '-r', '--name-only', workspace.branch)).split('\n');
  expect(files).toHaveLength(202);
  expect(files).toContain('new.txt');
  expect(await repo.git('log', '-1', '--format=%b', workspace.branch)).toMatch(/150 files were missing/);
});
