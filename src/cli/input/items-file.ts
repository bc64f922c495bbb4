/**
 * The items in a text file: one per line, empty lines and lines that begin with `#` left out, and list marks (`- `, `* `,
 * `1. `, `- [ ] `) taken off.
 */
export function readItems(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/^(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/, '').trim())
    .filter((line) => line !== '');
}
