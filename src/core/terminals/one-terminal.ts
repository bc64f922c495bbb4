import type { ProcessIdentity } from '../../contract/run/state.ts';
import type { Terminal, TerminalSize } from '../../contract/terminal/state.ts';
import { beginning } from '../../contract/text.ts';
import { killMatching } from '../process/kill-tree.ts';
import type { TerminalFiles } from './files.ts';
import { foregroundOf } from './foreground.ts';
import { type Pty, startPty } from './pty.ts';
import { clampSize } from './pty-size.ts';
import { createSizes, type Sizes } from './sizes.ts';
import { createStage, type Stage } from './stage.ts';
import { loadXterm } from './xterm.ts';

/** The screen is kept so long after output: what was typed last is there again even when Drover was killed. */
const KEEP_SOON_MS = 1_000;
/** While a terminal prints, its screen is kept no more often than this. */
const KEEP_MS = 10_000;
/** So much of the screen is kept for the next start. */
const KEPT_BYTES = 512 * 1024;
const KEPT_LINES = 1_000;
/** A title that changes all the time is told this often. */
const TITLE_MS = 1_000;
const LONGEST_TITLE = 200;

/** Leaves the screen of a program; where there is none it would move the cursor. */
const LEAVE = '\x1b[?1049l';
/** Puts back what a program has changed of a terminal and did not undo: mouse, keys and cursor. */
const UNDO = '\x1b[!p\x1b[?1000;1002;1003;1005;1006;1015;1004;2004l\x1b[?25h\x1b[<9u\x1b[0m';

export interface OneTerminalDeps {
  files: TerminalFiles;
  now(): number;
  /** The shell and its whole environment. May throw `StartFailure`. */
  shell(): Promise<{ program: string; args: readonly string[]; env: Record<string, string> }>;
  /** By which everything that is started in a terminal is found. */
  entryOf(terminalId: string): string;
  /** Something of it has changed that a list shows. */
  changed(): void;
  warn(words: string, error: unknown): void;
}

/** A terminal with its shell and its screen. Calls that start or end something are made one after the other. */
export interface OneTerminal {
  get(): Terminal;
  edit(change: Partial<Pick<Terminal, 'name' | 'order'>>): void;
  /** Starts the shell where it is not running, below the screen that is there. Throws `StartFailure`. */
  wake(): Promise<void>;
  /** Ends what runs, and starts again. Throws `StartFailure`. */
  restart(): Promise<void>;
  /** The program that has the terminal now, unless that is the shell. */
  foreground(): string | null;
  resize(size: TerminalSize): void;
  /** Among those who look at it, whose size it has. */
  readonly sizes: Sizes;
  write(data: string | Uint8Array): void;
  stage(): Promise<Stage>;
  /** Ends what a Drover that was killed has left of it. */
  endLeft(graceMs: number): Promise<void>;
  /** Ends all that it has started, and keeps its screen unless it is for good. */
  end(graceMs: number, forGood: boolean): Promise<void>;
}

export function createOneTerminal(first: Terminal, left: ProcessIdentity | null, deps: OneTerminalDeps): OneTerminal {
  const { files, now, changed } = deps;
  const { id } = first;
  const entry = deps.entryOf(id);
  let terminal = first;
  let identity = left;
  let pty: Pty | null = null;
  let stage: Promise<Stage> | null = null;
  let loaded: Stage | null = null;
  let keepTimer: NodeJS.Timeout | null = null;
  let keptAt = Number.NEGATIVE_INFINITY;
  let titleTimer: NodeJS.Timeout | null = null;
  let isOver = false;

  function set(change: Partial<Terminal>): void {
    terminal = { ...terminal, ...change };
    keep();
    changed();
  }

  function keep(): void {
    if (isOver) return;
    try {
      files.write({ terminal, process: identity });
    } catch (error) {
      deps.warn('a terminal could not be written down', error);
    }
  }

  function keepScreen(): void {
    if (keepTimer) clearTimeout(keepTimer);
    keepTimer = null;
    keptAt = performance.now();
    if (loaded === null || isOver) return;
    try {
      files.writeScreen(id, loaded.snapshot({ scrollback: KEPT_LINES, most: KEPT_BYTES }).text);
    } catch (error) {
      deps.warn('the screen of a terminal could not be kept', error);
    }
  }

  function titled(title: string): void {
    const plain = beginning(title.replace(/\p{C}/gu, '').trim(), LONGEST_TITLE) || null;
    if (plain === terminal.title) return;
    terminal = { ...terminal, title: plain };
    titleTimer ??= setTimeout(() => {
      titleTimer = null;
      if (!isOver) changed();
    }, TITLE_MS).unref();
  }

  function stageNow(): Promise<Stage> {
    stage ??= openStage().catch((error: unknown) => {
      stage = null;
      throw error;
    });
    return stage;
  }

  async function openStage(): Promise<Stage> {
    const opened = createStage({
      xterm: await loadXterm(),
      size: terminal.size,
      answer: (bytes) => pty?.write(bytes),
      title: titled,
      flow: (isBehind) => (isBehind ? pty?.pause() : pty?.resume()),
    });
    const old = files.readScreen(id);
    if (old !== null) opened.say(old);
    const { state } = terminal;
    if (state.kind === 'exited') opened.tell({ type: 'exited', code: state.code, signal: state.signal });
    loaded = opened;
    return opened;
  }

  async function start(): Promise<void> {
    const shown = await stageNow();
    const { program, args, env } = await deps.shell();
    const isAgain = terminal.program !== null;
    await shown.settled();
    const started = startPty({ program, args, env, cwd: terminal.folder, ...terminal.size, entry });
    if (isAgain)
      shown.say(`${shown.isAlternate() ? LEAVE : ''}${UNDO}\r\n\x1b[2m[${describeAgain(terminal)}]\x1b[22m\r\n`);
    pty = started;
    identity = started.identity;
    started.onData((bytes) => {
      keepTimer ??= setTimeout(keepScreen, Math.max(KEEP_SOON_MS, keptAt + KEEP_MS - performance.now())).unref();
      shown.output(bytes);
    });
    started.onExit(({ code, signal }) => {
      if (pty !== started) return;
      pty = null;
      shown.tell({ type: 'exited', code, signal });
      set({ state: { kind: 'exited', code, signal, at: now() } });
    });
    set({ program, state: { kind: 'running', pid: started.pid, since: now() }, title: null });
  }

  async function endTree(graceMs: number): Promise<void> {
    const running = pty;
    pty = null;
    const was = identity;
    if (running) await running.end(graceMs);
    // Of a Drover that was killed, or what a shell left that has ended.
    else if (was) await killMatching({ leader: was, entry, graceMs });
    identity = null;
  }

  function resize(wanted: TerminalSize): void {
    const size = clampSize(wanted);
    if (size.cols === terminal.size.cols && size.rows === terminal.size.rows) return;
    pty?.resize(size);
    loaded?.resize(size);
    set({ size });
  }

  return {
    get: () => terminal,
    edit: set,
    async wake() {
      if (pty === null && terminal.state.kind !== 'exited') {
        await endTree(1_000);
        await start();
      }
    },
    async restart() {
      await endTree(1_000);
      await start();
    },
    foreground: () => (pty === null ? null : foregroundOf(pty.pid)),
    resize,
    sizes: createSizes(resize),
    write: (data) => pty?.write(data),
    stage: stageNow,
    async endLeft(graceMs) {
      if (pty === null) await endTree(graceMs);
    },
    async end(graceMs, forGood) {
      const wasRunning = terminal.state.kind === 'running';
      await endTree(graceMs);
      await loaded?.settled();
      if (forGood) files.remove(id);
      else {
        keepScreen();
        if (wasRunning) terminal = { ...terminal, state: { kind: 'asleep' } };
        keep();
      }
      isOver = true;
      if (keepTimer) clearTimeout(keepTimer);
      if (titleTimer) clearTimeout(titleTimer);
      loaded?.close();
    },
  };
}

function describeAgain({ state }: Terminal): string {
  return state.kind === 'asleep'
    ? 'Drover has ended since: a new shell, above is the old screen'
    : 'A new shell, above is the old screen';
}
