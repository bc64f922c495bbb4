/** What a reader of Markdown can be kept busy with, or made to nest until the stack is full; counted in a paragraph. */
const MOST_MARKS = 600;
const MOST_CELLS = 6000;
/** Quotes and lists that one line opens. */
const DEEPEST = 20;
const LONGEST = 64 * 1024;
/** Code is coloured up to this length, and where no line is longer than this. UTF-16 units. */
const LONGEST_CODE = 24 * 1024;
const LONGEST_CODE_LINE = 1000;

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const OPENED = /^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/;

/**
 * Whether a text can be read as Markdown in a time that is short for its length. Emphasis that never closes takes time
 * that grows with the square of its length or worse, and nested quotes fill the stack; people write neither.
 */
export function isTameMarkdown(text: string): boolean {
  if (text.length > LONGEST) return false;
  let fence: string | null = null;
  let marks = 0;
  let cells = 0;
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (mark && fence === null) fence = mark;
    else if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null;
      continue;
    }
    if (line.trim() === '') {
      marks = 0;
      continue;
    }
    const opened = OPENED.exec(line)?.[0] ?? '';
    if (opened.length > DEEPEST && opened.replace(/[^>*+.)-]/g, '').length > DEEPEST) return false;
    for (let at = 0; at < line.length; at += 1) {
      const code = line.charCodeAt(at);
      if (code === 0x7c) cells += 1;
      // * _ ~ ` [ ] < & !
      else if (MARKS.has(code)) marks += 1;
    }
    if (marks > MOST_MARKS || cells > MOST_CELLS) return false;
  }
  return true;
}

const MARKS = new Set([...'*_~`[]<&!'].map((mark) => mark.charCodeAt(0)));

/** As much of a tree of HTML as is looked at here. */
interface TreeNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: TreeNode[];
}

/** HTML in Markdown becomes the text it is: nothing an agent wrote is left out unseen. */
export function showHtmlAsText() {
  return (tree: TreeNode): void => rawToText(tree);
}

function rawToText(node: TreeNode): void {
  for (const child of node.children ?? []) {
    if (child.type === 'raw') child.type = 'text';
    rawToText(child);
  }
}

/** For the colouring of code: takes the language off what would take long, so that it stays as it is. */
export function leaveLongCodePlain() {
  return (tree: TreeNode): void => walk(tree);
}

function walk(node: TreeNode): void {
  if (node.tagName !== 'code') {
    for (const child of node.children ?? []) walk(child);
    return;
  }
  const text = (node.children ?? []).map((child) => child.value ?? '').join('');
  const long = text.length > LONGEST_CODE || text.split('\n').some((line) => line.length > LONGEST_CODE_LINE);
  if (long && node.properties) node.properties.className = [];
}

/** So many letters of a text that grows are drawn by themselves. UTF-16 units. */
const PIECE = 60;

/**
 * Cuts long texts into pieces, at spaces: of a paragraph that grows, the browser then draws only the end again.
 */
export function cutTexts() {
  return (tree: TreeNode): void => cutIn(tree);
}

function cutIn(node: TreeNode): void {
  if (node.children === undefined) return;
  node.children = node.children.flatMap((child) => {
    cutIn(child);
    return child.type === 'text' ? piecesOf(child.value ?? '').map((value) => ({ ...child, value })) : [child];
  });
}

/** A text in pieces that are drawn by themselves, cut after spaces. Put together they are the text. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const space = text.indexOf(' ', at + PIECE);
    const end = space === -1 ? text.length : space + 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

/** Signs that mean something in Markdown inside of a line, with those of links that are written out. */
const MEANING = /[\\`*_[\]<&!~|#@\n]|:\/\/|www\./;

/** Whether it is one line that Markdown shows as it is: most paragraphs are, and most of every other while it grows. */
export function isPlainLine(text: string): boolean {
  return /^\p{L}|^\d+[^.)\d]/u.test(text) && !MEANING.test(text);
}
