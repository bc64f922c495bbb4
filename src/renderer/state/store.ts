import type { Agent } from '../../contract/agent/state.ts';
import type { Client } from '../../contract/client.ts';
import { ConnectionLost } from '../../contract/connection/connect.ts';
import { follow } from '../../contract/connection/follow.ts';
import { pause } from '../../contract/connection/socket.ts';
import type { PauseState } from '../../contract/pause/state.ts';
import type { ListedProject } from '../../contract/project/state.ts';
import type { SettingEntry } from '../../contract/settings/state.ts';
import type { StreamMessage } from '../../contract/stream/state.ts';
import type { WindowConnection } from '../connection/connection.ts';
import { createValue, type Value } from '../ui/value.ts';
import { createDoing, type Doing } from './doing.ts';
import { createFound, type Found } from './found.ts';
import { oncePerFrame } from './frame.ts';
import { createPending, type Pending } from './pending.ts';
import { createTasks, type TaskPage, type Tasks } from './tasks.ts';

const AGAIN_MS = 300;

/** Everything the window knows of Drover: lists, live by one subscription. Null until it has arrived. */
export interface Store {
  readonly connection: WindowConnection;
  readonly client: Client;
  readonly tasks: Tasks;
  readonly found: Found;
  /** The last call of each task whose agent is at work. */
  readonly doing: Doing['calls'];
  readonly pending: Pending;
  readonly projects: Value<readonly ListedProject[] | null>;
  readonly agents: Value<readonly Agent[] | null>;
  readonly settings: Value<readonly SettingEntry[] | null>;
  readonly pause: Value<PauseState | null>;
  /** Grows whenever workspaces have changed; each view asks for its own. */
  readonly workspaceChanges: Value<number>;
  /** Grows whenever rules have changed. */
  readonly ruleChanges: Value<number>;
  /** The same for the list of terminals. */
  readonly terminalChanges: Value<number>;
  /** Reads and follows until `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export function createStore(connection: WindowConnection): Store {
  const { client } = connection;
  const ending = { signal: null as AbortSignal | null };

  /** A reading call, repeated until it is answered; null when it is refused. */
  async function answered<T>(call: () => Promise<T>): Promise<T | null> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ConnectionLost)) return null;
        if (ending.signal?.aborted) return null;
        await pause(AGAIN_MS, ending.signal ?? undefined);
      }
    }
  }

  let begin: () => void = () => {};
  /** The first lists are shown together with the tasks: the board is drawn once, not once for each. */
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });

  /** A list that is what it was is not set again: nothing is drawn for it. */
  async function read<T>(value: Value<T | null>, call: () => Promise<T>): Promise<void> {
    const got = await answered(call);
    await begun;
    if (got !== null && JSON.stringify(got) !== JSON.stringify(value.get())) value.set(got);
  }

  const tasks = createTasks({ client, batch: oncePerFrame, answered });
  const pending = createPending({
    client,
    answered,
    taskOf: (taskId) => tasks.list.get().summaries.get(taskId) ?? tasks.task(taskId) ?? undefined,
  });
  const doing = createDoing();
  const projects = createValue<readonly ListedProject[] | null>(null);
  const agents = createValue<readonly Agent[] | null>(null);
  const settings = createValue<readonly SettingEntry[] | null>(null);
  const paused = createValue<PauseState | null>(null);
  const workspaceChanges = createValue(0);
  const ruleChanges = createValue(0);
  const terminalChanges = createValue(0);

  const lists = {
    projects: () => read(projects, () => client.projects.list()),
    agents: () => read(agents, () => client.agents.list()),
    settings: () => read(settings, () => client.settings.list()),
    pause: () => read(paused, () => client.pause.get()),
    workspaces: async () => workspaceChanges.set(workspaceChanges.get() + 1),
    rules: async () => ruleChanges.set(ruleChanges.get() + 1),
    terminals: async () => terminalChanges.set(terminalChanges.get() + 1),
  };
  const readLists = () => Promise.all([pending.read(), ...Object.values(lists).map((read) => read())]);

  function take(message: StreamMessage): void {
    if (message.type === 'event') {
      tasks.take(message.event);
      doing.take(message.event);
      pending.take(message.event);
    } else if (message.type === 'changed') void lists[message.what]();
    else if (message.type === 'caught-up') void readLists();
  }

  return {
    connection,
    client,
    tasks,
    doing: doing.calls,
    found: createFound(client),
    pending,
    projects,
    agents,
    settings,
    pause: paused,
    workspaceChanges,
    ruleChanges,
    terminalChanges,
    async run(signal) {
      ending.signal = signal;
      const loading = tasks.load(readPage(connection.desktop?.firstPage ?? null));
      void readLists();
      const fromSeq = await loading;
      begin();
      await follow(client, { after: fromSeq }, take, signal);
    },
  };
}

/** Null where there is none, or none that can be read: then it is asked for. */
function readPage(text: string | null): TaskPage | null {
  try {
    return JSON.parse(text ?? 'null') as TaskPage | null;
  } catch {
    return null;
  }
}
