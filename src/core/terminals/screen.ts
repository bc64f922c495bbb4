import type { IDisposable, Terminal } from '@xterm/headless';
import { SCREEN_BYTES } from '../../contract/terminal/line.ts';
import type { TerminalSize } from '../../contract/terminal/state.ts';
import { trackModes } from './modes.ts';
import type { Xterm } from './xterm.ts';

/** Lines that are kept above the screen. */
export const SCROLLBACK = 10_000;
/** So many lines are tried first for a screen that is to be small. */
const FIRST_TRY = 400;
/** Graphemes and wide characters as the window has them. */
const UNICODE = '15-graphemes';

export interface Snapshot {
  text: string;
  cols: number;
  rows: number;
  scrollback: number;
  available: number;
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
   * What makes an empty screen the same as this one: with so many lines of scrollback, or as many as fit in `most` bytes.
   */
  snapshot(options?: { scrollback?: number | undefined; most?: number }): Snapshot;
  /** What it shows as text, with so many lines before it; no blanks at the ends. */
  text(lines: number): string;
  close(): void;
}

interface Options {
  size: TerminalSize;
  /** What a program is answered that asks. */
  answer(bytes: string): void;
  title(title: string): void;
}

export function createScreen(xterm: Xterm, { size, answer, title }: Options): Screen {
  const terminal = new xterm.Terminal({ ...size, scrollback: SCROLLBACK, allowProposedApi: true, logLevel: 'off' });
  const serializer = new xterm.SerializeAddon();
  terminal.loadAddon(serializer as unknown as Parameters<Terminal['loadAddon']>[0]);
  terminal.loadAddon(new xterm.UnicodeGraphemesAddon() as unknown as Parameters<Terminal['loadAddon']>[0]);
  terminal.unicode.activeVersion = UNICODE;
  const modes = trackModes(terminal);
  const listeners: IDisposable[] = [terminal.onData(answer), terminal.onTitleChange(title)];

  const available = () => Math.max(0, terminal.buffer.normal.length - terminal.rows);
  const serialized = (scrollback: number) => serializer.serialize({ scrollback }) + modes.text();

  return {
    write: (data, done) => terminal.write(data, done),
    resize({ cols, rows }) {
      terminal.resize(cols, rows);
      modes.resized();
    },
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    snapshot({ scrollback, most = SCREEN_BYTES } = {}) {
      let lines = Math.min(available(), scrollback ?? FIRST_TRY);
      let text = serialized(lines);
      while (scrollback === undefined && lines > 0) {
        const bytes = Buffer.byteLength(text);
        if (bytes <= most) break;
        lines = Math.floor(Math.min(lines * 0.8, (lines * most) / bytes));
        text = serialized(lines);
      }
      return { text, cols: terminal.cols, rows: terminal.rows, scrollback: lines, available: available() };
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
