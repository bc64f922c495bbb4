import { lstat, open, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { UnderWay } from '../../contract/workspace/state.ts';
import { ifThere } from '../base/if-there.ts';

/** One step of a worktree’s HEAD, as git logs it. */
export interface HeadStep {
  from: string;
  to: string;
  /** Such as `commit: Add it` or `checkout: moving from main to other`. */
  words: string;
}

export interface WorktreeState {
  /** What git has begun here and not finished. */
  underWay: UnderWay | null;
  /** The branch that is being rebased: git has nothing checked out by name meanwhile. */
  rebased: string | null;
  /** Where HEAD has been, the oldest first; null when git keeps no log of it. */
  steps: HeadStep[] | null;
  /** What the stashes of the repository say of themselves, such as `WIP on main: 1234567 Subject`. */
  stashes: string[];
}

const SIGNS: readonly (readonly [file: string, underWay: UnderWay])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
];
/** Of the log of HEAD only the end is read. */
const LOG_READ = 256 * 1024;

/** What the files of git itself say of a linked worktree; no process. Rejects when one of them cannot be read. */
export async function worktreeState(path: string): Promise<WorktreeState> {
  const folder = await gitFolder(path);
  if (folder === null) return { underWay: null, rebased: null, steps: null, stashes: [] };
  const { underWay, rebased } = await whatIsUnderWay(folder);
  const common = ((await ifThere(readFile(join(folder, 'commondir'), 'utf8'))) ?? '.').trim();
  const stashes = await readSteps(join(resolve(folder, common), 'logs', 'refs', 'stash'));
  return {
    underWay,
    rebased,
    steps: await readSteps(join(folder, 'logs', 'HEAD')),
    stashes: (stashes ?? []).map(({ words }) => words),
  };
}

/**
 * What git has begun and not finished in a worktree, the main one too, of which `gitDir` is its own git folder; `rebased`
 * is the branch that is being rebased. No process. Rejects when a file cannot be read.
 */
export async function whatIsUnderWay(gitDir: string): Promise<Pick<WorktreeState, 'underWay' | 'rebased'>> {
  for (const [name, underWay] of SIGNS) {
    const file = join(gitDir, name);
    if ((await ifThere(stat(file))) === null) continue;
    const head = underWay === 'rebase' ? ((await ifThere(readFile(join(file, 'head-name'), 'utf8'))) ?? '') : '';
    return { underWay, rebased: /^refs\/heads\/(.+)/.exec(head.trim())?.[1] ?? null };
  }
  return { underWay: null, rebased: null };
}

async function gitFolder(path: string): Promise<string | null> {
  const dotGit = join(path, '.git');
  // A folder is a repository of its own.
  if (!(await ifThere(lstat(dotGit)))?.isFile()) return null;
  const named = /^gitdir: (.+)/.exec(await readFile(dotGit, 'utf8'))?.[1]?.trim();
  if (named === undefined) return null;
  return isAbsolute(named) ? named : resolve(path, named);
}

async function readSteps(file: string): Promise<HeadStep[] | null> {
  const text = await ifThere(readEnd(file));
  if (text === null) return null;
  const steps: HeadStep[] = [];
  for (const line of text.split('\n')) {
    const [, from, to, words] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [^\t]*\t(.*)$/.exec(line) ?? [];
    if (from !== undefined && to !== undefined && words !== undefined) steps.push({ from, to, words });
  }
  return steps;
}

async function readEnd(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - LOG_READ);
    const bytes = Buffer.alloc(size - from);
    await file.read(bytes, 0, bytes.length, from);
    return bytes.toString('utf8');
  } finally {
    await file.close();
  }
}

const MAKES = /^(commit|cherry-pick|revert|am|rebase|pull|merge)\b/;

/** The commits that were made in this worktree, rather than fetched or checked out. */
export function madeHere(steps: readonly HeadStep[]): Set<string> {
  const made = new Set<string>();
  for (const { to, words } of steps) {
    if (!MAKES.test(words) || words.endsWith(': Fast-forward')) continue;
    // A rebase begins at a commit of others and ends by naming what it has made already.
    if (/^(rebase|pull)[^:]*\((start|finish|abort)\)/.test(words)) continue;
    made.add(to);
  }
  return made;
}

/** Commits made here that a reset or a change of branch has left, the newest first, at most `most`. */
export function leftHere(steps: readonly HeadStep[], most: number): string[] {
  const made = madeHere(steps);
  const left = new Set<string>();
  for (const { from, words } of [...steps].reverse()) {
    if (left.size >= most) break;
    if (/^(reset|checkout): moving/.test(words) && made.has(from)) left.add(from);
  }
  return [...left];
}
