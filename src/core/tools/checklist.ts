import type { Argv } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Actor, Item, ItemStatus, Task } from '../../contract/task/state.ts';
import { quoteCommand } from '../../contract/words/argv.ts';
import type { Patience } from '../db/patience.ts';
import type { Log } from '../log/log.ts';
import type { Dispatched, TaskStore } from '../tasks/store.ts';

/** Runs a guarding command in the workspace of a task. */
export type RunCheck = (
  task: Task,
  command: Argv,
  options?: {
    /** What it prints, as it comes. */
    onOutput(text: string): void;
    /** Aborted when a person stops it: then it has failed. */
    signal: AbortSignal;
  },
) => Promise<{
  ok: boolean;
  exitCode: number | null;
  output: string;
  durationMs: number;
}>;

/**
 * Whether a command that an agent wants Drover to run may run. `purpose`: for a person who is asked, as a sentence.
 * `command` is what a person has made of it; `byPerson`: a person has answered for it.
 */
export type JudgeCommand = (
  task: Task,
  command: Argv,
  purpose: string,
) => Promise<{ ok: true; command: Argv; byPerson: boolean } | { ok: false; words: string }>;

/** An item, and where in the log stands what was done to it. */
type ChangedItem = Item & { seq: number };

/** What people and agents do to a checklist; one implementation behind MCP, the command and the window. */
export interface Checklist {
  add(taskId: string, text: string, check: Argv | null, by: Actor, commandId?: string): Promise<Result<ChangedItem>>;
  /** Completing an item that a check guards runs the check first; a failing one is a refusal with the end of its output. */
  set(change: ItemChange): Promise<Result<ChangedItem>>;
  note(taskId: string, itemId: string, text: string, by: Actor, commandId?: string): Promise<Result<ChangedItem>>;
}

export interface ItemChange {
  taskId: string;
  itemId: string;
  status: ItemStatus;
  reason: string | null;
  by: Actor;
  commandId?: string | undefined;
}

const OUTPUT_SHOWN = 2000;
/** How long a report waits for another program that has the database locked: an agent would not say it again. */
const LOCKED_MS = 5 * 60_000;

export function createChecklist({
  store,
  log,
  runCheck,
  judgeCommand,
  patience = (job) => Promise.resolve(job()),
}: {
  store: TaskStore;
  log: Log;
  runCheck: RunCheck;
  judgeCommand: JudgeCommand;
  /** Waits while another program has the database locked. */
  patience?: Patience;
}): Checklist {
  const patiently = <T>(job: () => Result<T>) => patience(job, LOCKED_MS);

  function itemOf({ task, seq }: Dispatched, itemId: string | null): Result<ChangedItem> {
    const item = task.items.find((one) => one.id === itemId);
    return item ? accept({ ...item, seq }) : reject('not-found', `There is no item ${itemId} in task ${task.id}.`);
  }

  /** An agent's tools work only while its task runs: a stray process must not change a settled checklist. */
  function refuseIdle(taskId: string, by: Actor): Result<never> | null {
    if (by !== 'agent' || store.get(taskId)?.status === 'running') return null;
    return reject('wrong-state', `Task ${taskId} is not running; its checklist is closed to agents.`);
  }

  async function guard(task: Task, item: Item, command: Argv): Promise<Result<null>> {
    if (!task.workspace)
      return reject('wrong-state', `Item ${item.id} is guarded by a check, and there is no workspace yet.`);
    if (item.checkBy === 'agent') {
      // The workspace is another now, and so may be what the command does in it.
      const judged = await judgeCommand(
        task,
        command,
        `It is the check of item ${item.id}, which the agent has added.`,
      );
      if (!judged.ok) {
        const words = `its check \`${quoteCommand(command)}\`, which the agent has added, was not run. ${judged.words}`;
        return reject('conflict', `Item ${item.id} stays ${item.status}: ${words}`);
      }
    }
    const check = await runCheck(task, command);
    if (task.run && task.status === 'running') {
      store.dispatch(task.id, {
        type: 'run.record',
        runId: task.run.id,
        events: [
          {
            type: 'check.settled',
            runId: task.run.id,
            command,
            itemId: item.id,
            ok: check.ok,
            exitCode: check.exitCode,
            output: log.keep(task.id, check.output),
            durationMs: check.durationMs,
          },
        ],
      });
    }
    if (check.ok) return accept(null);
    const shown = check.output.length > OUTPUT_SHOWN ? `…${check.output.slice(-OUTPUT_SHOWN)}` : check.output;
    return reject(
      'conflict',
      `Item ${item.id} stays ${item.status}: its check \`${command.join(' ')}\` failed${check.exitCode === null ? '' : ` with exit code ${check.exitCode}`}.\n${shown.trim()}`,
    );
  }

  return {
    async add(taskId, text, check, by, commandId) {
      const closed = refuseIdle(taskId, by);
      if (closed) return closed;
      const isRepeated = commandId !== undefined && store.taskOfCommand(commandId) !== null;
      const task = store.get(taskId);
      let given: { check: Argv | null; checkBy?: 'agent' } = { check };
      if (check !== null && by === 'agent' && task && !isRepeated) {
        const judged = await judgeCommand(
          task,
          check,
          'Drover would run it as the check of an item that the agent adds.',
        );
        if (!judged.ok) {
          const words = `The item was not added, because of its check \`${quoteCommand(check)}\`. ${judged.words}`;
          return reject('forbidden', `${words} A person can add it: drover item add ${taskId} … --check '…'.`);
        }
        // A command that a person has answered for is theirs from now on.
        given = { check: judged.command, ...(judged.byPerson ? {} : { checkBy: by }) };
      }
      const stillClosed = refuseIdle(taskId, by);
      if (stillClosed) return stillClosed;
      const done = await patiently(() => store.dispatch(taskId, { type: 'item.add', text, ...given, by }, commandId));
      return done.ok ? itemOf(done.value, done.value.itemId) : done;
    },
    async set({ taskId, itemId, status, reason, by, commandId }) {
      const closed = refuseIdle(taskId, by);
      if (closed) return closed;
      const task = store.get(taskId);
      const item = task?.items.find((one) => one.id === itemId);
      // A command that was seen before gets its earlier answer: its check has run.
      const isRepeated = commandId !== undefined && store.taskOfCommand(commandId) !== null;
      if (!isRepeated && task && item?.check && status === 'completed' && item.status !== 'completed') {
        const guarded = await guard(task, item, item.check);
        if (!guarded.ok) return guarded;
      }
      const done = await patiently(() =>
        store.dispatch(taskId, { type: 'item.set', itemId, status, reason, by }, commandId),
      );
      return done.ok ? itemOf(done.value, itemId) : done;
    },
    async note(taskId, itemId, text, by, commandId) {
      const closed = refuseIdle(taskId, by);
      if (closed) return closed;
      const done = await patiently(() => store.dispatch(taskId, { type: 'item.note', itemId, text, by }, commandId));
      return done.ok ? itemOf(done.value, itemId) : done;
    },
  };
}
