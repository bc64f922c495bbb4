import { execFile } from 'node:child_process';
import type { ToolReply } from './mcp.ts';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Drover demo agent',
  GIT_AUTHOR_EMAIL: 'demo-agent@drover.invalid',
  GIT_COMMITTER_NAME: 'Drover demo agent',
  GIT_COMMITTER_EMAIL: 'demo-agent@drover.invalid',
};

/** Commits `files` of the working directory with an identity of the agent's own. Without `hooks` none of them runs. */
export async function commitFiles(
  files: readonly string[],
  message: string,
  hooks: boolean,
  signal: AbortSignal,
): Promise<ToolReply> {
  const settings = ['-c', 'commit.gpgSign=false', ...(hooks ? [] : ['-c', 'core.hooksPath=/dev/null'])];
  const added = await git([...settings, 'add', '--', ...files], signal);
  if (!added.ok) return added;
  const staged = await git(['diff', '--cached', '--quiet', '--', ...files], signal);
  if (staged.ok) return { ok: true, text: 'Nothing to commit.' };
  return git([...settings, 'commit', '--quiet', '-m', message, '--', ...files], signal);
}

function git(args: string[], signal: AbortSignal): Promise<ToolReply> {
  return new Promise((resolve) => {
    execFile('git', args, { env: { ...process.env, ...IDENTITY }, signal }, (error, stdout, stderr) => {
      resolve({ ok: error === null, text: `${stdout}${stderr}`.trim() || (error ? error.message : 'Done.') });
    });
  });
}
