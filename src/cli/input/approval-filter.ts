import type { ApprovalDecision, ApprovalFilter, ApprovalStatus } from '../../contract/approval/state.ts';
import type { Client } from '../../contract/client.ts';
import type { Context, GlobalOptions } from '../context.ts';
import { findProject } from './choose-project.ts';
import { checkTaskId } from './ids.ts';
import { readMoment } from './moment.ts';

/** The options that say which approvals are meant, see `addApprovalFilters`. */
export interface ApprovalFilterOptions extends GlobalOptions {
  project?: string;
  task?: string;
  status?: ApprovalStatus[];
  by?: ApprovalDecision['by'][];
  tool?: string;
  search?: string;
  since?: string;
  until?: string;
}

/** Reads what needs no Drover; the answer asks for the project. Throws `Failure` for what cannot be read. */
export function readApprovalFilter(
  context: Context,
  options: ApprovalFilterOptions,
): (client: Client) => Promise<ApprovalFilter> {
  const { status, by, tool, search } = options;
  const now = Date.now();
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  const since = options.since === undefined ? undefined : readMoment(options.since, '--since', now);
  const until = options.until === undefined ? undefined : readMoment(options.until, '--until', now);
  return async (client) => ({
    status,
    by,
    tool,
    search,
    taskId,
    since,
    until,
    projectId: options.project === undefined ? undefined : (await findProject(context, client, options.project)).id,
  });
}
