import type { Result } from '../contract/rejection.ts';
import type { CoreApi } from './core-api.ts';
import type { Patience } from './db/patience.ts';

type Call = (input: unknown, caller: unknown, signal?: unknown) => Promise<Result<unknown>>;

/**
 * Every call of the contract, with the storage between it and its caller: what the storage refuses (a full disk, a
 * damaged file) is answered in words, and while another program has the database locked it is tried again for `ms`. A
 * call that was refused has changed nothing, so it can be made again.
 */
export function patientApi(api: CoreApi, patience: Patience, ms: number): CoreApi {
  const wrapped = Object.entries(api).map(([noun, verbs]) => {
    const calls = Object.entries(verbs as unknown as Record<string, Call>).map(([verb, call]) => {
      const patient: Call = (input, caller, signal) => patience(() => call(input, caller, signal), ms);
      return [verb, patient];
    });
    return [noun, Object.fromEntries(calls)];
  });
  return Object.fromEntries(wrapped) as CoreApi;
}
