import { accept } from '../../contract/rejection.ts';
import type { CoreApi } from '../core-api.ts';
import { withGit } from '../git/git-context.ts';
import type { CleanUp } from './clean-up.ts';
import type { Retention } from './retention.ts';

interface Deps {
  cleanUp: CleanUp;
  last: Retention['last'];
  measure(workspaceId: string, signal?: AbortSignal): ReturnType<CoreApi['cleanUp']['measure']>;
  /** Milliseconds that a git which only looks may take. */
  lookMs: number;
}

/** The calls of the contract on what tasks have left. */
export function createCleanUpCalls({ cleanUp, last, measure, lookMs }: Deps): CoreApi['cleanUp'] {
  return {
    preview: async (filter) =>
      accept({ leftovers: await withGit({ limitMs: lookMs }, () => cleanUp.preview(filter)), last: last() }),
    measure: ({ workspaceId }, _caller, signal) => measure(workspaceId, signal),
    remove: async ({ leftovers }) => accept(await cleanUp.remove(leftovers, 'user')),
  };
}
