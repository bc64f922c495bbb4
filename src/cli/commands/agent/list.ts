import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { agentTable } from '../../printing/agent.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const agents = await client.agents.list();
    show(context, options, agents, (view) => agentTable(view, agents));
    return undefined;
  });
