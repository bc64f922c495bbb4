import type { CleanedUp, Leftover, LeftoverKind, LeftoverName, Stays } from '../../contract/clean-up/state.ts';
import type { Result } from '../../contract/rejection.ts';
import { isUnsettled } from '../../contract/task/derive.ts';
import type { Task } from '../../contract/task/state.ts';
import type { Terminal } from '../../contract/terminal/state.ts';
import { staysWords } from '../../contract/words/clean-up.ts';
import type { Workspace } from '../../contract/workspace/state.ts';

const DAY = 24 * 60 * 60 * 1000;
const KINDS: readonly LeftoverKind[] = ['workspace', 'outputs', 'terminal'];

/** Whom a clean-up is for: a person who has chosen what goes, or the settings. */
export type CleanUpBy = 'user' | 'drover';

export interface PreviewFilter {
  projectId?: string | undefined;
  taskId?: string | undefined;
  /** Left out: all. */
  kinds?: readonly LeftoverKind[] | undefined;
  /** Only what tasks have left that have not changed for so many days, and still exist. */
  olderThanDays?: number | undefined;
}

/** Clean up: shows what tasks have left on the disk, and removes of it what is named and nobody needs. */
export interface CleanUp {
  /** Newest task first; workspaces are not measured. Removes nothing. */
  preview(filter: PreviewFilter): Promise<Leftover[]>;
  /** Removes one after the other, each after another look at it. What is in the way is said, and the rest goes on. */
  remove(leftovers: readonly LeftoverName[], by: CleanUpBy): Promise<CleanedUp[]>;
}

interface WorkspaceFilter {
  projectId?: string;
  taskId?: string;
}

export interface CleanUpDeps {
  now(): number;
  task(taskId: string): Pick<Task, 'title' | 'projectId' | 'status' | 'updatedAt'> | null;
  /** Whether processes of a run of the task are still being ended. */
  isCleaning(taskId: string): boolean;
  /** Titles of tasks that have not begun, by the ids of those that they depend on. */
  dependants(): ReadonlyMap<string, string>;
  workspaces: {
    leftovers(filter: WorkspaceFilter): Promise<{ workspace: Workspace; stays: Stays | null }[]>;
    cleanUp(id: string, request: { by: CleanUpBy; veto(): Stays | null }): Promise<Result<{ bytes: number }>>;
    recorded(filter: { taskId: string }): Workspace[];
  };
  outputs: { stored(filter: { taskId?: string | undefined }): { taskId: string; bytes: number }[] };
  terminals: {
    list(filter: { projectId?: string | undefined; taskId?: string | undefined }): Terminal[];
    size(id: string): number;
    forget(id: string): Promise<Result<Terminal>>;
    closeAll(belongs: (terminal: Terminal) => boolean): Promise<void>;
  };
  /** Writes into the log of a task that something was removed: its outputs are removed by that. */
  record(
    taskId: string,
    what: { what: LeftoverKind; name: string; bytes: number | null; by: CleanUpBy },
  ): Result<unknown>;
}

const because = (why: Stays['why'], count = 0, named = ''): Stays => ({ why, count, named });

export function createCleanUp(deps: CleanUpDeps): CleanUp {
  const { workspaces, outputs, terminals } = deps;

  /** Why nothing that a task has left goes now. */
  function keptByTask(taskId: string): Stays | null {
    const task = deps.task(taskId);
    const isOver = task === null || (task.status !== 'draft' && !isUnsettled(task.status));
    return isOver && !deps.isCleaning(taskId) ? null : because('busy');
  }

  const openIn = (workspaceId: string) =>
    terminals.list({}).filter((one) => one.workspaceId === workspaceId && one.state.kind === 'running').length;

  const closedIn = (workspaceId: string) =>
    terminals.list({}).filter((one) => one.workspaceId === workspaceId && one.state.kind !== 'running').length;

  /** Why a workspace stays, apart from what git says of it. */
  function keptByOthers({ id, taskId }: Pick<Workspace, 'id' | 'taskId'>): Stays | null {
    const busy = keptByTask(taskId);
    if (busy !== null) return busy;
    const open = openIn(id);
    if (open > 0) return because('terminal', open);
    const dependant = deps.dependants().get(taskId);
    return dependant === undefined ? null : because('depended-on', 0, dependant);
  }

  const keptTerminal = ({ taskId, state }: Terminal): Stays | null =>
    state.kind === 'running' ? because('terminal', 1) : taskId === null ? because('busy') : keptByTask(taskId);

  function about(taskId: string): Pick<Leftover, 'taskId' | 'title' | 'lastChange'> {
    const task = deps.task(taskId);
    return { taskId, title: task?.title ?? null, lastChange: task?.updatedAt ?? null };
  }

  async function leftoverWorkspaces({ projectId, taskId }: PreviewFilter): Promise<Leftover[]> {
    const filter = {
      ...(projectId === undefined ? {} : { projectId }),
      ...(taskId === undefined ? {} : { taskId }),
    };
    const found = await workspaces.leftovers(filter);
    return found.map(({ workspace, stays }) => ({
      ...about(workspace.taskId),
      kind: 'workspace',
      id: workspace.id,
      projectId: workspace.projectId,
      name: workspace.branch,
      bytes: null,
      terminals: closedIn(workspace.id),
      stays: keptByOthers(workspace) ?? stays,
    }));
  }

  function leftoverOutputs({ projectId, taskId: only }: PreviewFilter): Leftover[] {
    return outputs.stored({ taskId: only }).flatMap(({ taskId, bytes }) => {
      const task = deps.task(taskId);
      if (task === null || (projectId !== undefined && task.projectId !== projectId)) return [];
      const common = { ...about(taskId), projectId: task.projectId, name: '', terminals: 0 };
      return [{ ...common, kind: 'outputs' as const, id: taskId, bytes, stays: keptByTask(taskId) }];
    });
  }

  function leftoverTerminals({ projectId, taskId: only }: PreviewFilter): Leftover[] {
    return terminals.list({ projectId, taskId: only }).flatMap((terminal) => {
      const { id, taskId, name } = terminal;
      // Those of a project are the person's own, and those of an agent go with it.
      if (taskId === null || terminal.ofAgent) return [];
      const common = { ...about(taskId), projectId: terminal.projectId, name, terminals: 0 };
      return [{ ...common, kind: 'terminal' as const, id, bytes: terminals.size(id), stays: keptTerminal(terminal) }];
    });
  }

  const FIND: Record<LeftoverKind, (filter: PreviewFilter) => Promise<Leftover[]> | Leftover[]> = {
    workspace: leftoverWorkspaces,
    outputs: leftoverOutputs,
    terminal: leftoverTerminals,
  };

  type Removed = { ok: true; bytes: number | null } | { ok: false; words: string };
  const remains = (words: string): Removed => ({ ok: false, words });
  const remainsBecause = (stays: Stays) => remains(`It stays: ${staysWords(stays)}.`);

  const REMOVE: Record<LeftoverKind, (id: string, by: CleanUpBy) => Promise<Removed>> = {
    async workspace(id, by) {
      const taskId = id.split('-')[0] ?? '';
      const workspace = workspaces.recorded({ taskId }).find((one) => one.id === id);
      if (workspace === undefined) return remains(`There is no workspace ${id}.`);
      const early = keptByOthers(workspace);
      if (early !== null) return remainsBecause(early);
      const removed = await workspaces.cleanUp(id, { by, veto: () => keptByOthers(workspace) });
      if (!removed.ok) return remains(removed.rejection.message);
      await terminals.closeAll((terminal) => terminal.workspaceId === id);
      return { ok: true, bytes: removed.value.bytes };
    },
    async outputs(taskId, by) {
      const busy = keptByTask(taskId);
      if (busy !== null) return remainsBecause(busy);
      const [stored] = outputs.stored({ taskId });
      if (stored === undefined) return remains(`Task ${taskId} has no stored outputs.`);
      const done = deps.record(taskId, { what: 'outputs', name: '', bytes: stored.bytes, by });
      return done.ok ? { ok: true, bytes: stored.bytes } : remains(done.rejection.message);
    },
    async terminal(id, by) {
      const terminal = terminals.list({}).find((one) => one.id === id);
      if (terminal === undefined) return remains(`There is no terminal ${id}.`);
      const kept = keptTerminal(terminal);
      if (kept !== null) return remainsBecause(kept);
      const bytes = terminals.size(id);
      const forgotten = await terminals.forget(id);
      if (!forgotten.ok) return remains(forgotten.rejection.message);
      const { taskId, name } = terminal;
      if (taskId !== null) deps.record(taskId, { what: 'terminal', name, bytes, by });
      return { ok: true, bytes };
    },
  };

  return {
    async preview(filter) {
      const found: Leftover[] = [];
      for (const kind of filter.kinds ?? KINDS) found.push(...(await FIND[kind](filter)));
      const { olderThanDays } = filter;
      const latest = olderThanDays === undefined ? null : deps.now() - olderThanDays * DAY;
      return found
        .filter(({ lastChange }) => latest === null || (lastChange !== null && lastChange <= latest))
        .sort((a, b) => (b.lastChange ?? 0) - (a.lastChange ?? 0));
    },
    async remove(leftovers, by) {
      const done: CleanedUp[] = [];
      for (const { kind, id } of leftovers) {
        const removed = await REMOVE[kind](id, by);
        done.push(
          removed.ok
            ? { kind, id, removed: true, bytes: removed.bytes }
            : { kind, id, removed: false, words: removed.words },
        );
      }
      return done;
    },
  };
}
