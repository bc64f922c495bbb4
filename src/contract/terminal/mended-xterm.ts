/** The part of an xterm that is used here: the headless one and that of the window both fit. */
interface Xterm {
  readonly rows: number;
  readonly cols: number;
  readonly buffer: { readonly active: { readonly cursorX: number; readonly cursorY: number; readonly length: number } };
  readonly parser: {
    registerCsiHandler(id: { prefix?: string; final: string }, handle: Handle): Disposable;
    registerEscHandler(id: { final: string }, handle: () => boolean): Disposable;
  };
}

type Handle = (params: (number | number[])[]) => boolean;
interface Disposable {
  dispose(): void;
}

interface SavedCursor {
  savedY: number;
  readonly ybase: number;
}

/** What the library holds and does not offer. */
interface Inside {
  _core: {
    _inputHandler: {
      eraseInDisplay(params: { params: number[]; length: number }): boolean;
      _parser: { reset(): void };
    };
    _writeBuffer: { _action(data: unknown, result?: boolean): unknown };
    buffers: { normal: SavedCursor; alt: SavedCursor };
  };
}

/**
 * xterm 6.0 throws, and shows nothing from then on, after two things that any program may print:
 * - `CSI 1 J`, which erases everything before the cursor, while that is in the last place of the last line. It is the
 *   same as erasing everything, which it can.
 * - What puts a saved cursor back whose line is below the screen, since that has become smaller or lost lines. The
 *   cursor goes to the last line instead.
 *
 * Should there be more of them, what is left of that piece of output is lost, and nothing else.
 */
export function mendXterm(terminal: Xterm): Disposable {
  const { parser } = terminal;
  const { _core: core } = terminal as unknown as Inside;
  const keepSavedInside = () => {
    for (const saved of [core.buffers.normal, core.buffers.alt]) {
      saved.savedY = Math.min(saved.savedY, saved.ybase + terminal.rows - 1);
    }
    return false;
  };
  const { _writeBuffer: writing } = core;
  const write = writing._action;
  writing._action = (data, result) => {
    try {
      return write(data, result);
    } catch {
      core._inputHandler._parser.reset();
      return undefined;
    }
  };
  const mended = [
    parser.registerCsiHandler({ final: 'J' }, ([what]) => {
      const { cursorX, cursorY, length } = terminal.buffer.active;
      if (what !== 1 || cursorX + 1 < terminal.cols || cursorY + 1 < length) return false;
      return core._inputHandler.eraseInDisplay({ params: [2], length: 1 });
    }),
    parser.registerEscHandler({ final: '8' }, keepSavedInside),
    parser.registerCsiHandler({ final: 'u' }, keepSavedInside),
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, keepSavedInside),
  ];
  return {
    dispose() {
      for (const one of mended) one.dispose();
    },
  };
}
