import { randomUUID } from 'node:crypto';
import type { Autonomy } from '../../../contract/agent/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkApprovalId } from '../../input/ids.ts';
import { readText } from '../../input/read-text.ts';
import { approvalLine } from '../../printing/approval.ts';

interface Options {
  task?: boolean;
  always?: boolean;
  pattern?: string;
  edit?: string;
  autonomy?: Autonomy;
}

export const run: Command<Options> = async (context, [id = ''], options) => {
  const approvalId = checkApprovalId(id);
  if (options.task && options.always) throw badInput('Choose one of --task and --always.');
  const scope = options.always ? 'project' : options.task ? 'task' : 'once';
  const input = options.edit === undefined ? undefined : readInput(await readText(context, options.edit));
  const { pattern, autonomy } = options;
  return withClient(context, options, async (client) => {
    const approval = await client.approvals.answer({
      approvalId,
      commandId: randomUUID(),
      answer: { type: 'allow', scope, pattern, input, autonomy },
      from: 'command-line',
    });
    show(context, options, approval, (view) => [approvalLine(view, approval)]);
    return undefined;
  });
};

function readInput(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below: it is no JSON, or not what is wanted.
  }
  throw badInput('What --edit names must be one JSON object, as `drover approval show --json` has it in `input`.');
}
