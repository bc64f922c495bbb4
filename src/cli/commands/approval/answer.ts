import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkApprovalId } from '../../input/ids.ts';
import { readAnswers } from '../../input/read-answers.ts';
import { approvalLine } from '../../printing/approval.ts';

export const run: Command = async (context, [id = '', ...words], options) => {
  const approvalId = checkApprovalId(id);
  return withClient(context, options, async (client) => {
    const { view } = await client.approvals.get({ approvalId });
    if (view.type !== 'question') {
      throw badInput(`${approvalId} is not a question: allow or deny it.`, ['approval allow', 'approval deny']);
    }
    const approval = await client.approvals.answer({
      approvalId,
      commandId: randomUUID(),
      answer: { type: 'reply', answers: readAnswers(view.questions, words) },
      from: 'command-line',
    });
    show(context, options, approval, (shown) => [approvalLine(shown, approval)]);
    return undefined;
  });
};
