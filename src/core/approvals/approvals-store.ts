import { ruleTool } from '../../contract/approval/rule-tool.ts';
import type {
  Approval,
  ApprovalDecision,
  ApprovalFilter,
  ApprovalKind,
  ApprovalReason,
  ApprovalStatus,
} from '../../contract/approval/state.ts';
import type { LongText } from '../../contract/run/long-text.ts';
import type { ToolCall } from '../../contract/run/tool-call.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import { anywhere } from '../db/like.ts';
import type { Db } from '../db/open.ts';

/** So much of the beginning of an input can be searched, in UTF-16 units. */
const HEAD = 200;

/** The approvals of all tasks, for the inbox and the audit: a projection of the events of tasks. */
export interface ApprovalsStore {
  /** To be called in the transaction that stores the events; `task` is as it is after them. */
  write(task: Pick<Task, 'id' | 'projectId' | 'workspace'>, events: readonly LoggedEvent[]): void;
  erase(taskId: string): void;
  get(approvalId: string): StoredApproval | null;
  /**
   * A page, newest first; with the status `pending` alone, oldest first. `cursor` is what the page before gave as
   * `nextCursor`.
   */
  list(filter: ApprovalFilter & { limit: number; cursor?: string | undefined }): {
    approvals: StoredApproval[];
    nextCursor: string | null;
  };
  countPending(): number;
  /** Titles of what a run asked and nobody answered, oldest first, at most 20. */
  unanswered(runId: string): string[];
}

/** `seq` is the event that holds the input. */
export type StoredApproval = Approval & { seq: number };

interface Row {
  seq: number;
  id: string;
  task_id: string;
  task_title: string;
  project_id: string;
  run_id: string;
  call_id: string | null;
  kind: ApprovalKind;
  tool: string;
  title: string;
  status: ApprovalStatus;
  reason: string | null;
  folder: string;
  asked_at: number;
  settled_at: number | null;
  decision: string | null;
  followed: 'succeeded' | 'failed' | null;
}

const STATUS_OF = {
  allow: 'allowed',
  deny: 'denied',
  expired: 'expired',
  withdrawn: 'withdrawn',
  unasked: 'unasked',
} as const;
const COLUMNS =
  'approvals.*, tasks.title AS task_title FROM approvals CROSS JOIN tasks ON tasks.id = approvals.task_id';

export function createApprovalsStore(db: Db): ApprovalsStore {
  const insert = db.prepare(
    `INSERT INTO approvals (seq, id, task_id, project_id, run_id, call_id, kind, tool, title, head, folder, status,
       answered_by, reason, asked_at, settled_at, decision)
     VALUES (@seq, @id, @taskId, @projectId, @runId, @callId, @kind, @tool, @title, @head, @folder, @status,
       @by, @reason, @askedAt, @settledAt, @decision)`,
  );
  const settle = db.prepare(
    `UPDATE approvals SET status = @status, answered_by = @by, settled_at = @at, decision = @decision
     WHERE id = @id AND status = 'pending'`,
  );
  const follow = db.prepare<[string, string, string]>(
    'UPDATE approvals SET followed = ? WHERE run_id = ? AND call_id = ? AND followed IS NULL',
  );
  const erase = db.prepare<[string]>('DELETE FROM approvals WHERE task_id = ?');
  const select = db.prepare<[string], Row>(`SELECT ${COLUMNS} WHERE approvals.id = ?`);
  const count = db.prepare<[], { n: number }>("SELECT count(*) AS n FROM approvals WHERE status = 'pending'");
  const selectUnanswered = db.prepare<[string, string], { title: string }>(
    `SELECT title FROM approvals WHERE task_id = ? AND run_id = ? AND status = 'expired' ORDER BY seq LIMIT 20`,
  );

  function write(task: Pick<Task, 'id' | 'projectId' | 'workspace'>, { seq, at, event }: LoggedEvent): void {
    if (event.type === 'approval.requested') {
      const { approvalId, runId, callId, kind, tool, title, input, folder, reason } = event;
      const row = { seq, id: approvalId, taskId: task.id, projectId: task.projectId, runId, callId, kind, tool, title };
      const rest = { head: headOf(input), folder, status: 'pending', by: null, reason: JSON.stringify(reason) };
      insert.run({ ...row, ...rest, askedAt: at, settledAt: null, decision: null });
    } else if (event.type === 'approval.settled' && event.approvalId !== undefined) {
      const { approvalId, runId, callId, tool, call, title = tool, input } = event;
      const { decision, by, words, from = null, scope = null, ruleId = null, edited = null } = event;
      const kept: ApprovalDecision = { decision, by, from, scope, ruleId, words, edited };
      const settled = { status: STATUS_OF[decision], by, decision: JSON.stringify(kept) };
      if (settle.run({ id: approvalId, at, ...settled }).changes > 0) return;
      if (select.get(approvalId)) return;
      const row = { seq, id: approvalId, taskId: task.id, projectId: task.projectId, runId, callId, tool, title };
      const rest = {
        kind: kindOfSettled(call, tool),
        head: headOf(input),
        folder: task.workspace?.path ?? '',
        reason: null,
      };
      insert.run({ ...row, ...rest, ...settled, askedAt: at, settledAt: at });
    } else if (event.type === 'tool.settled') {
      follow.run(event.ok ? 'succeeded' : 'failed', event.runId, event.callId);
    }
  }

  return {
    write(task, events) {
      for (const event of events) write(task, event);
    },
    erase: (taskId) => void erase.run(taskId),
    get(approvalId) {
      const row = select.get(approvalId);
      return row ? toApproval(row) : null;
    },
    list({ limit, cursor, ...filter }) {
      const { where, values } = conditions(filter);
      const oldestFirst = filter.status?.length === 1 && filter.status[0] === 'pending';
      if (cursor !== undefined) {
        where.push(`seq ${oldestFirst ? '>' : '<'} ?`);
        values.push(Number(cursor));
      }
      const rows = db
        .prepare<(string | number)[], Row>(
          `SELECT ${COLUMNS} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
           ORDER BY seq ${oldestFirst ? 'ASC' : 'DESC'} LIMIT ?`,
        )
        .all(...values, limit + 1);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        approvals: page.map(toApproval),
        nextCursor: rows.length > limit && last ? String(last.seq) : null,
      };
    },
    countPending: () => count.get()?.n ?? 0,
    unanswered: (runId) => selectUnanswered.all(runId.split('.')[0] ?? '', runId).map(({ title }) => title),
  };
}

function conditions({ status, projectId, taskId, by, tool, search, since, until }: ApprovalFilter) {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...more: (string | number)[]) => {
    where.push(condition);
    values.push(...more);
  };
  const oneOf = (column: string, wanted: readonly string[]) =>
    add(`${column} IN (${wanted.map(() => '?').join(', ')})`, ...wanted);
  // Written out, because a partial index is only found by its own words.
  if (status?.length === 1 && status[0] === 'pending') add("approvals.status = 'pending'");
  else if (status !== undefined && status.length > 0) oneOf('approvals.status', status);
  if (taskId !== undefined) add('task_id = ?', taskId);
  if (projectId !== undefined) add('approvals.project_id = ?', projectId);
  if (by !== undefined && by.length > 0) {
    oneOf('answered_by', by);
    if (!by.includes('autonomy')) add("answered_by <> 'autonomy'");
  }
  if (tool !== undefined && tool !== '') add('tool = ?', tool);
  if (since !== undefined) add('asked_at >= ?', since);
  if (until !== undefined) add('asked_at < ?', until);
  if (search !== undefined && search !== '') {
    const like = anywhere(search);
    add("(approvals.title LIKE ? ESCAPE '\\' OR head LIKE ? ESCAPE '\\')", like, like);
  }
  return { where, values };
}

function kindOfSettled(call: ToolCall | undefined, tool: string): ApprovalKind {
  const kind = call?.kind ?? ruleTool(tool)?.kind;
  return kind === 'plan' || kind === 'question' ? kind : 'tool';
}

function headOf(input: LongText): string {
  return truncate(input.text, HEAD);
}

function toApproval(row: Row): StoredApproval {
  return {
    seq: row.seq,
    id: row.id,
    taskId: row.task_id,
    taskTitle: row.task_title,
    projectId: row.project_id,
    runId: row.run_id,
    callId: row.call_id,
    kind: row.kind,
    tool: row.tool,
    title: row.title,
    status: row.status,
    reason: row.reason === null ? null : (JSON.parse(row.reason) as ApprovalReason),
    folder: row.folder,
    askedAt: row.asked_at,
    settledAt: row.settled_at,
    decision: row.decision === null ? null : (JSON.parse(row.decision) as ApprovalDecision),
    followed: row.followed,
  };
}
