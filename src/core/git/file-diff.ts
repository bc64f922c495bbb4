import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere } from '../base/if-there.ts';
import { looksBinary } from './count-lines.ts';
import { runGit } from './run-git.ts';

/** Above this size of a file no diff is made. */
const LARGEST_FILE = 8 * 1024 * 1024;

/** A unified diff, whatever the user has set for theirs. */
export const DIFF = [
  ...['diff', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'],
  ...['--src-prefix=a/', '--dst-prefix=b/'],
] as const;

/**
 * How one file of a worktree differs from a commit, as a unified diff; an untracked file is all new. Empty when it does
 * not differ or is ignored, null when it is too large. `path` is relative to the worktree and lies inside it.
 */
export async function fileDiff(cwd: string, commit: string, path: string): Promise<string | null> {
  const now = (await ifThere(lstat(join(cwd, path))))?.size ?? 0;
  if (now > LARGEST_FILE || (await sizeThen(cwd, commit, path)) > LARGEST_FILE) return null;
  const text = await runGit({ cwd, args: ['--literal-pathspecs', ...DIFF, commit, '--', path] });
  return text === '' && (await isUntracked(cwd, path)) ? newFile(cwd, path) : text;
}

/** The same between two trees or commits. */
export async function fileDiffBetween(cwd: string, from: string, to: string, path: string): Promise<string | null> {
  const sizes = await Promise.all([from, to].map((tree) => sizeThen(cwd, tree, path)));
  if (Math.max(...sizes) > LARGEST_FILE) return null;
  return runGit({ cwd, args: ['--literal-pathspecs', ...DIFF, from, to, '--', path] });
}

/** Bytes of a file in a commit; 0 of what is not in it, and of what is no file. */
async function sizeThen(cwd: string, commit: string, path: string): Promise<number> {
  const args = ['--literal-pathspecs', 'ls-tree', '-z', '--long', '--full-tree', commit, '--', path];
  // `<mode> <kind> <hash> <size>`, tab, path, NUL.
  const [, size] = /^\d+ blob [0-9a-f]+ +(\d+)\t/.exec(await runGit({ cwd, args })) ?? [];
  return Number(size ?? 0);
}

async function isUntracked(cwd: string, path: string): Promise<boolean> {
  const args = ['--literal-pathspecs', 'ls-files', '--others', '--exclude-standard', '-z', '--', path];
  return (await runGit({ cwd, args })) === `${path}\0`;
}

/** What git would say of a new file, which it compares only when it is added. */
async function newFile(cwd: string, path: string): Promise<string> {
  const full = join(cwd, path);
  const stat = await lstat(full);
  const head = `diff --git a/${path} b/${path}\nnew file mode ${stat.isSymbolicLink() ? '120000' : '100644'}\n`;
  if (!stat.isFile() && !stat.isSymbolicLink()) return head;
  const bytes = stat.isFile() ? await readFile(full) : Buffer.from(await readlink(full));
  if (bytes.length === 0) return head;
  if (looksBinary(bytes)) return `${head}Binary files /dev/null and b/${path} differ\n`;
  const lines = bytes.toString('utf8').split('\n');
  const ended = lines.at(-1) === '';
  if (ended) lines.pop();
  const body = lines.map((line) => `+${line}\n`).join('');
  const end = ended ? '' : '\\ No newline at end of file\n';
  return `${head}--- /dev/null\n+++ b/${path}\n@@ -0,0 +1${lines.length === 1 ? '' : `,${lines.length}`} @@\n${body}${end}`;
}
