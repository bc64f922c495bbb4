import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import type { FileDiff } from '../../contract/workspace/diff.ts';
import type { Workspace, WorkspaceChanges } from '../../contract/workspace/state.ts';
import { isWithin } from '../base/is-within.ts';
import { changedFiles } from '../git/changed-files.ts';
import { fileDiff } from '../git/file-diff.ts';
import { gitWords } from '../git/git-error.ts';
import { parseDiff } from '../git/parse-diff.ts';
import { status } from '../git/status.ts';
import { worktreeState } from '../git/worktree-state.ts';
import type { Before } from './before.ts';
import { isWorktree } from './folders.ts';
import { goneWords } from './gone.ts';
import { lookInto } from './inspect.ts';
import { workOf } from './work-of.ts';

const MOST_FILES = 2000;
const LONGEST_DIFF = 1024 * 1024;

/**
 * The files of a workspace that differ from where its work left the base, as the base is now, apart from those that were
 * so before the agent began. Refused when its folder is not there or git fails.
 */
export async function changesOf(
  workspace: Workspace,
  project: Project | null,
  before: Before,
): Promise<Outcome<WorkspaceChanges>> {
  return asked(workspace, project, async () => {
    const { now, work, before: same } = await lookInto(workspace, project?.trusted ?? false, before);
    const files = await changedFiles(workspace.path, work.fork, now.untracked, same);
    return accept({ files: files.slice(0, MOST_FILES), total: files.length });
  });
}

/** How one file of a workspace differs, against the same commit as in `changesOf`. `path` must lie inside the workspace. */
export async function fileDiffOf(
  workspace: Workspace,
  project: Project | null,
  path: string,
): Promise<Outcome<FileDiff>> {
  return asked<FileDiff>(workspace, project, async () => {
    const trusted = project?.trusted ?? false;
    if (!(await liesInside(workspace.path, path))) {
      return reject('invalid', 'The path is not inside the workspace.');
    }
    const [now, state] = await Promise.all([status(workspace.path, { trusted }), worktreeState(workspace.path)]);
    const { fork } = await workOf(workspace.path, workspace, now, state);
    const text = await fileDiff(workspace.path, fork, path);
    if (text === null) {
      const words = 'This file is too large for its differences to be shown.';
      return accept({ path, files: [], cut: true, words });
    }
    if (text.length <= LONGEST_DIFF) return accept({ path, files: parseDiff(text), cut: false, words: null });
    const end = text.lastIndexOf('\n', LONGEST_DIFF) + 1 || LONGEST_DIFF;
    const words = 'Only the first megabyte of the differences is shown.';
    return accept({ path, files: parseDiff(text.slice(0, end)), cut: true, words });
  });
}

async function asked<T>(
  workspace: Workspace,
  project: Project | null,
  ask: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  if (workspace.state !== 'ready' || !(await isWorktree(workspace.path))) {
    const what = workspace.state === 'making' ? 'is being made' : 'no longer exists';
    return reject('unavailable', `The workspace ${workspace.id} ${what}.`);
  }
  const gone = project === null ? null : await goneWords(project);
  if (gone !== null) return reject('unavailable', gone);
  try {
    return await ask();
  } catch (error) {
    return reject('unavailable', `Git cannot tell the changes of the workspace ${workspace.id}: ${gitWords(error)}`);
  }
}

/** Whether a path stays in the folder, also after every symbolic link on the way to it was followed. */
async function liesInside(folder: string, path: string): Promise<boolean> {
  const parts = path.split(/[/\\]/);
  if (isAbsolute(path) || path.includes('\0') || parts.some((part) => part === '..' || part === '' || part === '.')) {
    return false;
  }
  if (parts[0]?.toLowerCase() === '.git') return false;
  const root = await realpath(folder);
  for (let parent = dirname(join(root, path)); parent.length > root.length; parent = dirname(parent)) {
    // A folder that is gone, as that of a deleted file, leads nowhere.
    const real = await realpath(parent).catch(() => null);
    if (real !== null) return isWithin(root, real);
  }
  return true;
}
