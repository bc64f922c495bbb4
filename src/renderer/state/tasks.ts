import type { Client } from '../../contract/client.ts';
import { TASK_PAGE } from '../../contract/desktop.ts';
import { isUnsettled, summarize } from '../../contract/task/derive.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import { fold } from '../../contract/task/fold.ts';
import type { ChangedTask, Task, TaskSummary } from '../../contract/task/state.ts';
import { createValue, type Value } from '../ui/value.ts';
import type { Attempt } from './act.ts';

/** What `tasks.list` returns. */
export type TaskPage = Awaited<ReturnType<Client['tasks']['list']>>;

export interface TaskList {
  readonly summaries: ReadonlyMap<string, TaskSummary>;
  /** Whether every page has arrived. */
  readonly loaded: boolean;
}

/** A whole task that is folded live. `held`: events that came while it is being asked for. */
interface Tracked {
  task: Task | null;
  seq: number;
  held: LoggedEvent[] | null;
}

/** What a command is about to change of a task in the lists. */
export type Expected = Partial<Pick<TaskSummary, 'rank' | 'status' | 'archivedAt' | 'acceptedAt'>>;

export interface Tasks {
  readonly list: Value<TaskList>;
  /** Grows whenever a tracked task has changed. */
  readonly ticks: Value<number>;
  /**
   * Asks for every page, but for the first one where it is given; returns the sequence number from which events are to
   * be taken. Where the first one is all there is, it is in the lists before this returns.
   */
  load(first?: TaskPage | null): Promise<number>;
  /** Asks for the archived ones too, once. */
  loadArchived(): Promise<void>;
  take(event: LoggedEvent): void;
  /**
   * Shows a change at once while `command` is under way. The lists take it back when it is refused, and follow the log
   * again as soon as what the command did has arrived there.
   */
  expecting(
    taskId: string,
    change: Expected,
    command: () => Promise<Attempt<ChangedTask>>,
  ): Promise<Attempt<ChangedTask>>;
  /** Keeps the whole of a task until the answer is called. */
  watch(taskId: string): () => void;
  /** The task as far as it is known; null when it does not exist, undefined while it is being asked for. */
  task(taskId: string): Task | null | undefined;
}

export interface TasksDeps {
  client: Pick<Client, 'tasks'>;
  /** Wraps work that is done once for many changes. */
  batch(work: () => void): () => void;
  /** Repeats a call until there is an answer; null when it was refused. */
  answered<T>(call: () => Promise<T>): Promise<T | null>;
  /** How many whole tasks are kept besides those that run or are looked at. */
  mostKept?: number;
}

/**
 * Every task as a summary, and as a whole those that happen or are looked at. A summary cannot be folded, so the first
 * event of a task asks for the whole of it, once; from then on its events are folded by the contract's fold. Tasks that
 * do not run and are not looked at are let go again, the quietest first.
 */
export function createTasks({ client, batch, answered, mostKept = 100 }: TasksDeps): Tasks {
  const list = createValue<TaskList>({ summaries: new Map(), loaded: false });
  const ticks = createValue(0);
  const summaries = new Map<string, TaskSummary>();
  const tracked = new Map<string, Tracked>();
  const watched = new Map<string, number>();
  /** `until`: the last event of the command; null while there is no answer. */
  const expected = new Map<string, { change: Expected; until: number | null }>();
  /** The last event that has arrived. */
  let seen = 0;
  let loaded = false;
  let archived: Promise<void> | null = null;

  /** Whether the lists are other ones than those that are shown. */
  let changed = true;

  function show(): void {
    if (changed) showLists();
    ticks.set(ticks.get() + 1);
  }
  const publish = batch(show);
  const publishLists = () => {
    changed = true;
    publish();
  };

  function showLists(): void {
    changed = false;
    const shown = new Map(summaries);
    for (const [taskId, { change }] of expected) {
      const summary = shown.get(taskId);
      if (summary) shown.set(taskId, { ...summary, ...change });
    }
    list.set({ summaries: shown, loaded });
  }

  function keep(taskId: string, state: Tracked): void {
    const summary = state.task ? summarize(state.task) : undefined;
    // A task that is only looked at is the same in the lists.
    if (JSON.stringify(summary) !== JSON.stringify(summaries.get(taskId))) changed = true;
    if (summary === undefined) summaries.delete(taskId);
    else summaries.set(taskId, summary);
    // Put at the end: the first ones are those that have been quiet for longest.
    tracked.delete(taskId);
    tracked.set(taskId, state);
    dropSeen();
    letGo();
    publish();
  }

  /** Follows the log again where it has come as far as what the command did. */
  function dropSeen(): void {
    for (const [taskId, { until }] of expected) {
      if (until === null || seen < until || tracked.get(taskId)?.held) continue;
      expected.delete(taskId);
      changed = true;
    }
  }

  function letGo(): void {
    for (const [taskId, { task, held }] of tracked) {
      if (tracked.size <= mostKept) return;
      if (!held && !watched.has(taskId) && !(task && isUnsettled(task.status))) tracked.delete(taskId);
    }
  }

  async function ask(taskId: string): Promise<void> {
    const state = tracked.get(taskId);
    if (!state) return;
    const got = await answered(() => client.tasks.get({ taskId }));
    if (tracked.get(taskId) !== state) return;
    state.task = got?.task ?? null;
    state.seq = got?.fromSeq ?? 0;
    const held = state.held ?? [];
    state.held = null;
    for (const event of held) foldInto(state, event);
    keep(taskId, state);
    // Who looks at it does not wait for a frame.
    if (!changed) show();
  }

  function track(taskId: string, held: LoggedEvent[]): void {
    tracked.set(taskId, { task: null, seq: 0, held });
    void ask(taskId);
  }

  /** Returns the sequence number of the first page; null when it was refused. `show` is called with the last page. */
  async function loadPages(archived: boolean, first: TaskPage | null, show: () => void): Promise<number | null> {
    let fromSeq: number | null = null;
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page =
        (cursor === undefined ? first : null) ??
        (await answered(() => client.tasks.list({ limit: TASK_PAGE, cursor: cursor ?? undefined, archived })));
      if (page === null) break;
      fromSeq ??= page.fromSeq;
      // What has happened since is known better from its events.
      for (const summary of page.tasks) if (!tracked.has(summary.id)) summaries.set(summary.id, summary);
      cursor = page.nextCursor;
      changed = true;
      if (cursor !== null) publish();
    }
    show();
    return fromSeq;
  }

  return {
    list,
    ticks,
    async load(first = null) {
      const fromSeq = await loadPages(false, first, () => {
        loaded = true;
        changed = true;
        // What a person waits for does not wait for a frame.
        show();
      });
      seen = Math.max(seen, fromSeq ?? 0);
      return fromSeq ?? 0;
    },
    loadArchived() {
      archived ??= loadPages(true, null, publishLists).then(() => {});
      return archived;
    },
    async expecting(taskId, change, command) {
      const entry = { change, until: null as number | null };
      expected.set(taskId, entry);
      publishLists();
      const answer = await command();
      if (expected.get(taskId) === entry) {
        if (answer.ok) entry.until = answer.value.seq;
        else expected.delete(taskId);
        dropSeen();
        publishLists();
      }
      return answer;
    },
    take(logged) {
      const { taskId, event } = logged;
      const state = tracked.get(taskId);
      seen = logged.seq;
      if (event.type === 'task.deleted') {
        keep(taskId, { task: null, seq: logged.seq, held: null });
      } else if (event.type === 'task.created') {
        keep(taskId, { task: fold(null, event, logged.at), seq: logged.seq, held: null });
      } else if (!state) {
        track(taskId, [logged]);
      } else if (state.held) {
        state.held.push(logged);
      } else {
        const before = state.task;
        foldInto(state, logged);
        if (state.task !== before) keep(taskId, state);
      }
      if (expected.size === 0) return;
      dropSeen();
      if (changed) publish();
    },
    watch(taskId) {
      watched.set(taskId, (watched.get(taskId) ?? 0) + 1);
      if (!tracked.has(taskId)) track(taskId, []);
      return () => {
        const left = (watched.get(taskId) ?? 1) - 1;
        if (left > 0) {
          watched.set(taskId, left);
          return;
        }
        watched.delete(taskId);
        letGo();
      };
    },
    task(taskId) {
      const state = tracked.get(taskId);
      return state && !state.held ? state.task : undefined;
    },
  };
}

function foldInto(state: Tracked, { seq, at, event }: LoggedEvent): void {
  if (seq <= state.seq) return;
  state.task = fold(state.task, event, at);
  state.seq = seq;
}
