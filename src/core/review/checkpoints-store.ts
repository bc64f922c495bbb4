import { type Checkpoint, type CheckpointKind, nameCheckpoint } from '../../contract/checkpoint/state.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';
import type { Db } from '../db/open.ts';

/** The checkpoints of all tasks: a projection of the events of tasks. */
export interface CheckpointsStore {
  /** To be called in the transaction that stores the events. */
  write(task: Pick<Task, 'id' | 'projectId'>, events: readonly LoggedEvent[]): void;
  /** The task is deleted: what is left of its checkpoints is to go. */
  erase(taskId: string): void;
  /** Oldest first. */
  list(taskId: string): Checkpoint[];
  /** The newest; null when there is none. */
  lastTree(taskId: string): string | null;
  /** Deleted tasks whose checkpoints are still in a repository. */
  gone(): { taskId: string; projectId: string }[];
  /** Nothing is left of a deleted task. */
  forget(taskId: string): void;
}

interface Row {
  workspace_id: string;
  run_no: number;
  turn: number;
  kind: CheckpointKind;
  tree: string;
  made_at: number;
}

export function createCheckpointsStore(db: Db): CheckpointsStore {
  const insert = db.prepare(
    `INSERT INTO checkpoints (task_id, seq, project_id, workspace_id, run_no, turn, kind, tree, made_at)
     VALUES (@taskId, @seq, @projectId, @workspaceId, @runNo, @turn, @kind, @tree, @at)`,
  );
  const erase = db.prepare<[string]>('UPDATE checkpoints SET gone = 1 WHERE task_id = ?');
  const forget = db.prepare<[string]>('DELETE FROM checkpoints WHERE task_id = ? AND gone = 1');
  const select = db.prepare<[string], Row>(
    'SELECT workspace_id, run_no, turn, kind, tree, made_at FROM checkpoints WHERE task_id = ? AND gone = 0 ORDER BY seq',
  );
  const selectLast = db.prepare<[string], { tree: string }>(
    'SELECT tree FROM checkpoints WHERE task_id = ? AND gone = 0 ORDER BY seq DESC LIMIT 1',
  );
  const selectGone = db.prepare<[], { task_id: string; project_id: string }>(
    'SELECT DISTINCT task_id, project_id FROM checkpoints WHERE gone = 1',
  );
  return {
    write({ id: taskId, projectId }, events) {
      for (const { seq, at, event } of events) {
        if (event.type !== 'checkpoint.made') continue;
        const { workspaceId, turn, kind, tree } = event;
        const runNo = Number(event.runId.split('.')[1]);
        insert.run({ taskId, seq, projectId, workspaceId, runNo, turn, kind, tree, at });
      }
    },
    erase: (taskId) => void erase.run(taskId),
    list: (taskId) => toCheckpoints(select.all(taskId)),
    lastTree: (taskId) => selectLast.get(taskId)?.tree ?? null,
    gone: () => selectGone.all().map((row) => ({ taskId: row.task_id, projectId: row.project_id })),
    forget: (taskId) => void forget.run(taskId),
  };
}

function toCheckpoints(rows: readonly Row[]): Checkpoint[] {
  return rows.map(({ workspace_id: workspaceId, run_no: runNo, turn, kind, tree, made_at: at }, index) => {
    const before = rows[index - 1]?.tree ?? tree;
    const name = nameCheckpoint(runNo, turn, kind);
    return { name, workspaceId, runNo, turn, kind, tree, at, changed: tree !== before };
  });
}
