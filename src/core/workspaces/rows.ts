import type { Workspace } from '../../contract/workspace/state.ts';
import type { Db } from '../db/open.ts';

/** How far the removal of a workspace has come. Each step is recorded before it is begun. */
export interface Removal {
  /**
   * `keeping`: work is committed, the folder is untouched; `moving`: the folder is moved aside; `deleting`: nothing of it
   * is needed any more.
   */
  step: 'keeping' | 'moving' | 'deleting';
  /** What the workspace was before. */
  was: 'making' | 'ready';
  /** Where the folder is moved to. */
  aside: string;
  /** The branches that hold the work. */
  kept: string[];
  /** What git says of the folder when all is kept; null when it has nothing to say. */
  seen: { commit: string | null; changes: number } | null;
  /** Files of the workspace that no commit may hold, and the folder that keeps them. */
  apart: { folder: string; files: string[] } | null;
  /** The repository is gone, so that the whole folder is only moved to `aside`, and stays there. */
  setAside: boolean;
  /** A clean-up removes it: for whom, and how much room that gives. Null when somebody has named this workspace. */
  cleanUp: CleanUpOf | null;
}

/** Who has begun a clean-up, and the size of what it removes; null where it was not measured. */
export interface CleanUpOf {
  by: 'user' | 'drover';
  bytes: number | null;
}

/** Rows of before lack what came later. */
type OldRemoval = Omit<Removal, 'apart' | 'setAside' | 'cleanUp'> & Partial<Removal>;

/** The record of everything Drover made, in the table `workspaces`. Only Drover deletes rows. */
export interface WorkspaceRows {
  get(id: string): Workspace | null;
  /** Newest first. */
  list(filter: { projectId?: string; taskId?: string }): Workspace[];
  /** False when there is a row with this id already. */
  add(workspace: Workspace): boolean;
  set(id: string, state: 'making' | 'ready' | 'removed', kept: string | null): void;
  setRemoval(id: string, removal: Removal): void;
  removal(id: string): Removal | null;
  removing(): Workspace[];
  /** Takes back an intent of which nothing was made. */
  forget(id: string): void;
  /** How many are not removed. */
  countOfProject(projectId: string): number;
  countOfTask(taskId: string): number;
  countAll(): number;
}

interface Row {
  id: string;
  task_id: string;
  project_id: string;
  path: string;
  branch: string;
  base_branch: string | null;
  base_commit: string;
  created_at: number;
  state: string;
  kept: string | null;
  removal: string | null;
}

export function createWorkspaceRows(db: Db): WorkspaceRows {
  const byId = db.prepare<[string], Row>('SELECT * FROM workspaces WHERE id = ?');
  const byTask = db.prepare<[string], Row>(
    'SELECT * FROM workspaces WHERE task_id = ? ORDER BY created_at DESC, id DESC',
  );
  const byProject = db.prepare<[string], Row>(
    'SELECT * FROM workspaces WHERE project_id = ? ORDER BY created_at DESC, id DESC',
  );
  const all = db.prepare<[], Row>('SELECT * FROM workspaces ORDER BY created_at DESC, id DESC');
  const insert = db.prepare<[Omit<Row, 'removal'>]>(
    `INSERT OR IGNORE INTO workspaces
       (id, task_id, project_id, path, branch, base_branch, base_commit, created_at, state, kept) VALUES
       (:id, :task_id, :project_id, :path, :branch, :base_branch, :base_commit, :created_at, :state, :kept)`,
  );
  const update = db.prepare<[string, string | null, string]>(
    'UPDATE workspaces SET state = ?, kept = ?, removal = NULL WHERE id = ?',
  );
  const remove = db.prepare<[string, string]>("UPDATE workspaces SET state = 'removing', removal = ? WHERE id = ?");
  const removing = db.prepare<[], Row>("SELECT * FROM workspaces WHERE state = 'removing'");
  const erase = db.prepare<[string]>('DELETE FROM workspaces WHERE id = ?');
  const countProject = db.prepare<[string], { n: number }>(
    "SELECT count(*) AS n FROM workspaces WHERE project_id = ? AND state <> 'removed'",
  );
  const count = db.prepare<[], { n: number }>("SELECT count(*) AS n FROM workspaces WHERE state <> 'removed'");
  const countTask = db.prepare<[string], { n: number }>(
    "SELECT count(*) AS n FROM workspaces WHERE task_id = ? AND state <> 'removed'",
  );
  return {
    get(id) {
      const row = byId.get(id);
      return row ? fromRow(row) : null;
    },
    list({ projectId, taskId }) {
      const rows =
        taskId !== undefined ? byTask.all(taskId) : projectId !== undefined ? byProject.all(projectId) : all.all();
      return rows.map(fromRow).filter((row) => projectId === undefined || row.projectId === projectId);
    },
    add: (workspace) => insert.run(toRow(workspace)).changes === 1,
    set: (id, state, kept) => void update.run(state, kept, id),
    setRemoval: (id, removal) => void remove.run(JSON.stringify(removal), id),
    removal(id) {
      const text = byId.get(id)?.removal ?? null;
      return text === null
        ? null
        : { apart: null, setAside: false, cleanUp: null, ...(JSON.parse(text) as OldRemoval) };
    },
    removing: () => removing.all().map(fromRow),
    forget: (id) => void erase.run(id),
    countOfProject: (projectId) => countProject.get(projectId)?.n ?? 0,
    countOfTask: (taskId) => countTask.get(taskId)?.n ?? 0,
    countAll: () => count.get()?.n ?? 0,
  };
}

function fromRow(row: Row): Workspace {
  return {
    id: row.id,
    taskId: row.task_id,
    projectId: row.project_id,
    path: row.path,
    branch: row.branch,
    baseBranch: row.base_branch,
    baseCommit: row.base_commit,
    createdAt: row.created_at,
    state: row.state as Workspace['state'],
    kept: row.kept,
  };
}

function toRow(workspace: Workspace): Omit<Row, 'removal'> {
  return {
    id: workspace.id,
    task_id: workspace.taskId,
    project_id: workspace.projectId,
    path: workspace.path,
    branch: workspace.branch,
    base_branch: workspace.baseBranch,
    base_commit: workspace.baseCommit,
    created_at: workspace.createdAt,
    state: workspace.state,
    kept: workspace.kept,
  };
}
