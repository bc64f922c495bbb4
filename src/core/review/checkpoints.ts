import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckpointKind, nameCheckpoint } from '../../contract/checkpoint/state.ts';
import type { Project } from '../../contract/project/state.ts';
import type { Result } from '../../contract/rejection.ts';
import type { Logger } from '../base/logger.ts';
import { deleteRefs } from '../git/delete-refs.ts';
import { withGit } from '../git/git-context.ts';
import { gitWords } from '../git/git-error.ts';
import { makeRef } from '../git/make-ref.ts';
import { proveWorktree } from '../git/prove-worktree.ts';
import { snapshotTree } from '../git/snapshot-tree.ts';
import type { CheckpointsStore } from './checkpoints-store.ts';

interface Deps {
  store: CheckpointsStore;
  dataFolder: string;
  projectOf(projectId: string): Result<Project>;
  logger: Pick<Logger, 'warn'>;
}

/** Of which workspace a checkpoint is made, and when in its task. */
export interface CheckpointInput {
  taskId: string;
  project: Project;
  /** The worktree. */
  path: string;
  runNo: number;
  turn: number;
  kind: CheckpointKind;
}

/** Makes checkpoints, and deletes those of deleted tasks. */
export interface Checkpoints {
  /**
   * Keeps the files of a workspace as they are now, on a ref of their own, and gives the tree that holds them; null when
   * that is the one of the checkpoint before, and no news. Index, branch and files are left alone. Rejects with `GitError`
   * and the errors of the system.
   */
  make(input: CheckpointInput): Promise<string | null>;
  /** When `gitEnded`, takes away what a dead host has left; `make` waits for that. Call it once, before the first. */
  recover(gitEnded: Promise<void>): void;
  /** Deletes the refs of tasks that are deleted. Never rejects. */
  sweep(): Promise<void>;
  /** Begins nothing more; resolves when what was under way has come to an end, which aborting git brings about. */
  close(): Promise<void>;
}

export function createCheckpoints({ store, dataFolder, projectOf, logger }: Deps): Checkpoints {
  // Apart from the repository, so that a killed git leaves nothing in there.
  const folder = join(dataFolder, 'checkpoints');
  let recovered: Promise<void> = Promise.resolve();
  let sweeping: Promise<void> = Promise.resolve();
  let isOver = false;

  async function sweepNow(): Promise<void> {
    try {
      for (const one of isOver ? [] : store.gone()) if (!isOver) await forget(one);
    } catch (error) {
      logger.warn('checkpoints of deleted tasks were left', { words: String(error) });
    }
  }

  async function forget({ taskId, projectId }: { taskId: string; projectId: string }): Promise<void> {
    const project = projectOf(projectId);
    try {
      // Of a project that was removed nobody knows where it is.
      if (project.ok) await deleteRefs(project.value.path, refsOf(taskId));
    } catch (error) {
      logger.warn('checkpoints of a deleted task were left', { taskId, words: gitWords(error) });
      return;
    }
    if (!isOver) store.forget(taskId);
  }

  const sweep = () => {
    sweeping = sweeping.then(sweepNow);
    return sweeping;
  };

  return {
    async make({ taskId, project, path, runNo, turn, kind }) {
      await recovered;
      const place = { path, repository: project.path };
      const { gitDir } = await proveWorktree(place);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const scratch = join(folder, `${taskId}-${randomUUID()}`);
      return withGit({ place }, async () => {
        const tree = await snapshotTree({ cwd: path, gitDir, scratch });
        if (tree === store.lastTree(taskId)) return kind === 'turn' ? tree : null;
        await makeRef(path, `${refsOf(taskId)}/${nameCheckpoint(runNo, turn, kind)}`, tree);
        return tree;
      });
    },
    recover(gitEnded) {
      recovered = gitEnded
        .then(() => rm(folder, { recursive: true, force: true }))
        .catch((error: unknown) => {
          logger.warn('what a checkpoint has left cannot be deleted', { words: gitWords(error) });
        });
      void recovered.then(sweep);
    },
    sweep,
    async close() {
      isOver = true;
      await sweeping;
    },
  };
}

function refsOf(taskId: string): string {
  return `refs/drover/checkpoints/${taskId}`;
}
