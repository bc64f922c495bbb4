/** The commands of their own that agents have, by agent and project: what their sessions have told since this start. */
export interface OwnCommands {
  /** The whole set each time, without the slash. */
  learn(agent: string, projectId: string, names: readonly string[]): void;
  of(agent: string, projectId: string): readonly string[];
  /** Whether a text begins with one of them. */
  begins(agent: string, projectId: string, text: string): boolean;
}

const MOST = 500;
/** Agents read names from files of the repository: nothing else is offered as one. */
const NAME = /^[\w][\w:.-]{0,99}$/;
const FIRST_WORD = /^\/(\S+)/;

export function createOwnCommands(): OwnCommands {
  const known = new Map<string, readonly string[]>();
  const keyOf = (agent: string, projectId: string) => `${projectId} ${agent}`;
  const of = (agent: string, projectId: string) => known.get(keyOf(agent, projectId)) ?? [];
  return {
    learn(agent, projectId, names) {
      known.set(keyOf(agent, projectId), [...new Set(names.filter((name) => NAME.test(name)))].sort().slice(0, MOST));
    },
    of,
    begins: (agent, projectId, text) => of(agent, projectId).includes(FIRST_WORD.exec(text)?.[1] ?? ''),
  };
}
