import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { agentLines } from '../../printing/agent.ts';

export const run: Command = (context, [name = ''], options) =>
  withClient(context, options, async (client) => {
    const agent = await client.agents.get({ name });
    show(context, options, agent, (view) => agentLines(view, agent));
    return undefined;
  });
