import { COMMAND_TOOL } from '../../../contract/approval/rule-tool.ts';
import type { CallOf } from '../../../contract/run/tool-call.ts';

/** A command that Drover runs for an agent, as a call: judged as one of the agent's own. */
export function ownCommand({ command }: Record<string, unknown>): CallOf<'command'> {
  return {
    kind: 'command',
    title: COMMAND_TOOL,
    command: typeof command === 'string' ? command : null,
    field: 'command',
  };
}
