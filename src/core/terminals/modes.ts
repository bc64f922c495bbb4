import type { Terminal } from '@xterm/headless';

/** DEC modes that a client needs and that the serialised screen lacks: how the mouse reports, and colour news. */
const MODES = new Set([1005, 1006, 1015, 1016, 2031]);
const CURSOR = 25;

/** What the serialised screen does not say of a terminal. */
export interface Modes {
  /** To be written after the serialised screen. */
  text(): string;
  /** A resize undoes the scroll region. */
  resized(): void;
}

/** Follows a terminal from its beginning. */
export function trackModes(terminal: Terminal): Modes {
  const set = new Set<number>();
  let isCursorHidden = false;
  let cursorStyle = 0;
  let region: { top: number; bottom: number } | null = null;
  const parser = terminal.parser;

  const reset = () => {
    set.clear();
    isCursorHidden = false;
    cursorStyle = 0;
    region = null;
    return false;
  };
  const change = (isOn: boolean) => (params: (number | number[])[]) => {
    for (const param of params) {
      if (param === CURSOR) isCursorHidden = !isOn;
      if (typeof param !== 'number' || !MODES.has(param)) continue;
      if (isOn) set.add(param);
      else set.delete(param);
    }
    return false;
  };
  parser.registerCsiHandler({ prefix: '?', final: 'h' }, change(true));
  parser.registerCsiHandler({ prefix: '?', final: 'l' }, change(false));
  parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, ([style]) => {
    cursorStyle = typeof style === 'number' ? style : 0;
    return false;
  });
  parser.registerCsiHandler({ final: 'r' }, ([top, bottom]) => {
    const from = Math.max(1, Number(top ?? 1));
    const to = Math.min(terminal.rows, Number(bottom ?? 0) || terminal.rows);
    region = from < to && (from > 1 || to < terminal.rows) ? { top: from, bottom: to } : null;
    return false;
  });
  // What a screen begins with: RIS and DECSTR.
  parser.registerEscHandler({ final: 'c' }, reset);
  parser.registerCsiHandler({ intermediates: '!', final: 'p' }, reset);

  return {
    text() {
      let text = '';
      if (region !== null && !terminal.modes.originMode) {
        const { cursorY, cursorX } = terminal.buffer.active;
        text += `\x1b[${region.top};${region.bottom}r\x1b[${cursorY + 1};${cursorX + 1}H`;
      }
      for (const mode of set) text += `\x1b[?${mode}h`;
      if (cursorStyle !== 0) text += `\x1b[${cursorStyle} q`;
      if (isCursorHidden) text += '\x1b[?25l';
      return text;
    },
    resized() {
      region = null;
    },
  };
}
