import type { Approval, ApprovalStatus } from '../../../contract/approval/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { checkTaskId } from '../../input/ids.ts';
import { readWhole } from '../../input/numbers.ts';
import { approvalTable } from '../../printing/approval.ts';

interface Options {
  project?: string;
  task?: string;
  status?: ApprovalStatus[];
  all?: boolean;
  limit?: string;
}

const SHOWN = 50;

export const run: Command<Options> = async (context, _args, options) => {
  const limit = readWhole(options.limit ?? String(SHOWN), '--limit', 1, 500);
  const status: ApprovalStatus[] | undefined = options.status ?? (options.all ? undefined : ['pending']);
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  return withClient(context, options, async (client) => {
    const projectId =
      options.project === undefined ? undefined : (await findProject(context, client, options.project)).id;
    const page = await client.approvals.list({ status, projectId, taskId, limit });
    const approvals: Approval[] = page.approvals;
    show(context, options, page, (view) => approvalTable(view, approvals));
    if (options.json) return undefined;
    if (approvals.length === 0) remark(context, status ? 'Nothing waits for you.' : 'Nothing was ever asked.');
    else if (page.nextCursor !== null)
      remark(context, `There are more, ${page.pending} waiting in all: --limit shows them.`);
    return undefined;
  });
};
