import { randomInt } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { createRandom } from '../../../test/support/random.ts';
import { runGit } from '../../../test/support/repository.ts';
import { createTestWorkspaces, type TestWorkspaces } from '../../../test/support/workspaces.ts';
import type { Workspace } from '../../contract/workspace/state.ts';

/** For more: `DROVER_HISTORIES=200 DROVER_SEED=1 npm test -- src/core/workspaces/clean-up-histories`. */
const HISTORIES = Number(process.env.DROVER_HISTORIES ?? 5);
const FIRST = Number(process.env.DROVER_SEED ?? randomInt(1_000_000_000));
const STEPS = 30;

const folder = gitFolder();

/** A workspace and every commit that was made in it. */
interface Mine {
  workspace: Workspace;
  commits: string[];
}

/**
 * One random history of work, merges and clean-ups in one repository. After each clean-up all that was in a workspace is
 * looked for by git alone, without what Drover thinks of it. Gives how many were removed.
 */
async function play(seed: number, world: TestWorkspaces): Promise<number> {
  const { next, pick } = createRandom(seed);
  const all: Mine[] = [];
  let no = 0;
  let removed = 0;
  const name = () => {
    no += 1;
    return `file-${seed}-${no}.txt`;
  };
  const write = ({ workspace }: Mine, file = name()) => {
    writeFileSync(join(workspace.path, file), `${file} ${no}\n`);
  };
  const git = ({ workspace }: Mine, ...args: string[]) => runGit(workspace.path, args);
  const commit = async (one: Mine) => {
    await git(one, 'add', '--all');
    await git(one, 'commit', '--quiet', '--allow-empty', '--message', name());
    one.commits.push(await git(one, 'rev-parse', 'HEAD'));
  };
  const land = (...args: string[]) =>
    world.repo.git(...args).catch(() => world.repo.git('reset', '--quiet', '--hard', 'HEAD'));

  const acts: readonly ((one: Mine) => Promise<unknown> | undefined)[] = [
    async (one) => write(one),
    async (one) => write(one, 'README.md'),
    async (one) => {
      await mkdir(join(one.workspace.path, 'ignored'), { recursive: true });
      write(one, `ignored/${name()}`);
    },
    async (one) => {
      write(one);
      await commit(one);
    },
    commit,
    commit,
    (one) => land('merge', '--quiet', '--no-edit', one.workspace.branch),
    (one) => land('merge', '--quiet', '--no-edit', one.workspace.branch),
    async (one) => {
      await land('merge', '--squash', one.workspace.branch);
      await land('commit', '--quiet', '--message', name());
    },
    (one) => land('cherry-pick', '--quiet', one.workspace.branch),
    (one) => git(one, 'push', '--quiet', '--force', 'origin', one.workspace.branch),
    (one) => git(one, 'reset', '--quiet', '--hard', 'HEAD~1').catch(() => {}),
    (one) => git(one, 'stash', 'push', '--quiet', '--include-untracked'),
    (one) => git(one, 'switch', '--quiet', '--create', name()),
    (one) => git(one, 'switch', '--quiet', one.workspace.branch).catch(() => {}),
    (one) => git(one, 'checkout', '--quiet', '--detach'),
    (one) => git(one, 'clean', '-fdq'),
    (one) => git(one, 'checkout', '--quiet', '--', '.'),
    (one) => world.repo.git('worktree', 'lock', one.workspace.path).catch(() => {}),
    (one) => world.repo.git('worktree', 'unlock', one.workspace.path).catch(() => {}),
  ];

  async function cleanUp(one: Mine): Promise<void> {
    const { workspace } = one;
    const ask = () => git(one, 'status', '--porcelain', '--untracked-files=all');
    const before = await ask();
    const head = await git(one, 'rev-parse', 'HEAD');
    const stashes = await world.repo.git('stash', 'list');
    const done = world.workspaces.cleanUp(workspace.id, { by: 'user', veto: () => null });
    // Somebody may write meanwhile; in one step, so that it is written or not.
    let late: string | null = null;
    if (next() < 0.5) {
      await Promise.race([wait(next() * 60), done]);
      late = name();
      try {
        write(one, late);
      } catch {
        late = null;
      }
    }
    const { ok } = await done;
    if (!ok) {
      expect(existsSync(join(workspace.path, '.git'))).toBe(true);
      expect(await git(one, 'rev-parse', 'HEAD')).toBe(head);
      const lines = [...before.split('\n'), ...(late === null ? [] : [`?? ${late}`])].filter(Boolean);
      expect((await ask()).split('\n').filter(Boolean).sort()).toEqual(lines.sort());
      return;
    }
    removed += 1;
    all.splice(all.indexOf(one), 1);
    expect(before).toBe('');
    // What came while it went either kept it, or came too late to be written into it.
    if (late !== null) expect(existsSync(join(workspace.path, late))).toBe(true);
    expect(await world.repo.git('stash', 'list')).toBe(stashes);
    // No commit is lost, and what was checked out is in another branch, be it in other commits.
    for (const made of one.commits) {
      expect(await world.repo.git('for-each-ref', '--contains', made)).not.toBe('');
    }
    const own = await world.repo.git('ls-tree', '-r', '--format=%(objectname)', head);
    const others = (
      await world.repo.git('for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads', 'refs/tags')
    )
      .split('\n')
      .filter((line) => !line.endsWith(` refs/heads/${workspace.branch}`))
      .map((line) => line.split(' ')[0] ?? '');
    const held = new Set((await world.repo.git('rev-list', '--objects', '--no-object-names', ...others)).split('\n'));
    expect(own.split('\n').filter((blob) => !held.has(blob))).toEqual([]);
  }

  for (let step = 0; step < STEPS; step += 1) {
    if (all.length === 0 || (all.length < 3 && next() < 0.2)) {
      all.push({ workspace: await world.make(), commits: [] });
    }
    const one = pick(all);
    if (next() < 0.3) await cleanUp(one);
    else await pick(acts)(one);
  }
  return removed;
}

test(
  `no clean-up removes what is not merged or not committed (${HISTORIES} histories from seed ${FIRST})`,
  async () => {
    console.info(`seed ${FIRST}`);
    let removed = 0;
    for (let seed = FIRST; seed < FIRST + HISTORIES; seed += 1) {
      const own = await mkdtemp(join(folder.path, 'history-'));
      const world = await createTestWorkspaces(own, {
        files: { 'README.md': '# Sample\n', '.gitignore': 'ignored/\n' },
      });
      const remote = await mkdtemp(join(own, 'remote-'));
      await runGit(remote, ['init', '--quiet', '--bare']);
      await world.repo.git('remote', 'add', 'origin', remote);
      try {
        removed += await play(seed, world);
      } catch (error) {
        console.info(`The history of seed ${seed} fails.`);
        throw error;
      } finally {
        await world.workspaces.close();
      }
    }
    expect(removed).toBeGreaterThan(0);
  },
  Math.max(600_000, HISTORIES * 60_000),
);
