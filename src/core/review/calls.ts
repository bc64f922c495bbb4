import type { Checkpoint } from '../../contract/checkpoint/state.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Task } from '../../contract/task/state.ts';
import type { CoreApi } from '../core-api.ts';
import { filesChangedBetween } from '../git/changed-files.ts';
import { diffText } from '../git/diff-text.ts';
import { fileDiffBetween } from '../git/file-diff.ts';
import { withGit } from '../git/git-context.ts';
import { gitWords } from '../git/git-error.ts';
import { shownDiff } from '../git/shown-diff.ts';
import type { CheckpointsStore } from './checkpoints-store.ts';

const MOST_FILES = 2000;
const LONGEST_TEXT = 8 * 1024 * 1024;

interface Deps {
  store: Pick<CheckpointsStore, 'list'>;
  task(taskId: string): Task | null;
  projectOf(projectId: string): Result<Project>;
  /** Milliseconds that a git which only looks may take. */
  lookMs: number;
}

interface Between {
  taskId: string;
  to: string;
  from?: string | undefined;
}

/** The calls of the contract on checkpoints. */
export function createCheckpointCalls({ store, task, projectOf, lookMs }: Deps): CoreApi['checkpoints'] {
  /** Looks at two checkpoints in the repository itself: the workspace may be gone. */
  async function look<T>(
    { taskId, to, from }: Between,
    work: (cwd: string, from: string, to: string) => Promise<T>,
  ): Promise<Result<T>> {
    const found = task(taskId);
    if (found === null) return unknownTask(taskId);
    const project = projectOf(found.projectId);
    if (!project.ok) return project;
    const pair = pairOf(store.list(taskId), to, from);
    if (!pair.ok) return pair;
    const [before, after] = pair.value;
    try {
      const cwd = project.value.path;
      return accept(await withGit({ limitMs: lookMs }, () => work(cwd, before.tree, after.tree)));
    } catch (error) {
      return reject('unavailable', `Git cannot read the checkpoints of task ${taskId}: ${gitWords(error)}`);
    }
  }

  return {
    list: async ({ taskId }) => (task(taskId) === null ? unknownTask(taskId) : accept(store.list(taskId))),
    changes: (of) =>
      look(of, async (cwd, from, to) => {
        const files = await filesChangedBetween(cwd, from, to);
        return { files: files.slice(0, MOST_FILES), total: files.length };
      }),
    fileDiff: ({ path, ...of }) =>
      look(of, async (cwd, from, to) => shownDiff(path, await fileDiffBetween(cwd, from, to, path))),
    text: (of) =>
      look(of, async (cwd, from, to) => {
        const text = await diffText(cwd, from, to);
        if (text.length <= LONGEST_TEXT) return { text, cut: false };
        return { text: text.slice(0, text.lastIndexOf('\n', LONGEST_TEXT) + 1 || LONGEST_TEXT), cut: true };
      }),
  };
}

/** The two that are compared; `to` is compared with the one before it where no other is named. */
function pairOf(all: readonly Checkpoint[], to: string, from?: string): Result<readonly [Checkpoint, Checkpoint]> {
  // Made once more by the same name, the newest counts.
  const find = (name: string) => all.findLast((one) => one.name === name);
  const after = find(to);
  if (after === undefined) return unknownCheckpoint(to);
  const before = from === undefined ? all[all.indexOf(after) - 1] : find(from);
  if (before !== undefined) return accept([before, after]);
  return from === undefined
    ? reject('not-found', `The checkpoint ${to} is the first of its task: there is nothing before it.`)
    : unknownCheckpoint(from);
}

function unknownTask(taskId: string) {
  return reject('not-found', `There is no task ${taskId}.`);
}

function unknownCheckpoint(name: string) {
  return reject('not-found', `The task has no checkpoint ${name}.`);
}
