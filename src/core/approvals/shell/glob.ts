const MOST_STEPS = 100_000;
const MOST_TEXTS = 64;

/** Several globs, of which one has to fit: braces in it are written out. Null for what is no glob. */
export type Glob = readonly (readonly string[])[];

/**
 * Reads a glob: `**` for any folders, `*` and `?` within a name, `{a,b}` for either. Null when it has braces that do not
 * close or too many of them.
 */
export function readGlob(text: string): Glob | null {
  if (/[[\]\\!()]/.test(text)) return null;
  return writeOut(text)?.map(split) ?? null;
}

/** Every text that the braces in a text stand for. */
function writeOut(text: string): string[] | null {
  const close = text.indexOf('}');
  const open = text.lastIndexOf('{', close < 0 ? undefined : close);
  if (close < 0 && open < 0) return [text];
  if (close < 0 || open < 0) return null;
  const choices = text.slice(open + 1, close).split(',');
  if (choices.length > MOST_TEXTS) return null;
  const all: string[] = [];
  for (const choice of choices) {
    const more = writeOut(text.slice(0, open) + choice + text.slice(close + 1));
    if (!more || all.length + more.length > MOST_TEXTS) return null;
    all.push(...more);
  }
  return all;
}

function split(path: string): string[] {
  return path.split('/').filter((part, index) => part !== '' || index === 0);
}

/** Whether a path fits a glob; both absolute or both relative. `dir/**` also fits `dir`. */
export function fitsGlob(path: string, glob: Glob): boolean {
  const parts = split(path);
  return glob.some((pattern) => fitsParts(parts, pattern));
}

/** Walks both once, coming back only to the last `**`. */
function fitsParts(parts: readonly string[], pattern: readonly string[]): boolean {
  return walk(parts.length, pattern, '**', MOST_STEPS, (at, piece) => fitsName(parts[at] ?? '', piece));
}

function fitsName(name: string, pattern: string): boolean {
  return walk(name.length, pattern, '*', Infinity, (at, letter) => letter === '?' || letter === name[at]);
}

/**
 * Whether something of `length` places fits a pattern, in which `wild` stands for any number of them, and every other
 * piece for the one that it fits. Comes back only to the last wild one: all that an earlier one could take, it can too.
 * Over `most` steps it does not fit.
 */
function walk(
  length: number,
  pattern: ArrayLike<string>,
  wild: string,
  most: number,
  fits: (at: number, piece: string) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let tried = 0;
  for (let steps = 0; at < length; steps += 1) {
    if (steps > most) return false;
    const piece = pattern[next];
    if (piece === wild) {
      star = next;
      tried = at;
      next += 1;
    } else if (piece !== undefined && fits(at, piece)) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      tried += 1;
      at = tried;
      next = star + 1;
    } else return false;
  }
  while (pattern[next] === wild) next += 1;
  return next === pattern.length;
}

/**
 * Whether there is a path that fits both: a glob of a rule, and a pattern of a shell (`**` at its end for everything
 * below). Both absolute or both relative.
 */
export function overlaps(glob: Glob, pattern: string): boolean {
  const parts = split(pattern);
  return glob.some((pieces) => meet(pieces, parts, (a, b) => namesMeet(a, b)));
}

/** Walks a table of which ends of both are left; `**` stands for any number of parts in either. */
function meet(a: readonly string[], b: readonly string[], names: (a: string, b: string) => boolean): boolean {
  if (a.length * b.length > MOST_STEPS) return true;
  let row = new Array<boolean>(b.length + 1).fill(false);
  for (let i = a.length; i >= 0; i -= 1) {
    const next = row;
    row = new Array<boolean>(b.length + 1).fill(false);
    for (let j = b.length; j >= 0; j -= 1) {
      const [x, y] = [a[i], b[j]];
      if (x === undefined && y === undefined) row[j] = true;
      else if (x === '**') row[j] = (next[j] ?? false) || (y !== undefined && (row[j + 1] ?? false));
      else if (y === '**') row[j] = (row[j + 1] ?? false) || (x !== undefined && (next[j] ?? false));
      else row[j] = x !== undefined && y !== undefined && names(x, y) && (next[j + 1] ?? false);
    }
  }
  return row[0] ?? false;
}

/**
 * Whether a file name fits both, where `*` and `?` stand for what they stand for. With `closed`, `*` of the first does
 * not stand for a dot: then `*` and `src*` are not said to mean `a.pem`, but `a.pe?` and `a.*` are.
 */
export function namesMeet(first: string, second: string, closed = false): boolean {
  if (first.length * second.length > MOST_STEPS) return true;
  let row = new Array<boolean>(second.length + 1).fill(false);
  for (let i = first.length; i >= 0; i -= 1) {
    const next = row;
    row = new Array<boolean>(second.length + 1).fill(false);
    for (let j = second.length; j >= 0; j -= 1) {
      const [x, y] = [first[i], second[j]];
      if (x === undefined && y === undefined) row[j] = true;
      else if (x === '*') {
        row[j] = (next[j] ?? false) || (y !== undefined && !(closed && y === '.') && (row[j + 1] ?? false));
      } else if (y === '*') row[j] = (row[j + 1] ?? false) || (x !== undefined && (next[j] ?? false));
      else {
        const same = x !== undefined && y !== undefined && (x === '?' || y === '?' || x === y);
        row[j] = same && (next[j + 1] ?? false);
      }
    }
  }
  return row[0] ?? false;
}
