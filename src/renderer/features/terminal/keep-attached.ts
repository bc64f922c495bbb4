import { type AttachedTerminal, attachTerminal, type TerminalWay } from '../../../contract/connection/terminal-way.ts';
import type { TerminalSize } from '../../../contract/terminal/state.ts';

/** How long to wait before a lost way is tried again: at first, and at most. */
const AGAIN_MS = 250;
const AGAIN_MOST_MS = 5000;

/** What a terminal is drawn on; a subset of an xterm. */
export interface Canvas {
  /** Draws a screen in place of everything that is there. */
  show(screen: { text: string; cols: number; rows: number }, done: () => void): void;
  resize(cols: number, rows: number): void;
  write(data: string | Uint8Array, done: () => void): void;
}

export type AttachState =
  | { readonly kind: 'connecting' | 'attached' }
  /** A sentence; there is nothing more to try. */
  | { readonly kind: 'refused'; readonly message: string };

interface Options {
  terminalId: string;
  canvas: Canvas;
  /** The size that fits into the view now. */
  fitting(): TerminalSize | undefined;
  /** Whether what a person types goes there. */
  hasFocus(): boolean;
  openWay(): TerminalWay;
  onState(state: AttachState): void;
  /** Lines of scrollback that are shown, and that the host has; told when no more of them are under way. */
  onScrollback(shown: number, available: number): void;
}

/** A terminal of the host on a canvas, attached again whenever its way is lost. */
export function keepAttached(options: Options): AttachedTerminal {
  const { terminalId, canvas, fitting, hasFocus, openWay, onState, onScrollback } = options;
  let attached: AttachedTerminal | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let again = AGAIN_MS;
  const draw = (data: string | Uint8Array) => new Promise<void>((done) => canvas.write(data, done));

  function begin(): void {
    timer = null;
    const size = fitting();
    attached = attachTerminal(
      openWay(),
      { terminalId, ...(size && { size }) },
      {
        screen({ text, cols, rows, scrollback, available, follows }) {
          again = AGAIN_MS;
          if (!follows) onScrollback(scrollback, available);
          onState({ kind: 'attached' });
          return new Promise<void>((done) => canvas.show({ text, cols, rows }, done));
        },
        output: draw,
        resized: ({ cols, rows }) => canvas.resize(cols, rows),
        // The list of terminals says it too, and what became of it.
        exited() {},
        refused: (message) => onState({ kind: 'refused', message }),
        closed() {
          onState({ kind: 'connecting' });
          timer = setTimeout(begin, again);
          again = Math.min(again * 2, AGAIN_MOST_MS);
        },
      },
    );
    if (hasFocus()) attached.focus();
  }

  onState({ kind: 'connecting' });
  begin();
  return {
    input: (data) => attached?.input(data),
    resize: (size) => attached?.resize(size),
    focus: () => attached?.focus(),
    scrollback: (lines) => attached?.scrollback(lines),
    close() {
      if (timer !== null) clearTimeout(timer);
      attached?.close();
    },
  };
}
