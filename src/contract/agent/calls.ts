import * as z from 'zod';
import { base, onTask } from '../call.ts';
import { agent, agentDetail } from './state.ts';

/** The calls on agents. */
export const agents = {
  list: base.route({ method: 'GET', path: '/agents', summary: 'The agents that can be chosen' }).output(z.array(agent)),
  get: base
    .route({ method: 'GET', path: '/agents/{name}', summary: 'One agent, with its program checked again' })
    .input(z.strictObject({ name: z.string().min(1).max(64) }))
    .output(agentDetail),
  commands: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/commands',
      summary: 'Commands of its own that the agent of a task has told of since Drover started, without the slash',
    })
    .input(onTask)
    .output(z.object({ names: z.array(z.string()) })),
  resume: base
    .route({
      method: 'POST',
      path: '/agents/{name}/resume',
      summary: 'Start the tasks of an agent again before its usage limit lifts',
    })
    .input(z.strictObject({ name: z.string().min(1).max(64) }))
    .output(agent),
};
