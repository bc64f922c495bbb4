const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof STYLES;

/** Colours a text, or gives it back as it is where there are no colours. Text must be safe before it is painted. */
export type Paint = (style: Style, text: string) => string;

export const noPaint: Paint = (_style, text) => text;

const ansiPaint: Paint = (style, text) => {
  const [on, off] = STYLES[style];
  return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
};

/**
 * Colours only on a terminal. NO_COLOR, when not empty, always switches them off (no-color.org); else FORCE_COLOR
 * switches them on where there is no terminal, and with `0` or `false` off; else TERM=dumb has none.
 */
export function wantsColour(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

export function createPaint(colours: boolean): Paint {
  return colours ? ansiPaint : noPaint;
}
