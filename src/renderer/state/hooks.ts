import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Agent } from '../../contract/agent/state.ts';
import type { Client } from '../../contract/client.ts';
import type { Project } from '../../contract/project/state.ts';
import type { SettingEntry } from '../../contract/settings/state.ts';
import type { Task, TaskSummary } from '../../contract/task/state.ts';
import type { WindowConnectionState } from '../connection/connection.ts';
import { createEntries, type Entries } from './entries.ts';
import { EMPTY_FILTER, filterTasks, type TaskFilter } from './filter.logic.ts';
import { oncePerFrame } from './frame.ts';
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
  return useMemo(() => filterTasks(summaries.values(), filter), [summaries, filter]);
}

/** One task, folded live; null when there is none (any more), undefined while it is being asked for. */
export function useTask(taskId: string): Task | null | undefined {
  const { tasks } = useSession();
  useEffect(() => tasks.watch(taskId), [tasks, taskId]);
  return useSyncExternalStore(tasks.ticks.subscribe, () => tasks.task(taskId));
}

/** The log of a task from its newest page on, with what is streaming; older pages by `loadOlder`. */
export function useEntries(taskId: string): Entries & { loadOlder(): void } {
  const { client } = useSession();
  const feed = useMemo(() => createEntries({ client, taskId, batch: oncePerFrame }), [client, taskId]);
  useEffect(() => {
    const ending = new AbortController();
    // Refused when the task is gone, which the task itself says.
    feed.run(ending.signal).catch(() => {});
    return () => ending.abort();
  }, [feed]);
  const entries = useValue(feed.entries);
  return useMemo(() => ({ ...entries, loadOlder: () => void feed.loadOlder().catch(() => {}) }), [entries, feed]);
}

/** Null until they have arrived. */
export function useProjects(): readonly Project[] | null {
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

/** The time, renewed every `everyMs` while `running`; for what counts up. */
export function useNow(running: boolean, everyMs = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, everyMs);
    return () => clearInterval(timer);
  }, [running, everyMs]);
  return now;
}
