import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { type ApprovalFilterOptions, readApprovalFilter } from '../../input/approval-filter.ts';
import { readWhole } from '../../input/numbers.ts';
import { approvalTable } from '../../printing/approval.ts';

interface Options extends ApprovalFilterOptions {
  all?: boolean;
  limit?: string;
}

const SHOWN = 50;

export const run: Command<Options> = async (context, _args, options) => {
  const limit = readWhole(options.limit ?? String(SHOWN), '--limit', 1, 500);
  // What was decided by somebody does not wait any more.
  const onlyPending = options.status === undefined && options.by === undefined && !options.all;
  const filterOf = readApprovalFilter(context, { ...options, ...(onlyPending ? { status: ['pending'] } : {}) });
  return withClient(context, options, async (client) => {
    const page = await client.approvals.list({ ...(await filterOf(client)), limit });
    show(context, options, page, (view) => approvalTable(view, page.approvals));
    if (options.json) return undefined;
    if (page.approvals.length === 0) remark(context, onlyPending ? 'No pending approvals.' : 'No approvals found.');
    else if (page.nextCursor !== null) {
      const of = onlyPending ? ` of ${page.pending}` : '';
      remark(context, `Showing ${page.approvals.length}${of}; --limit shows more.`);
    }
    return undefined;
  });
};
