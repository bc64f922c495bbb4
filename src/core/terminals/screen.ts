import type { IDisposable, Terminal } from '@xterm/headless';
import { SCREEN_BYTES } from '../../contract/terminal/line.ts';
import { mendXterm } from '../../contract/terminal/mended-xterm.ts';
import type { TerminalSize } from '../../contract/terminal/state.ts';
import { gather } from './gathering.ts';
import { trackModes } from './modes.ts';
import { screenText } from './screen-text.ts';
import type { Xterm } from './xterm.ts';

/** Lines that are kept above the screen. */
export const SCROLLBACK = 10_000;
/** Graphemes and wide characters as the window has them. */
const UNICODE = '15-graphemes';

export interface Snapshot {
  text: string;
  cols: number;
  rows: number;
  scrollback: number;
  available: number;
}

/** A screen with its scrollback, which is read in steps; output may go on between them. */
export interface LongSnapshot {
  /** Reads on for some milliseconds. What it returns at the end is the screen at that moment; null before. */
  step(): Snapshot | null;
  close(): void;
}

/** The screen of a terminal, kept without a display. It is also the only one who answers what programs ask. */
export interface Screen {
  /** `done` is called when all of it, and nothing after it, is on the screen. */
  write(data: Uint8Array | string, done?: () => void): void;
  /** Takes effect at once: see that nothing written before is still under way. */
  resize(size: TerminalSize): void;
  /** Whether a program has a screen of its own, as editors have. */
  isAlternate(): boolean;
  /**
   * What makes an empty screen the same as this one, with up to so many lines of scrollback; as many as fit in `most`
   * bytes when they are left out.
   */
  snapshot(options?: SnapshotOptions): Snapshot;
  /** The same in steps. */
  longSnapshot(options?: SnapshotOptions): LongSnapshot;
  /** What it shows as text, with so many lines before it; no blanks at the ends. */
  text(lines: number): string;
  close(): void;
}

export interface SnapshotOptions {
  scrollback?: number | undefined;
  most?: number;
}

interface Options {
  size: TerminalSize;
  /** What a program is answered that asks. */
  answer(bytes: string): void;
  title(title: string): void;
}

export function createScreen(xterm: Xterm, { size, answer, title }: Options): Screen {
  const terminal = new xterm.Terminal({ ...size, scrollback: SCROLLBACK, allowProposedApi: true, logLevel: 'off' });
  terminal.loadAddon(new xterm.UnicodeGraphemesAddon() as unknown as Parameters<Terminal['loadAddon']>[0]);
  terminal.unicode.activeVersion = UNICODE;
  const modes = trackModes(terminal);
  const listeners: IDisposable[] = [terminal.onData(answer), terminal.onTitleChange(title), mendXterm(terminal)];

  /** Grows whenever lines above the screen may be others than before. */
  let epoch = 0;
  const changed = () => {
    epoch += 1;
    return false;
  };
  listeners.push(terminal.buffer.onBufferChange(changed), terminal.parser.registerEscHandler({ final: 'c' }, changed));

  const available = () => terminal.buffer.normal.baseY;
  const bare = () => screenText(terminal) + modes.text();
  const begin = (lines: number, most: number) => gather(terminal, { lines, most, epoch: () => epoch });

  function longSnapshot({ scrollback, most }: SnapshotOptions = {}): LongSnapshot {
    const lines = scrollback ?? SCROLLBACK;
    const bytes = most ?? (scrollback === undefined ? SCREEN_BYTES : Number.POSITIVE_INFINITY);
    let above = begin(lines, bytes);
    return {
      step() {
        const isAll = above.step();
        if (isAll === null) {
          above.close();
          above = begin(lines, bytes);
        }
        if (!isAll) return null;
        const screen = bare();
        const { text, lines: scrollback } = above.text(bytes - Buffer.byteLength(screen));
        const { cols, rows } = terminal;
        return { text: text + screen, cols, rows, scrollback, available: available() };
      },
      close: () => above.close(),
    };
  }

  return {
    write: (data, done) => terminal.write(data, done),
    resize({ cols, rows }) {
      terminal.resize(cols, rows);
      changed();
    },
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    longSnapshot,
    snapshot(options = {}) {
      if (options.scrollback === 0) {
        return { text: bare(), cols: terminal.cols, rows: terminal.rows, scrollback: 0, available: available() };
      }
      const long = longSnapshot(options);
      for (;;) {
        const snapshot = long.step();
        if (snapshot === null) continue;
        long.close();
        return snapshot;
      }
    },
    text(lines) {
      const { active } = terminal.buffer;
      const from = Math.max(0, active.baseY - lines);
      const found: string[] = [];
      for (let y = from; y < active.baseY + terminal.rows; y += 1) {
        const line = active.getLine(y);
        const words = line?.translateToString(true) ?? '';
        if (line?.isWrapped && found.length > 0) found[found.length - 1] += words;
        else found.push(words);
      }
      return found.join('\n').trimEnd();
    },
    close() {
      for (const listener of listeners) listener.dispose();
      terminal.dispose();
    },
  };
}
