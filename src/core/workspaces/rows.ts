import type { Workspace } from '../../contract/workspace/state.ts';
import type { Db } from '../db/open.ts';

/** The record of everything Drover made, in the table `workspaces`. Rows are never deleted by hand of a person. */
export interface WorkspaceRows {
  get(id: string): Workspace | null;
  /** Newest first. */
  list(filter: { projectId?: string; taskId?: string }): Workspace[];
  /** False when there is a row with this id already. */
  add(workspace: Workspace): boolean;
  set(id: string, state: Workspace['state'], kept: string | null): void;
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
  const insert = db.prepare<[Row]>(
    `INSERT OR IGNORE INTO workspaces VALUES
     (:id, :task_id, :project_id, :path, :branch, :base_branch, :base_commit, :created_at, :state, :kept)`,
  );
  const update = db.prepare<[string, string | null, string]>('UPDATE workspaces SET state = ?, kept = ? WHERE id = ?');
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

function toRow(workspace: Workspace): Row {
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
