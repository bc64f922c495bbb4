import * as z from 'zod';
import { base } from '../call.ts';
import { agent, agentDetail } from './state.ts';

/** The calls on agents. */
export const agents = {
  list: base.route({ method: 'GET', path: '/agents', summary: 'The agents that can be chosen' }).output(z.array(agent)),
  get: base
    .route({ method: 'GET', path: '/agents/{name}', summary: 'One agent, with its program checked again' })
    .input(z.strictObject({ name: z.string().min(1).max(64) }))
    .output(agentDetail),
};
