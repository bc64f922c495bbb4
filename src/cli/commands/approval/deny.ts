import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkApprovalId } from '../../input/ids.ts';
import { approvalLine } from '../../printing/approval.ts';

interface Options {
  message?: string;
  /** What it was called before. */
  words?: string;
  stop?: boolean;
}

export const run: Command<Options> = async (context, [id = '', ...rest], options) => {
  const approvalId = checkApprovalId(id);
  const given = options.message ?? options.words;
  if (rest.length > 0 && given !== undefined) throw badInput('Give the message once: as words, or with --message.');
  const words = given ?? (rest.length > 0 ? rest.join(' ') : undefined);
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
