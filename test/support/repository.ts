import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What git gets in tests: no settings of this machine or this user, and an author that never changes. */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Test Author',
  GIT_AUTHOR_EMAIL: 'author@example.invalid',
  GIT_COMMITTER_NAME: 'Test Author',
  GIT_COMMITTER_EMAIL: 'author@example.invalid',
};

export interface TestRepository {
  path: string;
  /** Runs git in the repository and gives what it printed, without the last line break. Rejects when it fails. */
  git(...args: string[]): Promise<string>;
}

/** Runs git in `cwd` in the environment of tests. */
export function runGit(
  cwd: string,
  args: readonly string[],
  input?: string,
  env: Readonly<Record<string, string>> = GIT_ENVIRONMENT,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('git', args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`git ${args.join(' ')} failed in ${cwd}: ${stderr || error.message}`));
      else resolve(stdout.replace(/\n$/, ''));
    });
    if (input !== undefined) child.stdin?.end(input);
  });
}

/**
 * Makes a real repository in a new folder inside `parent`, with one commit on `branch` (default `main`) that holds
 * `files` (path to content; default one README.md). With `files: {}` there is no commit.
 */
export async function createRepository(
  parent: string,
  options: { files?: Record<string, string>; branch?: string } = {},
): Promise<TestRepository> {
  const { files = { 'README.md': '# Sample\n' }, branch = 'main' } = options;
  const path = await mkdtemp(join(parent, 'repository-'));
  const git = (...args: string[]) => runGit(path, args);
  await git('init', '--quiet', `--initial-branch=${branch}`);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  if (Object.keys(files).length > 0) {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'Begin');
  }
  return { path, git };
}
