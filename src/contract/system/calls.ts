import * as z from 'zod';
import { base } from '../call.ts';
import { foundOpeners, systemStatus } from './state.ts';

/** The calls on this Drover itself. */
export const system = {
  status: base
    .route({ method: 'GET', path: '/status', summary: 'Version, address and state of this Drover' })
    .output(systemStatus),
  openers: base
    .route({
      method: 'GET',
      path: '/openers',
      summary: 'Editors and terminals that were found on the machine that Drover is on',
    })
    .output(foundOpeners),
  makeWay: base
    .route({
      method: 'POST',
      path: '/make-way',
      summary: 'Ends a Drover in the background as soon as each task is between turns, for a newer one',
    })
    .input(z.object({ waitMs: z.number().int().min(0).max(60_000) }))
    .output(z.object({ ended: z.boolean() })),
  openLink: base
    .route({
      method: 'POST',
      path: '/open-link',
      summary: 'A link that signs a browser in, once, within two minutes',
    })
    .output(z.object({ url: z.string() })),
};
