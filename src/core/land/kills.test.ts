import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { must } from '../../../test/support/host.ts';
import type { LandingJob } from '../../../test/support/landing-child.ts';
import { aLandingWorld, anEndedTask, landingOf, openLandings } from '../../../test/support/landings.ts';
import { GIT_ENVIRONMENT, runGit } from '../../../test/support/repository.ts';

const CHILD = new URL('../../../test/support/landing-child.ts', import.meta.url).pathname;
/** A landing starts fewer git processes than this. */
const MOST = 80;
/** Of the calls before anything is recorded, which only look, every third kills. */
const LOOKING = 3;

const folder = gitFolder();

/**
 * A git that kills the host that has started it: right before or after the nth call of it, or in the middle, where git has
 * written a part of what it was about to.
 */
async function killingGit(nth: number, when: 'before' | 'after'): Promise<{ git: string; calls(): Promise<number> }> {
  const own = await mkdtemp(join(folder.path, 'git-'));
  const [git, count] = [join(own, 'git'), join(own, 'count')];
  const kill = 'kill -9 "$PPID"';
  const lines = [
    '#!/bin/sh',
    `printf x >> '${count}'`,
    `[ "$(wc -c < '${count}')" -eq ${nth} ] || exec git "$@"`,
    ...(when === 'before' ? [kill] : ['git "$@"', kill]),
  ];
  await writeFile(git, `${lines.join('\n')}\n`);
  await chmod(git, 0o755);
  return { git, calls: async () => (await readFile(count, 'utf8').catch(() => '')).length };
}

async function runChild(job: LandingJob): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, JSON.stringify(job)], {
    env: { ...process.env, ...GIT_ENVIRONMENT },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolve) => child.once('exit', resolve));
}

/** Index, files and what is checked out, as a person could find them changed. */
async function stateOf(path: string): Promise<string> {
  const all = [
    runGit(path, ['rev-parse', 'HEAD']),
    runGit(path, ['ls-files', '--stage']),
    runGit(path, ['status', '--porcelain=v2', '--untracked-files=all', '--ignored']),
    runGit(path, ['diff', '--no-ext-diff', 'HEAD']),
  ];
  return (await Promise.all(all)).join('\n');
}

type World = Awaited<ReturnType<typeof aWorld>>;
type Case = Pick<LandingJob, 'how' | 'touchCheckout'> & { when: 'before' | 'after' };

/** A task whose work has not landed, or has landed where that is to be undone; with files that belong to nobody. */
async function aWorld({ how, touchCheckout }: Case) {
  const world = await aLandingWorld(folder.path);
  const { repo, project } = world;
  const first = await openLandings({ ...world, env: GIT_ENVIRONMENT });
  const { taskId, workspace } = await anEndedTask(first, project);
  await writeFile(join(workspace.path, 'new.txt'), 'new\n');
  await writeFile(join(workspace.path, 'a.txt'), 'changed\n');
  await writeFile(join(workspace.path, 'ignored'), 'secret\n');
  await runGit(workspace.path, ['add', '--intent-to-add', 'new.txt']);
  await writeFile(join(repo.path, 'mine.txt'), 'mine\n');
  if (!touchCheckout) await repo.git('switch', '--quiet', '--create', 'other');
  if (how === null) must(await first.landings.land({ taskId, how: 'merge', touchCheckout }));
  await first.close();
  const look = async () => ({
    main: await repo.git('rev-parse', 'refs/heads/main'),
    work: await stateOf(workspace.path),
    own: await stateOf(repo.path),
  });
  return { ...world, taskId, workspace, look, before: await look(), begun: how === null ? 1 : 0 };
}

/** Lands or undoes with a git that kills its host, starts again, and checks what is there. */
async function killAt(
  world: World,
  nth: number,
  { when, how, touchCheckout }: Case,
): Promise<{ killed: boolean; began: boolean; moved: boolean }> {
  const { repo, project, dataFolder, taskId, workspace, look, before } = world;
  const { git, calls } = await killingGit(nth, when);
  await runChild({ dataFolder, project, taskId, how, touchCheckout, git });
  const killed = (await calls()) >= nth;

  const host = await openLandings({ ...world, env: GIT_ENVIRONMENT });
  try {
    const what = `git call ${nth}, ${when}`;
    const after = await look();
    const task = host.store.get(taskId);
    expect(task?.openLanding, what).toBeUndefined();
    const moved = after.main !== before.main;
    expect(landingOf(host, taskId)?.commit, what).toBe(moved === (how === null) ? undefined : after.main);
    if (!moved) expect(after, what).toEqual(before);
    else if (how === null) expect(after.work, what).toBe(before.work);
    else {
      expect(await repo.git('show', 'main:new.txt'), what).toBe('new');
      expect(await runGit(workspace.path, ['status', '--porcelain']), what).toBe('');
      expect(existsSync(join(workspace.path, 'ignored')), what).toBe(true);
    }
    expect(await repo.git('status', '--porcelain'), what).toBe('?? mine.txt');
    expect(await readdir(join(dataFolder, 'landing')).catch(() => []), what).toEqual([]);
    const names = await readdir(join(repo.path, '.git'), { recursive: true });
    expect(
      names.filter((name) => name.endsWith('.lock')),
      what,
    ).toEqual([]);
    const begun = world.begun;
    world.begun = task?.landingCount ?? 0;
    return { killed, began: world.begun > begun, moved };
  } finally {
    await host.close();
  }
}

describe.skipIf(process.platform !== 'linux')('a host that is killed at any of the git calls', () => {
  test.each<Case & { name: string }>([
    { name: 'a merge into a branch that is checked out', when: 'before', how: 'merge', touchCheckout: true },
    { name: 'a squash into one that is not', when: 'after', how: 'squash', touchCheckout: false },
    { name: 'an undo', when: 'after', how: null, touchCheckout: true },
  ])(
    'of $name, $when it, leaves what was before or what is after',
    async (one) => {
      let world = await aWorld(one);
      let [nth, step] = [1, LOOKING];
      while (nth < MOST) {
        const { killed, began, moved } = await killAt(world, nth, one);
        if (moved) world = await aWorld(one);
        if (!began && killed) nth += step;
        else if (step === LOOKING && nth > 1) {
          // It had begun some calls before: from there on none is left out.
          nth -= LOOKING - 1;
          step = 1;
        } else if (killed) nth += 1;
        else break;
      }
      // The last one was not killed: all calls of the landing were gone through.
      expect(nth).toBeGreaterThan(5);
      expect(nth).toBeLessThan(MOST);
    },
    20 * 60_000,
  );
});
