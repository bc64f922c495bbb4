import { askGit, runGit } from './run-git.ts';

export type SameHow = 'cherry-picked' | 'squashed';

/** Nothing is compared with more commits than this. */
const COMMITS_COMPARED = 2000;
/** So many of them are read with the files they change, and so many of these in full. */
const COMMITS_READ = 500;
const PATCHES_READ = 5;
const PATCH_SIZE = 16 * 1024 * 1024;
const ANSWERS_KEPT = 4000;

const answers = new Map<string, Promise<SameHow | null>>();

/**
 * Whether what `tip` changes since it left `other` is in `other` as well, though not as the same commits: each commit
 * once more (rebased or cherry-picked), or all of them as one (squashed), or file by file. Only reads. The answer for
 * two commits never changes, so it is remembered.
 */
export function sameChanges(cwd: string, tip: string, other: string): Promise<SameHow | null> {
  const key = `${tip} ${other}`;
  const known = answers.get(key);
  if (known) return known;
  const answer = compare(cwd, tip, other);
  // What failed is asked again; the oldest answers go first.
  answer.catch(() => answers.delete(key));
  answers.set(key, answer);
  for (const old of answers.keys()) {
    if (answers.size <= ANSWERS_KEPT) break;
    answers.delete(old);
  }
  return answer;
}

async function compare(cwd: string, tip: string, other: string): Promise<SameHow | null> {
  const ask = async (...args: string[]) => (await runGit({ cwd, args })).trim();
  const [left = 0, right = 0] = (await ask('rev-list', '--count', '--left-right', `${other}...${tip}`, '--'))
    .split('\t')
    .map(Number);
  if (left === 0 || right === 0) return null;
  if (left <= COMMITS_COMPARED && right <= COMMITS_COMPARED) {
    // `=` marks what the other side has too; merges change nothing of their own.
    const own = ['rev-list', '--right-only', '--cherry-mark', '--no-merges', `${other}...${tip}`, '--'];
    const commits = (await ask(...own)).split('\n').filter(Boolean);
    if (commits.length > 0 && commits.every((line) => line.startsWith('='))) return 'cherry-picked';
  }
  // 1: nothing in common.
  const common = await askGit({ cwd, args: ['merge-base', tip, other], expect: [0, 1] });
  const fork = common.text.split('\n')[0] ?? '';
  if (fork === '') return null;
  const changed = parseRaw(await raw(cwd, fork, tip));
  // What takes itself back leaves nothing that could be elsewhere.
  if (changed.size === 0) return null;
  const differs = parseRaw(await raw(cwd, other, tip));
  if ([...changed.keys()].every((path) => !differs.has(path))) return 'squashed';
  return (await squashedInto(cwd, tip, other, fork, changed)) ? 'squashed' : null;
}

const RAW = ['--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'];
const raw = (cwd: string, from: string, to: string) => runGit({ cwd, args: ['diff', ...RAW, from, to, '--'] });

/** Path to `<new mode> <new blob> <letter>`. */
function parseRaw(text: string): Map<string, string> {
  const files = new Map<string, string>();
  const parts = text.split('\0');
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, mode = '', , blob = '', letter = ''] = (parts[at] ?? '').trim().split(' ');
    files.set(parts[at + 1] ?? '', `${mode} ${blob} ${letter}`);
  }
  return files;
}

/** Looks for one commit of `other` that changes the same files in the same way. */
async function squashedInto(
  cwd: string,
  tip: string,
  other: string,
  fork: string,
  changed: ReadonlyMap<string, string>,
): Promise<boolean> {
  const [first = ''] = changed.keys();
  const text = await runGit({
    cwd,
    args: [
      ...['--literal-pathspecs', 'log', '--no-merges', `--max-count=${COMMITS_READ}`, '--full-diff', ...RAW],
      ...['--format=%x01%H %P', other, `^${tip}`, '--', first],
    ],
  });
  const letters = (files: ReadonlyMap<string, string>) =>
    [...files].map(([path, what]) => `${what.slice(-1)}${path}`).sort();
  const wanted = letters(changed).join('\0');
  let ours: string | null = null;
  let read = 0;
  for (const block of text.split('\x01').slice(1)) {
    const end = block.indexOf('\0');
    const [commit = '', parent] = block.slice(0, end).split(' ');
    const files = parseRaw(block.slice(end + 1).replace(/^\0?\n?/, ''));
    if (letters(files).join('\0') !== wanted) continue;
    if ([...changed].every(([path, what]) => files.get(path) === what)) return true;
    // The first commit of a history has nothing before it to be compared with.
    if (read >= PATCHES_READ || !parent) continue;
    read += 1;
    ours ??= await patch(cwd, fork, tip);
    if (ours !== '' && ours === (await patch(cwd, parent, commit))) return true;
  }
  return false;
}

/** The lines that go and come, file by file, without places and surroundings. Empty when it is too long. */
async function patch(cwd: string, from: string, to: string): Promise<string> {
  const text = await runGit({
    cwd,
    args: [
      ...['diff', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames', '--unified=0', '--full-index'],
      ...['--binary', '--src-prefix=a/', '--dst-prefix=b/', from, to, '--'],
    ],
  });
  if (text.length > PATCH_SIZE) return '';
  return text
    .split('\n')
    .filter((line) => !line.startsWith('@@ ') && !line.startsWith('index '))
    .join('\n');
}
