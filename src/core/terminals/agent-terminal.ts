import type { Terminal } from '../../contract/terminal/state.ts';
import type { ProgramInTerminal } from '../process/program-in-terminal.ts';
import type { OneTerminal } from './one-terminal.ts';
import { clampSize, type TerminalSize } from './pty-size.ts';
import { createSizes } from './sizes.ts';
import { createStage, type Stage } from './stage.ts';
import { loadXterm } from './xterm.ts';

interface Deps {
  now(): number;
  /** Something of it has changed that a list shows. */
  changed(): void;
  warn(words: string, error: unknown): void;
}

/**
 * The terminal in which the agent of a task runs. Persons look at it and type; its program is started and ended by the
 * run, and its conversation outlives it, so that nothing of it is kept.
 */
export function createAgentTerminal(first: Terminal, program: ProgramInTerminal, deps: Deps): OneTerminal {
  let terminal = first;
  let isOver = false;
  const set = (change: Partial<Terminal>) => {
    terminal = { ...terminal, ...change };
    if (!isOver) deps.changed();
  };
  /** What it prints before there is a screen. */
  const early: Uint8Array[] = [];
  let loaded: Stage | null = null;

  program.onData((bytes) => {
    if (isOver) return;
    if (loaded === null) early.push(bytes);
    else loaded.output(bytes);
  });
  void program.exited.then(({ code, signal }) => {
    loaded?.tell({ type: 'exited', code, signal });
    set({ state: { kind: 'exited', code, signal, at: deps.now() } });
  });

  async function openStage(): Promise<Stage> {
    const opened = createStage({
      xterm: await loadXterm(),
      size: terminal.size,
      answer: program.write,
      // It says whether the agent works, many times a minute: the task says that better.
      title: () => {},
      // Held back, the agent would stand still.
      flow: () => {},
    });
    for (const bytes of early.splice(0)) opened.output(bytes);
    const { state } = terminal;
    if (state.kind === 'exited') opened.tell({ type: 'exited', code: state.code, signal: state.signal });
    loaded = opened;
    return opened;
  }
  const stage = openStage();
  stage.catch((error: unknown) => deps.warn('the terminal of an agent has no screen', error));

  function resize(wanted: TerminalSize): void {
    const size = clampSize(wanted);
    if (size.cols === terminal.size.cols && size.rows === terminal.size.rows) return;
    program.resize(size);
    loaded?.resize(size);
    set({ size });
  }

  const nothing = async () => {};
  return {
    get: () => terminal,
    edit: set,
    wake: nothing,
    restart: nothing,
    foreground: () => null,
    resize,
    sizes: createSizes(resize),
    write: (data) => program.write(data),
    stage: () => stage,
    endLeft: nothing,
    async end() {
      isOver = true;
      (await stage.catch(() => null))?.close();
    },
  };
}
