import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Agent } from '../../contract/agent/state.ts';
import type { Client } from '../../contract/client.ts';
import type { ListedProject } from '../../contract/project/state.ts';
import type { SettingEntry } from '../../contract/settings/state.ts';
import type { Task, TaskHit, TaskSummary } from '../../contract/task/state.ts';
import type { WindowConnectionState } from '../connection/connection.ts';
import { type Clock, createClock } from './clock.ts';
import { createEntries, type EntriesFeed, type EntriesView } from './entries.ts';
import { EMPTY_FILTER, filterTasks, type TaskFilter } from './filter.logic.ts';
import { everyOtherFrame } from './frame.ts';
import type { Session } from './session.ts';
import type { TaskList } from './tasks.ts';
import type { Value } from './value.ts';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('There is no session around this component.');
  return session;
}

export function useClient(): Client {
  return useSession().client;
}

export function useValue<T>(value: Value<T>): T {
  return useSyncExternalStore(value.subscribe, value.get);
}

/** All tasks and whether every page has arrived. */
export function useTaskList(): TaskList {
  return useValue(useSession().tasks.list);
}

/** The tasks that fit, newest first. */
export function useTasks(filter: TaskFilter = EMPTY_FILTER): readonly TaskSummary[] {
  const { summaries } = useTaskList();
  const { found } = useSession();
  useEffect(() => found.look(filter.text, filter.archived), [found, filter.text, filter.archived]);
  const hits = useValue(found.hits);
  return useMemo(() => filterTasks(summaries.values(), filter, hits), [summaries, filter, hits]);
}

/** Where a task that is searched for has the words, when its card does not show them. */
export function useHit(taskId: string): TaskHit | null {
  const { hits } = useSession().found;
  return useSyncExternalStore(hits.subscribe, () => hits.get().get(taskId) ?? null);
}

/** One task, folded live; null when there is none (any more), undefined while it is being asked for. */
export function useTask(taskId: string): Task | null | undefined {
  const { tasks } = useSession();
  useEffect(() => tasks.watch(taskId), [tasks, taskId]);
  return useSyncExternalStore(tasks.ticks.subscribe, () => tasks.task(taskId));
}

/** Reads and follows the log of a task; only what also asks for its entries is drawn again with each of them. */
export function useEntriesFeed(taskId: string): EntriesFeed {
  const { client } = useSession();
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
  return useValue(useSession().projects);
}

export function useAgents(): readonly Agent[] | null {
  return useValue(useSession().agents);
}

export function useSettings(): readonly SettingEntry[] | null {
  return useValue(useSession().settings);
}

export function useConnectionState(): WindowConnectionState {
  return useValue(useSession().connection.state);
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
