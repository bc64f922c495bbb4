import { createContext } from 'react';
import type { Item } from '../../../../contract/task/state.ts';

/** What the rows of a conversation need to know of their task. */
export interface TaskFacts {
  items: ReadonlyMap<string, Item>;
  maxRetries: number | null;
  /** The number of the newest run: how that one ended is said above the conversation. */
  newestRun: number;
}

export const TaskFactsContext = createContext<TaskFacts>({ items: new Map(), maxRetries: null, newestRun: 1 });
