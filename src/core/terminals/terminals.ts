import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Terminal, TerminalSize } from '../../contract/terminal/state.ts';
import { createId } from '../base/ids.ts';
import { createKeyedQueue } from '../base/keyed-queue.ts';
import type { Logger } from '../base/logger.ts';
import { killMatching } from '../process/kill-tree.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import { environmentValues } from '../process/process-table.ts';
import type { ProgramInTerminal } from '../process/program-in-terminal.ts';
import { StartFailure } from '../process/spawn-tree.ts';
import { createAgentTerminal } from './agent-terminal.ts';
import { createTerminalFiles, type KeptTerminal } from './files.ts';
import { createOneTerminal, type OneTerminal } from './one-terminal.ts';
import { clampSize } from './pty-size.ts';
import { shellOf } from './shell.ts';

const MARK = 'DROVER_TERMINAL';
/** More than anybody looks at: a script that opens without end is stopped. */
const MOST_TERMINALS = 200;
/** Between SIGTERM and SIGKILL when a person waits for the end. */
const CLOSE_GRACE_MS = 2_000;
const DEFAULT_SIZE = { cols: 80, rows: 24 };

/** Where a terminal is opened. */
export type TerminalPlace = Pick<Terminal, 'projectId' | 'taskId' | 'workspaceId' | 'folder'>;

export interface TerminalsDeps {
  dataFolder: string;
  now(): number;
  /** The environment of the person, for everything that is started for them. */
  environment(): Promise<Record<string, string>>;
  /** The shell that a person chose; null for their own. */
  shell(): ChosenProgram | null;
  changed(): void;
  logger: Pick<Logger, 'warn'>;
}

/** All terminals of a data folder. */
export interface Terminals {
  list(filter: { projectId?: string | undefined; taskId?: string | undefined }): Terminal[];
  find(id: string): Result<OneTerminal>;
  /** Whether that is the mark of the processes of a terminal of this task. */
  isOf(taskId: string, mark: string): boolean;
  open(place: TerminalPlace, wanted: { name?: string | undefined } & Partial<TerminalSize>): Promise<Result<Terminal>>;
  /** A terminal in which the agent of a task runs from now on, in place of the one that has ended. */
  show(place: TerminalPlace, name: string, program: ProgramInTerminal): void;
  /** Puts a terminal before another one, or last. */
  reorder(id: string, before: string | null): Result<Terminal>;
  /** The terminal with its shell running, unless that has ended by itself. */
  awake(id: string): Promise<Result<OneTerminal>>;
  restart(id: string, force: boolean): Promise<Result<Terminal>>;
  close(id: string, force: boolean): Promise<Result<Terminal>>;
  /** Removes a terminal whose shell does not run, with its screen; refused when it does. */
  forget(id: string): Promise<Result<Terminal>>;
  /** Bytes that a terminal takes on the disk. */
  size(id: string): number;
  /** Refused with a sentence when a program runs in one of the terminals that belong to something. */
  checkFree(belongs: (terminal: Terminal) => boolean): Result<null>;
  /** Ends all terminals that belong to something which is going away. */
  closeAll(belongs: (terminal: Terminal) => boolean): Promise<void>;
  /** Ends what a Drover that was killed has left. */
  recover(): Promise<void>;
  /** Ends everything, within some seconds; screens are kept. */
  end(): Promise<void>;
}

export function createTerminals(deps: TerminalsDeps): Terminals {
  const { dataFolder, now, changed, logger } = deps;
  const files = createTerminalFiles(join(dataFolder, 'terminals'));
  const queue = createKeyedQueue();
  const prefix = `${realpathSync(dataFolder)}:`;
  const entryOf = (id: string) => `${MARK}=${prefix}${id}`;
  const all = new Map<string, OneTerminal>();
  let isEnding = false;
  for (const kept of files.readAll()) all.set(kept.terminal.id, oneOf(kept));

  function oneOf({ terminal, process }: KeptTerminal): OneTerminal {
    const state: Terminal['state'] = terminal.state.kind === 'running' ? { kind: 'asleep' } : terminal.state;
    return createOneTerminal({ ...terminal, state }, process, {
      files,
      now,
      changed,
      entryOf,
      async shell() {
        const env = await deps.environment();
        return { ...shellOf(deps.shell(), env), env: { ...env, COLORTERM: 'truecolor' } };
      },
      warn: (words, error) => logger.warn(words, { terminalId: terminal.id, error }),
    });
  }

  const sorted = () => [...all.values()].sort((a, b) => a.get().order - b.get().order);

  function find(id: string): Result<OneTerminal> {
    const found = all.get(id);
    return found ? accept(found) : reject('not-found', `There is no terminal ${id}.`);
  }

  /** The program of an agent belongs to its task. */
  function refuseOfAgent(terminal: OneTerminal, what: 'restart' | 'close'): Result<null> {
    const { name, ofAgent, state } = terminal.get();
    if (!ofAgent || (what === 'close' && state.kind === 'exited')) return accept(null);
    const how = what === 'close' ? 'Stop the task to end it.' : 'Resume the task, or open its session again.';
    return reject('wrong-state', `An agent runs in the terminal “${name}”. ${how}`);
  }

  function refuseWhileBusy(terminal: OneTerminal, what: 'restart' | 'close'): Result<null> {
    const program = terminal.foreground();
    if (program === null) return accept(null);
    const { name } = terminal.get();
    return reject(
      'wrong-state',
      `${program} runs in the terminal “${name}”. End it first, or ${what} the terminal by force.`,
    );
  }

  /** One thing after the other in each terminal; what cannot be started is refused in its sentence. */
  function inTurn<T>(id: string, work: (terminal: OneTerminal) => Promise<Result<T>>): Promise<Result<T>> {
    return queue.run(id, async () => {
      if (isEnding) return reject('unavailable', 'Drover is ending.');
      const found = find(id);
      if (!found.ok) return found;
      try {
        return await work(found.value);
      } catch (error) {
        if (error instanceof StartFailure) return reject('unavailable', error.message);
        throw error;
      }
    });
  }

  async function close(terminal: OneTerminal): Promise<Terminal> {
    await terminal.end(CLOSE_GRACE_MS, true);
    all.delete(terminal.get().id);
    changed();
    return terminal.get();
  }

  return {
    list: ({ projectId, taskId }) =>
      sorted()
        .map((one) => one.get())
        .filter((one) => projectId === undefined || one.projectId === projectId)
        .filter((one) => taskId === undefined || one.taskId === taskId),
    find,
    isOf: (taskId, mark) => mark.startsWith(prefix) && all.get(mark.slice(prefix.length))?.get().taskId === taskId,
    async open(place, { name, cols, rows }) {
      if (all.size >= MOST_TERMINALS) {
        return reject('conflict', `There are ${all.size} terminals already. Close some first.`);
      }
      const id = createId('k');
      const size = clampSize({ cols: cols ?? DEFAULT_SIZE.cols, rows: rows ?? DEFAULT_SIZE.rows });
      const terminal: Terminal = {
        ...place,
        id,
        name:
          name ??
          nameFor(
            sorted().map((one) => one.get()),
            place,
          ),
        title: null,
        program: null,
        order: (sorted().at(-1)?.get().order ?? 0) + 1,
        size,
        state: { kind: 'asleep' },
        createdAt: now(),
      };
      all.set(id, oneOf({ terminal, process: null }));
      const discard = async () => {
        await all.get(id)?.end(0, true);
        all.delete(id);
        changed();
      };
      const opened = await inTurn(id, async (one) => {
        await one.wake();
        return accept(one.get());
      }).catch(async (error: unknown) => {
        await discard();
        throw error;
      });
      if (!opened.ok) await discard();
      return opened;
    },
    show(place, name, program) {
      for (const old of sorted()) {
        const { id, taskId, ofAgent } = old.get();
        if (ofAgent && taskId === place.taskId) {
          all.delete(id);
          void old.end(0, true);
        }
      }
      const id = createId('k');
      const warn = (words: string, error: unknown) => logger.warn(words, { terminalId: id, error });
      const order = (sorted().at(-1)?.get().order ?? 0) + 1;
      const state = { kind: 'running', pid: program.pid, since: now() } as const;
      const described = { title: null, program: null, createdAt: now() };
      const terminal: Terminal = { ...place, ...described, id, name, ofAgent: true, order, size: program.size, state };
      all.set(id, createAgentTerminal(terminal, program, { now, changed, warn }));
      changed();
    },
    reorder(id, before) {
      const found = find(id);
      if (!found.ok) return found;
      const others = sorted().filter((one) => one !== found.value);
      const at = before === null ? others.length : others.findIndex((one) => one.get().id === before);
      if (at === -1) return reject('not-found', `There is no terminal ${before}.`);
      others.splice(at, 0, found.value);
      others.forEach((one, index) => {
        if (one.get().order !== index + 1) one.edit({ order: index + 1 });
      });
      return accept(found.value.get());
    },
    awake: (id) =>
      inTurn(id, async (one) => {
        await one.wake();
        return accept(one);
      }),
    restart: (id, force) =>
      inTurn(id, async (one) => {
        const own = refuseOfAgent(one, 'restart');
        if (!own.ok) return own;
        const busy = force ? accept(null) : refuseWhileBusy(one, 'restart');
        if (!busy.ok) return busy;
        await one.restart();
        return accept(one.get());
      }),
    close: (id, force) =>
      inTurn(id, async (one) => {
        const own = refuseOfAgent(one, 'close');
        if (!own.ok) return own;
        const busy = force ? accept(null) : refuseWhileBusy(one, 'close');
        return busy.ok ? accept(await close(one)) : busy;
      }),
    forget: (id) =>
      inTurn(id, async (one) => {
        const { name, state } = one.get();
        if (state.kind === 'running') return reject('conflict', `The terminal “${name}” is open.`);
        return accept(await close(one));
      }),
    size: files.size,
    checkFree(belongs) {
      for (const one of sorted()) {
        const busy = belongs(one.get()) ? refuseWhileBusy(one, 'close') : accept(null);
        if (!busy.ok) return busy;
      }
      return accept(null);
    },
    async closeAll(belongs) {
      const gone = sorted().filter((one) => belongs(one.get()));
      await Promise.all(gone.map((one) => inTurn(one.get().id, async (still) => accept(await close(still)))));
    },
    async recover() {
      const left = [...environmentValues(MARK).keys()].filter((value) => value.startsWith(prefix));
      const ids = new Set([...left.map((value) => value.slice(prefix.length)), ...all.keys()]);
      await Promise.all(
        [...ids].map((id) =>
          queue.run(id, async () => {
            const one = all.get(id);
            if (one === undefined) await killMatching({ leader: null, entry: entryOf(id), graceMs: CLOSE_GRACE_MS });
            else await one.endLeft(CLOSE_GRACE_MS);
          }),
        ),
      );
    },
    async end() {
      isEnding = true;
      await Promise.all([...all.entries()].map(([id, one]) => queue.run(id, () => one.end(CLOSE_GRACE_MS, false))));
    },
  };
}

/** The first free of “Terminal 1”, “Terminal 2”, … where it is opened. */
function nameFor(terminals: readonly Terminal[], place: TerminalPlace): string {
  const taken = new Set(
    terminals.filter((one) => one.taskId === place.taskId && one.projectId === place.projectId).map((one) => one.name),
  );
  for (let number = 1; ; number += 1) {
    const name = `Terminal ${number}`;
    if (!taken.has(name)) return name;
  }
}
