/** `hunk` stands for what is left out; `meta` is what git says about the file. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed' | 'hunk' | 'meta';
  text: string;
  /** Line numbers before and after; null where there is none. */
  before: number | null;
  after: number | null;
}

const CONTEXT = 3;
/** Above so many pairs of lines no common lines are looked for. */
const MOST_PAIRS = 250_000;

/** How two texts differ, line by line, with three lines around each change. Line numbers are those within the texts. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const lines: DiffLine[] = [];
  let left = 0;
  let right = 0;
  const same = () => {
    left += 1;
    right += 1;
    lines.push({ kind: 'same', text: a[left - 1] ?? '', before: left, after: right });
  };
  const remove = () => {
    left += 1;
    lines.push({ kind: 'removed', text: a[left - 1] ?? '', before: left, after: null });
  };
  const add = () => {
    right += 1;
    lines.push({ kind: 'added', text: b[right - 1] ?? '', before: null, after: right });
  };
  while (left < start) same();
  for (const [commonLeft, commonRight] of commonLines(a, b, start, end)) {
    while (left < commonLeft) remove();
    while (right < commonRight) add();
    same();
  }
  while (left < a.length - end) remove();
  while (right < b.length - end) add();
  while (left < a.length) same();
  return withoutFarContext(lines);
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** The longest common subsequence of the middle parts, as pairs of indexes. */
function commonLines(a: readonly string[], b: readonly string[], start: number, end: number): [number, number][] {
  const n = a.length - start - end;
  const m = b.length - start - end;
  if (n === 0 || m === 0 || n * m > MOST_PAIRS) return [];
  const width = m + 1;
  const lengths = new Uint16Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = m - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[start + i] === b[start + j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < n && j < m; ) {
    if (a[start + i] === b[start + j]) {
      pairs.push([start + i, start + j]);
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

function withoutFarContext(lines: readonly DiffLine[]): DiffLine[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, at) => {
    if (line.kind !== 'same') near.fill(1, Math.max(0, at - CONTEXT), at + CONTEXT + 1);
  });
  const kept: DiffLine[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (line && near[at]) {
      kept.push(line);
      at += 1;
      continue;
    }
    let skipped = 0;
    while (at < lines.length && !near[at]) {
      skipped += 1;
      at += 1;
    }
    const text = `${skipped} ${skipped === 1 ? 'line' : 'lines'} unchanged`;
    kept.push({ kind: 'hunk', text, before: null, after: null });
  }
  return kept;
}
