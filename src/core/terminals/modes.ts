import type { Terminal } from '@xterm/headless';

/** DEC modes that a client needs and that the library does not tell: how the mouse reports, and colour news. */
const MODES = new Set([1005, 1006, 1015, 1016, 2031]);
const CURSOR = 25;

/** What is set in a terminal besides what it shows. */
export interface Modes {
  /** To be written after what it shows. */
  text(): string;
}

/** Follows a terminal from its beginning. */
export function trackModes(terminal: Terminal): Modes {
  const set = new Set<number>();
  let isCursorHidden = false;
  let cursorStyle = 0;
  const parser = terminal.parser;

  const reset = () => {
    set.clear();
    isCursorHidden = false;
    cursorStyle = 0;
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
  // What a screen begins with: RIS and DECSTR.
  parser.registerEscHandler({ final: 'c' }, reset);
  parser.registerCsiHandler({ intermediates: '!', final: 'p' }, reset);

  return {
    text() {
      let text = setText(terminal);
      for (const mode of set) text += `\x1b[?${mode}h`;
      if (cursorStyle !== 0) text += `\x1b[${cursorStyle} q`;
      if (isCursorHidden) text += '\x1b[?25l';
      return text;
    },
  };
}

/** What the library tells. */
function setText({ modes }: Terminal): string {
  const set: [boolean, string][] = [
    [modes.applicationCursorKeysMode, '?1h'],
    [modes.applicationKeypadMode, '?66h'],
    [modes.bracketedPasteMode, '?2004h'],
    [modes.insertMode, '4h'],
    [modes.originMode, '?6h'],
    [modes.reverseWraparoundMode, '?45h'],
    [modes.sendFocusMode, '?1004h'],
    [!modes.wraparoundMode, '?7l'],
    [modes.mouseTrackingMode === 'x10', '?9h'],
    [modes.mouseTrackingMode === 'vt200', '?1000h'],
    [modes.mouseTrackingMode === 'drag', '?1002h'],
    [modes.mouseTrackingMode === 'any', '?1003h'],
  ];
  return set.map(([isSet, mode]) => (isSet ? `\x1b[${mode}` : '')).join('');
}
