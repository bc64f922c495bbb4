import { tmpdir } from 'node:os';
import path from 'node:path';
import { GIT_LINE, OLDEST_GIT } from '../../core/git/probe-git.ts';
import { findProgram } from '../../core/process/find-program.ts';
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
    return ok(`${used}; the system’s is ${(await versionOf(system, env, NODE_LINE)) ?? 'not working'} at ${system}`);
  },
};

export const gitCheck: Check = {
  name: 'git',
  async look({ env }) {
    const git = findProgram('git', env.PATH);
    if (git === null) return broken('not found', 'Install git, for example with “apt install git”.');
    const version = await versionOf(git, env, GIT_LINE);
    if (version === null) return broken(`${git} does not work`, 'Run “git --version” to see why.');
    const found = `${version} at ${git}`;
    if (isOlder(version, OLDEST_GIT)) return note(found, `Drover is made for git ${OLDEST_GIT} or newer.`);
    return ok(found);
  },
};

async function versionOf(program: string, env: Record<string, string>, own: RegExp): Promise<string | null> {
  const { exitCode, output } = await runCommand({
    argv: [program, '--version'],
    cwd: tmpdir(),
    env,
    timeoutMs: 5_000,
    maxOutputBytes: 64 * 1024,
    stdoutOnly: true,
  });
  return exitCode === 0 ? findVersion(output, own) : null;
}
