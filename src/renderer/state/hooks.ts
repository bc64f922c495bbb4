import { createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Agent } from '../../contract/agent/state.ts';
import type { Client } from '../../contract/client.ts';
import type { ListedProject } from '../../contract/project/state.ts';
import type { SettingEntry } from '../../contract/settings/state.ts';
import type { Task, TaskHit, TaskSummary } from '../../contract/task/state.ts';
import type { WindowConnectionState } from '../connection/connection.ts';
import type { Value } from '../ui/value.ts';
import { type Clock, createClock } from './clock.ts';
import { createEntries, type EntriesFeed, type EntriesView } from './entries.ts';
import { EMPTY_FILTER, filterTasks, type TaskFilter } from './filter.logic.ts';
import { everyOtherFrame } from './frame.ts';
import type { Store } from './store.ts';
import type { TaskList } from './tasks.ts';

export const StoreContext = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('There is no store around this component.');
  return store;
}

export function useClient(): Client {
  return useStore().client;
}

export function useValue<T>(value: Value<T>): T {
  return useSyncExternalStore(value.subscribe, value.get);
}

/** All tasks and whether every page has arrived. */
export function useTaskList(): TaskList {
  return useValue(useStore().tasks.list);
}

/** The tasks that fit, newest first. */
export function useTasks(filter: TaskFilter = EMPTY_FILTER): readonly TaskSummary[] {
  const { summaries } = useTaskList();
  const { found } = useStore();
  useEffect(() => found.look(filter.text, filter.archived), [found, filter.text, filter.archived]);
  const hits = useValue(found.hits);
  return useMemo(() => filteredOf({ summaries, filter, hits }), [summaries, filter, hits]);
}

interface Filtered {
  readonly summaries: TaskList['summaries'];
  readonly filter: TaskFilter;
  readonly hits: ReadonlyMap<string, TaskHit | null>;
}

let latest: (Filtered & { readonly tasks: readonly TaskSummary[] }) | null = null;

/** The same array as the last time for the same: what shows these tasks now is not what showed them before. */
function filteredOf(wanted: Filtered): readonly TaskSummary[] {
  const { summaries, filter, hits } = wanted;
  if (latest?.summaries !== summaries || latest.filter !== filter || latest.hits !== hits) {
    latest = { ...wanted, tasks: filterTasks(summaries.values(), filter, hits) };
  }
  return latest.tasks;
}

/** Where a task that is searched for has the words, when its card does not show them. */
export function useHit(taskId: string): TaskHit | null {
  const { hits } = useStore().found;
  return useSyncExternalStore(hits.subscribe, () => hits.get().get(taskId) ?? null);
}

/** One task, folded live; null when there is none (any more), undefined while it is being asked for. */
export function useTask(taskId: string): Task | null | undefined {
  const { tasks } = useStore();
  useEffect(() => tasks.watch(taskId), [tasks, taskId]);
  return useSyncExternalStore(tasks.ticks.subscribe, () => tasks.task(taskId));
}

/** Reads and follows the log of a task; only what also asks for its entries is drawn again with each of them. */
export function useEntriesFeed(taskId: string): EntriesFeed {
  const { client } = useStore();
  const feed = useMemo(() => {
    const made = createEntries({ client, taskId, batch: everyOtherFrame });
    // While what stands around it is drawn.
    made.begin();
    return made;
  }, [client, taskId]);
  useEffect(() => {
    const ending = new AbortController();
    // Refused when the task is gone, which the task itself says.
    feed.run(ending.signal).catch(() => {});
    return () => ending.abort();
  }, [feed]);
  return feed;
}

/** The log of a task from its newest page on, with what is streaming; other parts of it by the moves. */
export function useEntries(feed: EntriesFeed): EntriesView {
  const entries = useValue(feed.entries);
  return useMemo(() => ({ ...feed, ...entries }), [entries, feed]);
}

/** Null until they have arrived. */
export function useProjects(): readonly ListedProject[] | null {
  return useValue(useStore().projects);
}

export function useAgents(): readonly Agent[] | null {
  return useValue(useStore().agents);
}

/** What people call an agent, by its name; the name itself while the agents are not known, or when it is gone. */
export function useAgentTitle(): (name: string) => string {
  const agents = useAgents();
  return useCallback((name) => agents?.find((one) => one.name === name)?.title ?? name, [agents]);
}

export function useSettings(): readonly SettingEntry[] | null {
  return useValue(useStore().settings);
}

export function useConnectionState(): WindowConnectionState {
  return useValue(useStore().connection.state);
}

const clocks = new Map<number, Clock>();

function clockOf(everyMs: number): Clock {
  const clock = clocks.get(everyMs) ?? createClock(everyMs);
  clocks.set(everyMs, clock);
  return clock;
}

const NEVER = () => () => {};

/** The time, renewed every `everyMs` while `running` and the page is shown; for what counts up. */
export function useNow(running: boolean, everyMs = 1000): number {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(running ? clock.subscribe : NEVER, clock.get);
}
