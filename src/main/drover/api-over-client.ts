import type { Client } from '../../contract/client.ts';
import { accept, isRejection, type Result, reject } from '../../contract/rejection.ts';
import type { CoreApi } from '../../core/core-api.ts';

type Call = (input: unknown) => Promise<unknown>;

/** The calls of a core that runs in another process, in the shape of a core in this one: refusals are values. */
export function apiOverClient(client: Client): CoreApi {
  const nouns = client as unknown as Record<string, Record<string, Call>>;
  const noun = (name: string) =>
    new Proxy(
      {},
      { get: (_target, verb) => (input: unknown) => outcomeOf(() => nouns[name]?.[String(verb)]?.(input)) },
    );
  return new Proxy({}, { get: (_target, name) => noun(String(name)) }) as CoreApi;
}

async function outcomeOf(call: () => Promise<unknown> | undefined): Promise<Result<unknown>> {
  try {
    return accept(await call());
  } catch (error) {
    const { code, data, message } = error as { code?: unknown; data?: unknown; message?: unknown };
    if (code === 'REJECTED' && isRejection(data)) return { ok: false, rejection: data };
    return reject('unavailable', `The other Drover could not answer: ${String(message ?? error)}`);
  }
}
