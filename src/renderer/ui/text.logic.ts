import { visible } from '../../contract/text.ts';

export { visible, visibleLine } from '../../contract/text.ts';

/** Colours and styles of terminals, which a page shows in its own way or not at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what it looks for.
const STYLES = /\u001b\[[0-9;:]*m/g;

/** What a program printed, with everything shown that could deceive, and without the colours it set. */
export function visibleOutput(text: string): string {
  return visible(text.replace(STYLES, ''));
}

/** A sentence for a place that shows no code: without the backticks around what is to be typed. */
export function withoutMarks(text: string): string {
  const parts = text.split('`');
  return parts.length % 2 === 0 ? text : parts.join('');
}

/**
 * Markdown in pieces that can be drawn one by one: split at empty lines outside of code fences. Text that grows changes
 * only its last piece.
 */
export function markdownBlocks(text: string): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === null) fence = mark;
    else if (mark && fence !== null && mark.startsWith(fence)) fence = null;
    if (line.trim() === '' && fence === null) {
      if (block.length > 0) blocks.push(block.join('\n'));
      block = [];
    } else block.push(line);
  }
  if (block.length > 0) blocks.push(block.join('\n'));
  return blocks;
}

/** Where a link to something on this machine leads; null for every other address. */
export function ownAddress(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const { protocol, hostname, username, password, href: address } = new URL(href);
  const isOwn = /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === '[::1]';
  return protocol === 'http:' && isOwn && username === '' && password === '' ? address : null;
}

/** The address of a link that may be opened, or null: https only. */
export function openableAddress(href: string | undefined): string | null {
  if (!href || !URL.canParse(href)) return null;
  const url = new URL(href);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}
