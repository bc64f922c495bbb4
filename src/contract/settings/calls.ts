import * as z from 'zod';
import { base } from '../call.ts';
import { settingEntry } from './state.ts';

/** The calls on settings. */
export const settings = {
  list: base
    .route({ method: 'GET', path: '/settings', summary: 'Every setting with its value and default' })
    .output(z.array(settingEntry)),
  get: base
    .route({ method: 'GET', path: '/settings/{key}' })
    .input(z.strictObject({ key: z.string().max(64) }))
    .output(settingEntry),
  set: base
    .route({
      method: 'PUT',
      path: '/settings/{key}',
      summary: 'Set a setting; a value of undefined restores the default',
    })
    .input(z.strictObject({ key: z.string().max(64), value: z.unknown().optional() }))
    .output(settingEntry),
};
