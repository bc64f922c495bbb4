import { askGit, runGit } from './run-git.ts';

/**
 * Makes a commit of a tree and gives its id; no branch, index or file is touched and no hook runs. Author and signature
 * are as the user's git says. Rejects with `GitError`, as when the signature cannot be made.
 */
export async function commitTree(options: {
  cwd: string;
  tree: string;
  parents: readonly string[];
  message: string;
  trusted: boolean;
  timeoutMs?: number;
  /** Default true. Without a signature it is also made in the name of Drover where git has none. */
  sign?: boolean;
}): Promise<string> {
  const { cwd, tree, parents, message, trusted, timeoutMs, sign = true } = options;
  const config = ['config', '--type=bool', '--get', 'commit.gpgSign'];
  const signs = sign && (await askGit({ cwd, args: config, expect: [0, 1] })).text.trim() === 'true';
  const identity = sign ? [] : ['-c', 'user.name=Drover', '-c', 'user.email=drover@localhost'];
  const args = [
    ...[...identity, 'commit-tree', ...(signs ? ['-S'] : [])],
    ...[...parents.flatMap((parent) => ['-p', parent]), '-F', '-', tree],
  ];
  return (await runGit({ cwd, args, trusted, writes: true, input: `${message.trimEnd()}\n`, timeoutMs })).trim();
}
