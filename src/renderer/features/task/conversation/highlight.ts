/** Names of what is marked; the colours are in the style sheet. */
const ALL = 'drover-found';
const CURRENT = 'drover-found-current';
const MOST = 2000;

/**
 * Marks every place below `root` where the words occur, without a change of the page; those in `current` in a second
 * way. An empty `wanted` takes the marks away. Does nothing in a browser that cannot mark.
 */
export function markFound(root: HTMLElement, wanted: string, current: Element | null): void {
  if (!('highlights' in CSS)) return;
  const all = new Highlight();
  const here = new Highlight();
  const word = wanted.toLowerCase();
  if (word !== '') {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node && all.size + here.size < MOST; node = texts.nextNode()) {
      const text = (node.nodeValue ?? '').toLowerCase();
      const marks = current?.contains(node) ? here : all;
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
        const range = document.createRange();
        try {
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
        } catch {
          // Lower case can be longer than what was written.
          break;
        }
        marks.add(range);
      }
    }
  }
  CSS.highlights.set(ALL, all);
  CSS.highlights.set(CURRENT, here);
}
