import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Caller, CoreApi } from '../core-api.ts';
import type { TerminalPlace, Terminals } from './terminals.ts';

interface Deps {
  terminals: Terminals;
  /** Where a terminal of a task is opened: in its workspace. */
  placeOfTask(taskId: string): Promise<Result<TerminalPlace>>;
  placeOfProject(projectId: string): Promise<Result<TerminalPlace>>;
  /** The absolute path of a file in a folder; refused when it is not there, or leads out of the folder. */
  fileInside(folder: string, path: string): Promise<Result<string>>;
}

const FOR_PERSONS = reject('forbidden', 'Terminals are for persons: an agent reaches none.');

/** Whether a caller may use terminals: no agent may, whatever its carrier lets through. */
export function mayUseTerminals({ by, taskId }: Caller): boolean {
  return by === 'user' && taskId === null;
}

/** The calls of the contract on terminals. */
export function createTerminalCalls({
  terminals,
  placeOfTask,
  placeOfProject,
  fileInside,
}: Deps): CoreApi['terminals'] {
  const calls: CoreApi['terminals'] = {
    list: async (filter) => accept(terminals.list(filter)),
    async get({ terminalId }) {
      const found = terminals.find(terminalId);
      return found.ok ? accept(found.value.get()) : found;
    },
    async open({ taskId, projectId, ...wanted }) {
      if (taskId === undefined && projectId === undefined) {
        return reject('invalid', 'Say where the terminal is to be: a task or a project.');
      }
      if (taskId !== undefined && projectId !== undefined) {
        return reject('invalid', 'A terminal is in the workspace of a task or in the folder of a project, not both.');
      }
      const place = taskId === undefined ? await placeOfProject(projectId ?? '') : await placeOfTask(taskId);
      return place.ok ? terminals.open(place.value, wanted) : place;
    },
    async rename({ terminalId, name }) {
      const found = terminals.find(terminalId);
      if (!found.ok) return found;
      found.value.edit({ name });
      return accept(found.value.get());
    },
    reorder: async ({ terminalId, before }) => terminals.reorder(terminalId, before),
    async resize({ terminalId, cols, rows }) {
      const found = terminals.find(terminalId);
      if (!found.ok) return found;
      found.value.resize({ cols, rows });
      return accept(found.value.get());
    },
    restart: ({ terminalId, force }) => terminals.restart(terminalId, force === true),
    close: ({ terminalId, force }) => terminals.close(terminalId, force === true),
    async send({ terminalId, text }) {
      const awake = await terminals.awake(terminalId);
      if (!awake.ok) return awake;
      const terminal = awake.value.get();
      if (terminal.state.kind !== 'running') {
        return reject('wrong-state', `The shell of “${terminal.name}” has ended. Restart the terminal first.`);
      }
      awake.value.write(text);
      return accept(terminal);
    },
    async file({ terminalId, path }) {
      const found = terminals.find(terminalId);
      if (!found.ok) return found;
      const { folder } = found.value.get();
      const file = await fileInside(folder, path);
      return file.ok ? accept({ folder, file: file.value }) : file;
    },
    async read({ terminalId, lines }) {
      const found = terminals.find(terminalId);
      if (!found.ok) return found;
      const stage = await found.value.stage();
      await stage.settled();
      return accept({ text: stage.text(lines) });
    },
  };
  const guarded = Object.entries(calls).map(([name, call]) => [
    name,
    async (input: never, caller: Caller) => (mayUseTerminals(caller) ? call(input, caller) : FOR_PERSONS),
  ]);
  return Object.fromEntries(guarded) as CoreApi['terminals'];
}
