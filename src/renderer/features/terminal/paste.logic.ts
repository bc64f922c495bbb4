/**
 * Whether a person is asked before something is pasted: a program that does not know pasting from typing runs every
 * line as a command, and a control character may do anything.
 */
export function asksBeforePaste(text: string, isBracketed: boolean): boolean {
  if (isBracketed) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
  return /[\r\n]./s.test(text) || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text);
}

/** How many lines a text has; a line end at its end is none more. */
export function lineCount(text: string): number {
  return text.replace(/\r?\n$/, '').split(/\r?\n|\r/).length;
}
