import { tmpdir } from 'node:os';
import path from 'node:path';
import { GIT_LINE, OLDEST_GIT } from '../../core/git/probe-git.ts';
import { findProgram } from '../../core/process/find-program.ts';
import { describeUnusable, locateProgram } from '../../core/process/locate-program.ts';
import { runCommand } from '../../core/process/run-command.ts';
import { findVersion, isOlder } from '../../core/process/version.ts';
import { broken, type Check, note, ok } from './check.ts';

/** The oldest Node that can run Drover's main process. */
const OLDEST_NODE = '20.18';
const NODE_LINE = /^v(\d+\.\d+\.\d+)/;

export const nodeCheck: Check = {
  name: 'node',
  async look({ env }) {
    const used = `${process.versions.node} at ${process.execPath}`;
    if (isOlder(process.versions.node, OLDEST_NODE)) {
      return broken(used, `Drover needs Node ${OLDEST_NODE} or newer.`);
    }
    const own = env.PATH?.split(path.delimiter).filter((folder) => !folder.includes('node_modules')) ?? [];
    const system = findProgram('node', own.join(path.delimiter));
    if (system === null) return ok(`${used}; the system has none of its own`);
    if (system === process.execPath) return ok(`${used}, the system’s own`);
    return ok(`${used}; the system’s is ${(await versionOf([system], env, NODE_LINE)) ?? 'not working'} at ${system}`);
  },
};

export const gitCheck: Check = {
  name: 'git',
  async look({ env, chosen }) {
    const located = locateProgram('git', env, { chosen: chosen.git });
    if (located === null) {
      if (chosen.git) return broken(describeUnusable(chosen.git), 'Name another there, or none to look in the PATH.');
      return broken('not found', 'Install git, for example with “apt install git”, or say in git.program where it is.');
    }
    const { program: git, before, why } = located;
    const version = await versionOf([git, ...before], env, GIT_LINE);
    if (version === null) return broken(`${git} does not work`, 'Run “git --version” to see why.');
    const found = `${version} at ${git}, ${why}`;
    if (isOlder(version, OLDEST_GIT)) return note(found, `Drover is made for git ${OLDEST_GIT} or newer.`);
    return ok(found);
  },
};

async function versionOf(command: readonly string[], env: Record<string, string>, own: RegExp): Promise<string | null> {
  const { exitCode, output } = await runCommand({
    argv: [...command, '--version'],
    cwd: tmpdir(),
    env,
    timeoutMs: 5_000,
    maxOutputBytes: 64 * 1024,
    stdoutOnly: true,
  });
  return exitCode === 0 ? findVersion(output, own) : null;
}

/** The shell whose environment everything gets. */
export const shellCheck: Check = {
  name: 'login shell',
  async look({ shell }) {
    if (shell.problem === null) return ok(shell.name);
    return note(shell.problem, 'See what its start-up files do, or name another one in the setting shell.program.');
  },
};
