import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkApprovalId } from '../../input/ids.ts';
import { approvalLine } from '../../printing/approval.ts';

export const run: Command<{ words?: string; stop?: boolean }> = async (context, [id = '', ...rest], options) => {
  const approvalId = checkApprovalId(id);
  if (rest.length > 0 && options.words !== undefined) throw badInput('Give the words once: as words, or with --words.');
  const words = options.words ?? (rest.length > 0 ? rest.join(' ') : undefined);
  return withClient(context, options, async (client) => {
    const approval = await client.approvals.answer({
      approvalId,
      commandId: randomUUID(),
      answer: { type: 'deny', words, stop: options.stop },
      from: 'command-line',
    });
    show(context, options, approval, (view) => [approvalLine(view, approval)]);
    return undefined;
  });
};
