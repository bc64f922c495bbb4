import * as z from 'zod';
import { surface } from '../approval/state.ts';
import { base, command } from '../call.ts';
import { loggedPause, pauseState } from './state.ts';

/** The calls that pause and resume everything: paused, nothing starts, and what runs goes back into the queue. */
export const pause = {
  get: base
    .route({ method: 'GET', path: '/pause', summary: 'Whether everything is paused, since when and by whom' })
    .output(pauseState),
  begin: base
    .route({ method: 'POST', path: '/pause', summary: 'Pause everything' })
    .input(z.strictObject({ ...command, from: surface.default('api') }))
    .output(pauseState),
  end: base
    .route({ method: 'POST', path: '/resume', summary: 'Resume everything' })
    .input(z.strictObject({ ...command, from: surface.default('api') }))
    .output(pauseState),
  log: base
    .route({ method: 'GET', path: '/pause/log', summary: 'When everything was paused and resumed, newest first' })
    .input(
      z.strictObject({
        before: z.number().int().min(1).optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(loggedPause)),
};
