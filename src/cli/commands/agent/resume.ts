import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { agentTable } from '../../printing/agent.ts';

export const run: Command = (context, [name = ''], options) =>
  withClient(context, options, async (client) => {
    const agent = await client.agents.resume({ name });
    show(context, options, agent, (view) => agentTable(view, [agent]));
    return undefined;
  });
