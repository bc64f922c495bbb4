import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { EnvironmentOfUser } from '../process/run-for-user.ts';
import type { WorktreePlace } from './prove-worktree.ts';

/** What is true of every git that a piece of work starts, however deep below it. */
export interface GitContext {
  /** Whole environment to start from, as that of the login shell. Left out: that of this process. */
  environment?: EnvironmentOfUser | undefined;
  /** What a person chose as git; left out or null: the first in the PATH. */
  program?: (() => ChosenProgram | null) | undefined;
  /** An environment entry (`NAME=value`) by which everything git starts is found when its host is gone. */
  entry?: string;
  /** Set as `DROVER_RUN`: what git leaves running is ended with the run. */
  marker?: string;
  /** Ends git and everything it has started when aborted. */
  signal?: AbortSignal;
  /** Milliseconds that each git may take at most, whatever its own limit: where a person waits for the answer. */
  limitMs?: number;
  /** Git in this folder works in the worktree that was recorded, or is refused. */
  place?: WorktreePlace;
}

const storage = new AsyncLocalStorage<GitContext>();

/** Does `work` so that every git below it is started with `context`, on top of what surrounds this call. */
export function withGit<T>(context: GitContext, work: () => T): T {
  const outer = storage.getStore();
  const signals = [outer?.signal, context.signal].filter((signal) => signal !== undefined);
  const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
  return storage.run({ ...outer, ...context, signal }, work);
}

/** What surrounds this call. */
export function gitContext(): Readonly<GitContext> {
  return storage.getStore() ?? {};
}

/** The entry by which the git of the host of a data folder is known. */
export function gitEntry(dataFolder: string): string {
  return `DROVER_GIT=${dataFolder}`;
}

type Calls = { [name: string]: (...args: never[]) => unknown };

/** The same functions, each done `withGit(context)`. */
export function allWithGit<T extends object>(context: GitContext, calls: T): T {
  const wrapped = Object.entries(calls as Calls).map(([name, call]) => [
    name,
    (...args: never[]) => withGit(context, () => call(...args)),
  ]);
  return Object.fromEntries(wrapped) as T;
}
