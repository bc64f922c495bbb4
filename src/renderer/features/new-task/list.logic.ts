/** What stands before the words of an item: a bullet, a number or letter, a check box, or several of them. */
const BULLET = /^(?:[-*+•‣◦–—·▪●○]|#{1,6}|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s+/;
const BOX = /^(?:\[[ xX✓-]?\]|[☐☑☒✓✔✗✘])\s+/;

/**
 * The lines of a pasted list as items, whatever form it has: Markdown with bullets, numbers or check boxes, or plain
 * lines. Where there are bullets, an indented line without one goes on with the item before it. Empty lines, lines of
 * dashes, and fences are dropped; bold and code marks around a whole item are taken off.
 */
export function linesOfList(text: string): string[] {
  const lines = text
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '' && !/^\s*(?:[-*_=]{3,}|```.*|~~~.*)$/.test(line));
  const marked = lines.some((line) => isMarked(line));
  const items: string[] = [];
  for (const line of lines) {
    const words = strip(line);
    if (words === '') continue;
    const before = items.at(-1);
    if (marked && before !== undefined && /^\s/.test(line) && !isMarked(line))
      items[items.length - 1] = `${before} ${words}`;
    else items.push(words);
  }
  return items;
}

function isMarked(line: string): boolean {
  const words = line.trim();
  return BULLET.test(words) || BOX.test(words);
}

function strip(line: string): string {
  let words = line.trim().replace(/^(?:>\s*)+/, '');
  words = words.replace(BULLET, '').replace(BOX, '').trim();
  if (/^(?:[-*+•]|\[[ xX]?\])$/.test(words)) return '';
  return words.replace(/^(\*\*|__|`)(?!.*\1.*\1)(.+)\1$/, '$2').trim();
}
