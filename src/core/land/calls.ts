import { type Result, reject } from '../../contract/rejection.ts';
import type { Caller, CoreApi } from '../core-api.ts';
import type { Landings } from './landings.ts';

/** The calls by which work lands. No agent may make them, whatever its carrier lets through. */
export function createLandingCalls(landings: Landings): CoreApi['landings'] {
  const byPerson = <T>({ by, taskId }: Caller, call: () => Promise<Result<T>>): Promise<Result<T>> =>
    by === 'user' && taskId === null
      ? call()
      : Promise.resolve(reject('forbidden', 'Work is landed by a person: no agent may.'));
  return {
    preview: (input, caller) => byPerson(caller, () => landings.preview(input)),
    land: (input, caller) => byPerson(caller, () => landings.land(input)),
    undo: (input, caller) => byPerson(caller, () => landings.undo(input)),
  };
}
