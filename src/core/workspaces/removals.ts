import type { LeftoverSize, Stays } from '../../contract/clean-up/state.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { staysWords } from '../../contract/words/clean-up.ts';
import type { Workspace, WorkspaceDetail } from '../../contract/workspace/state.ts';
import type { KeyedQueue } from '../base/keyed-queue.ts';
import type { Logger } from '../base/logger.ts';
import { withGit } from '../git/git-context.ts';
import { gitWords } from '../git/git-error.ts';
import type { Before } from './before.ts';
import { unlock } from './enter-worktree.ts';
import { finishRemoval, moveBack } from './finish-removal.ts';
import { folderState } from './folders.ts';
import { goneWords } from './gone.ts';
import { bareDetail } from './inspect.ts';
import { removeWorktree } from './remove.ts';
import type { CleanUpOf, Removal, WorkspaceRows } from './rows.ts';
import { keptAside, setAside } from './set-aside.ts';
import { asideName, emptyTrash } from './trash.ts';

interface Deps {
  rows: WorkspaceRows;
  queue: KeyedQueue;
  logger: Logger;
  /** Where folders are moved before they are deleted. */
  trash: string;
  dataFolder: string;
  before: Before;
  changed(): void;
  isRunning(taskId: string): boolean;
  projectOf(projectId: string): Result<Project>;
  /** A clean-up has removed a workspace. Told again after a crash in between, with the same workspace. May not throw. */
  cleanedUp(workspace: Workspace, how: CleanUpOf): void;
  /** Why a workspace may not be cleaned up, with how much room it takes. */
  lookThrough(workspace: Workspace, project: Project): Promise<LeftoverSize>;
}

/** A removal for a clean-up. */
export interface CleanUpRequest {
  by: CleanUpOf['by'];
  /** What else is in the way, asked when no run and no terminal can enter the workspace any more. */
  veto(): Stays | null;
  /** Told how much room it takes, before it goes. */
  measured(bytes: number): void;
}

/** Removes workspaces, and finishes or takes back what was interrupted. */
export interface Removals {
  remove(id: string, discard: boolean, cleanUp?: CleanUpRequest): Promise<Result<WorkspaceDetail>>;
  /** Goes through all that a dead host was removing. Never rejects. */
  recover(): Promise<void>;
}

export function createRemovals(deps: Deps): Removals {
  const { rows, queue, logger, trash, dataFolder, before, changed } = deps;

  function recorder(id: string): (removal: Removal) => void {
    return (removal) => {
      rows.setRemoval(id, removal);
      changed();
    };
  }

  function settle(id: string, state: 'making' | 'ready' | 'removed', kept: string | null = null): void {
    const how = state === 'removed' ? (rows.removal(id)?.cleanUp ?? null) : null;
    const workspace = how === null ? null : rows.get(id);
    // Before the outcome is written, so that a crash in between is made good by the next start.
    if (how !== null && workspace !== null) deps.cleanedUp(workspace, how);
    rows.set(id, state, kept);
    changed();
  }

  function inPlace<T>({ path }: Workspace, project: Project, work: () => Promise<T>): Promise<T> {
    return withGit({ place: { path, repository: project.path } }, work);
  }

  /** After a refusal: the workspace is what it was, unless it is beyond that. */
  async function takeBack(workspace: Workspace): Promise<void> {
    const removal = rows.removal(workspace.id);
    if (removal === null || removal.step === 'deleting') return;
    // A folder that could not be moved is where it was.
    if (!removal.setAside) await moveBack(removal.aside, workspace.path);
    settle(workspace.id, removal.was);
  }

  const staysHere = (stays: Stays): Result<never> => reject('conflict', `It stays: ${staysWords(stays)}.`);

  /** The look before a clean-up removes a workspace, however long ago it was chosen; gives its size. */
  async function lookAgain(workspace: Workspace, project: Project, { veto }: CleanUpRequest): Promise<Result<number>> {
    const { stays, bytes } = await inPlace(workspace, project, () => deps.lookThrough(workspace, project));
    const why = stays ?? veto();
    return why === null ? accept(bytes) : staysHere(why);
  }

  /** Finishes a removal that was interrupted when all was kept and the folder moved; otherwise takes it back. */
  async function resume(workspace: Workspace, project: Project): Promise<void> {
    const { id, path } = workspace;
    const removal = rows.removal(id);
    if (removal === null) return;
    if (removal.setAside) {
      const isAside = (await folderState(path)) === 'none' && (await folderState(removal.aside)) !== 'none';
      if (isAside) settle(id, 'removed', keptAside(workspace, project, removal.aside));
      else await takeBack(workspace);
      logger.info('an interrupted removal was dealt with', { workspaceId: id, finished: isAside });
      return;
    }
    await unlock(workspace, project);
    const moved = (await folderState(removal.aside)) !== 'none' || (await folderState(path)) === 'none';
    if ((await goneWords(project)) !== null || removal.step === 'keeping' || (removal.step === 'moving' && !moved)) {
      await takeBack(workspace);
      logger.info('an interrupted removal was taken back', { workspaceId: id });
      return;
    }
    const record = recorder(id);
    const done = await inPlace(workspace, project, () =>
      finishRemoval({ workspace, project, logger, trash, record }, removal),
    );
    if (done.ok) settle(id, 'removed', done.value.kept);
    else await takeBack(workspace);
    logger.info('an interrupted removal was finished', { workspaceId: id, ok: done.ok });
  }

  return {
    async remove(id, discard, cleanUp) {
      const unknown = () => reject('not-found', `There is no workspace ${id}.`);
      const known = rows.get(id);
      if (!known) return unknown();
      const found = deps.projectOf(known.projectId);
      if (!found.ok) return found;
      const project = found.value;
      return queue.run(project.path, async () => {
        // Looked at again: another call may have come first.
        let workspace = rows.get(id);
        if (!workspace) return unknown();
        try {
          // One that stopped half-way, in this host or before.
          if (workspace.state === 'removing') await resume(workspace, project);
        } catch (error) {
          return reject('unavailable', `The workspace ${id} was not removed: ${gitWords(error)}`);
        }
        const resumed = workspace.state === 'removing';
        workspace = rows.get(id) ?? workspace;
        if (workspace.state === 'removed') {
          if (resumed) return accept(bareDetail(workspace, 'removed'));
          return reject('wrong-state', `The workspace ${id} is removed already.`);
        }
        if (deps.isRunning(workspace.taskId)) {
          return reject('wrong-state', `The task ${workspace.taskId} is using the workspace ${id}; stop it first.`);
        }
        const target = workspace;
        if (cleanUp && target.state !== 'ready') return staysHere({ why: 'unready', count: 0, named: '' });
        const record = recorder(id);
        const removal: Removal = {
          step: 'keeping',
          was: target.state === 'making' ? 'making' : 'ready',
          aside: asideName(target.path, trash),
          kept: [],
          seen: null,
          apart: null,
          setAside: false,
          cleanUp: null,
        };
        // At once, so that no run enters the workspace from here on.
        record(removal);
        if (cleanUp) {
          const looked = await lookAgain(target, project, cleanUp).catch((error: unknown) =>
            reject('unavailable', `The workspace ${id} was not removed: ${gitWords(error)}`),
          );
          if (!looked.ok) {
            await takeBack(target);
            return looked;
          }
          cleanUp.measured(looked.value);
          removal.cleanUp = { by: cleanUp.by, bytes: looked.value };
          record(removal);
        }
        const gone = await goneWords(project);
        const removed =
          gone === null
            ? await inPlace(target, project, () =>
                removeWorktree({
                  workspace: target,
                  project,
                  discard,
                  before,
                  logger,
                  trash,
                  dataFolder,
                  removal,
                  record,
                }),
              )
            : await setAside({ workspace: target, project, discard, dataFolder, gone, removal, record });
        if (!removed.ok) {
          await takeBack(target).catch((error: unknown) => {
            logger.error('a removal could not be taken back', { workspaceId: id, words: gitWords(error) });
          });
          return removed;
        }
        const { kept } = removed.value;
        settle(id, 'removed', kept);
        return accept(bareDetail({ ...target, state: 'removed', kept }, 'removed'));
      });
    },
    async recover() {
      const interrupted = rows.removing();
      await Promise.all(
        interrupted.map(async (workspace) => {
          const found = deps.projectOf(workspace.projectId);
          try {
            if (found.ok) await queue.run(found.value.path, () => resume(workspace, found.value));
          } catch (error) {
            logger.error('an interrupted removal could not be finished', {
              workspaceId: workspace.id,
              words: gitWords(error),
            });
          }
        }),
      );
      const needed = new Set(rows.removing().flatMap(({ id }) => rows.removal(id)?.aside ?? []));
      await emptyTrash(trash, needed).catch((error: unknown) => {
        logger.warn('what removed workspaces have left could not be deleted', { words: gitWords(error) });
      });
    },
  };
}
