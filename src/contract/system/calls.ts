import * as z from 'zod';
import { base } from '../call.ts';
import { systemStatus } from './state.ts';

/** The calls on this Drover itself. */
export const system = {
  status: base
    .route({ method: 'GET', path: '/status', summary: 'Version, address and state of this Drover' })
    .output(systemStatus),
  openLink: base
    .route({
      method: 'POST',
      path: '/open-link',
      summary: 'A link that signs a browser in, once, within two minutes',
    })
    .output(z.object({ url: z.string() })),
};
