import { branchCommit } from './branch-commit.ts';
import { isBranchName } from './branch-name.ts';
import { GitError } from './git-error.ts';
import { proveAbsent } from './prove-absent.ts';
import { askGit, runGit } from './run-git.ts';

export interface Base {
  commit: string;
  /** Short name of the branch or remote branch; null for a tag, a commit, or a detached HEAD. */
  branch: string | null;
}

/**
 * The commit that `name` (a branch, remote branch, tag or commit; null: what is checked out) stands for, or null when
 * there is none. A branch goes before a tag of the same name. Any text may be given. Usually one git process. Rejects with
 * `GitError` when git cannot tell.
 */
export async function resolveBase(cwd: string, name: string | null): Promise<Base | null> {
  const text = name ?? 'HEAD';
  // No branch and no revision begins with a dash or holds a control character; git would take them for options.
  if (!isRevisionText(text)) return null;
  const found = await look(cwd, text);
  if (!found) return null;
  const branch = shortName(found.ref);
  if (branch !== null || found.ref === 'HEAD') return { commit: found.commit, branch };
  // A tag or a commit; or a name that is a branch too, for which git prefers the tag and tells no full name.
  const named = isBranchName(text) ? await branchCommit(cwd, text) : null;
  return named === null ? { commit: found.commit, branch: null } : { commit: named, branch: text };
}

/** Whether `text` may stand where git expects a revision. */
function isRevisionText(text: string): boolean {
  for (const character of text) if (character < ' ' || character === '\x7f') return false;
  return text !== '' && !text.startsWith('-');
}

async function look(cwd: string, text: string): Promise<{ commit: string; ref: string } | null> {
  const args = ['rev-parse', '--revs-only', `${text}^{commit}`, '--symbolic-full-name', text, '--'];
  try {
    const [commit = '', ref = ''] = (await runGit({ cwd, args })).split('\n');
    // A range (`a..b`) is answered with more than one commit.
    return isCommit(commit) && !isCommit(ref.replace('^', '')) ? { commit, ref } : null;
  } catch (error) {
    if (!(error instanceof GitError) || error.exitCode !== 128) throw error;
    // For every failure git has the same exit code here. Which it was is asked by itself.
    if (await namesCommit(cwd, text)) throw error;
    return null;
  }
}

/** Whether a text that git could not read as a commit is the name of one all the same, which is then damaged. */
async function namesCommit(cwd: string, text: string): Promise<boolean> {
  const ask = async (revision: string) => {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', revision];
    return (await askGit({ cwd, args, expect: [0, 1, 128] })).text.trim();
  };
  const id = await ask(text);
  if (isCommit(id)) {
    const { exitCode } = await askGit({ cwd, args: ['cat-file', '-e', id], expect: [0, 1] });
    // An id stands for itself, whether there is such an object or not. What a ref names has to be there.
    if (exitCode === 1) return id !== text;
    // Something else than a commit, unless it cannot even be said what it is.
    return (await ask(`${id}^{}`)) === '';
  }
  // Git has no answer where there is no such name, and none where its refs cannot be read.
  await runGit({ cwd, args: ['for-each-ref', '--count=1', '--format=%(refname)'] });
  const [name = ''] = text.split(/[~^:]|@\{/, 1);
  // What is asked of a name that is damaged is not there either.
  if (name !== text && name !== '') return namesCommit(cwd, name);
  for (const ref of name === 'HEAD' || name === '@' ? ['HEAD'] : refsNamed(name)) await proveAbsent(cwd, ref);
  return false;
}

function refsNamed(name: string): string[] {
  if (!isBranchName(name)) return [];
  return ['refs/heads/', 'refs/tags/', 'refs/remotes/'].map((prefix) => `${prefix}${name}`);
}

const isCommit = (text: string) => /^[0-9a-f]{40,64}$/.test(text);

function shortName(ref: string): string | null {
  for (const prefix of ['refs/heads/', 'refs/remotes/']) if (ref.startsWith(prefix)) return ref.slice(prefix.length);
  return null;
}
