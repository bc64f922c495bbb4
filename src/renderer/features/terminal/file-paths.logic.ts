/** A path with the number of a line, as compilers and tests print them. */
export interface FoundPath {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number | undefined;
  /** With its line, as a person reads it. */
  readonly words: string;
  /** Where it is in the text: its first letter, and the one after its last. */
  readonly from: number;
  readonly to: number;
}

/** Letters of a path, and what it may end with: a dot or comma behind it belongs to the sentence. */
const PATH = String.raw`((?:[^\s"'\x60()<>{}|;:,\\])*[^\s"'\x60()<>{}|;:,.\\/])`;
const FORMS = [
  // src/file.ts:12, and with a column after it
  new RegExp(String.raw`${PATH}:(\d{1,7})(?::(\d{1,7}))?`, 'g'),
  // src/file.ts(12,5)
  new RegExp(String.raw`${PATH}\((\d{1,7})(?:,\s?(\d{1,7}))?\)`, 'g'),
  // File "src/file.py", line 12
  new RegExp(String.raw`"${PATH}", line (\d{1,7})`, 'g'),
];
/** So much of a line is read, and so many of its paths are looked at. */
const MOST_TEXT = 2000;
const MOST_FOUND = 8;

/** The paths with numbers of lines in a text, none twice. */
export function findPaths(text: string): FoundPath[] {
  const found: FoundPath[] = [];
  for (const form of FORMS) {
    for (const match of text.slice(0, MOST_TEXT).matchAll(form)) {
      const [words, path = '', line = '', column] = match;
      const from = match.index;
      const to = from + words.length;
      if (found.some((one) => from < one.to && one.from < to)) continue;
      found.push({
        path,
        line: Math.max(1, Number(line)),
        column: Number(column) > 0 ? Number(column) : undefined,
        words: `${path}:${line}`,
        from,
        to,
      });
      if (found.length === MOST_FOUND) return found;
    }
  }
  return found;
}

/** The path from the folder on; null for one that is not in it. A path that is not absolute is taken to be in it. */
export function pathInside(path: string, folder: string): string | null {
  const inside = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path.replace(/^(?:\.\/)+/, '');
  return inside === '' || inside.startsWith('/') || inside.split('/').includes('..') ? null : inside;
}
