import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkApprovalId } from '../../input/ids.ts';
import { approvalLines } from '../../printing/approval.ts';

export const run: Command = async (context, [id = ''], options) => {
  const approvalId = checkApprovalId(id);
  return withClient(context, options, async (client) => {
    const approval = await client.approvals.get({ approvalId });
    show(context, options, approval, (view) => approvalLines(view, approval));
    return undefined;
  });
};
