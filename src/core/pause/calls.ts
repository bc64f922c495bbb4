import { accept } from '../../contract/rejection.ts';
import type { CoreApi } from '../core-api.ts';
import type { Pause } from './pause.ts';

/** The calls of the contract on the pause of everything. */
export function createPauseCalls(pause: Pause): CoreApi['pause'] {
  return {
    get: async () => accept(pause.state()),
    begin: async ({ from, commandId }) => pause.set(true, { from, commandId }),
    end: async ({ from, commandId }) => pause.set(false, { from, commandId }),
    log: async ({ before, limit }) => accept(pause.log({ before, limit })),
  };
}
