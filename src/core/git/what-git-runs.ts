import { basename } from 'node:path';
import { commandsBelow, programName } from '../process/what-runs.ts';

const HOOKS =
  /^(post-checkout|post-index-change|reference-transaction|pre-auto-gc|post-rewrite|(pre|post)-(commit|merge|applypatch))$/;
const SHELLS = /^(sh|bash|dash|zsh)$/;

/** What git (leader of its process group) has something else do at this moment, in words; null when nothing, or unknown. */
export function whatGitRuns(leader: number): string | null {
  const commands = commandsBelow(leader);
  for (const words of commands) {
    // The hook itself, or the interpreter of its first line before it.
    const hook = words
      .slice(0, 3)
      .map((word) => basename(word))
      .find((word) => HOOKS.test(word));
    if (hook !== undefined) return `running the git hook ${hook}`;
  }
  if (commands.some((words) => isFetch(words))) return 'fetching objects that the clone does not have';
  for (const words of commands) {
    const name = programName(words);
    if (name === 'git' || name.startsWith('git-remote')) continue;
    const filter = SHELLS.test(name) ? (words[2] ?? '').trim().split(/\s+/, 1)[0] : name;
    if (filter) return `running the filter ${basename(filter)}`;
  }
  return null;
}

function isFetch(words: readonly string[]): boolean {
  const name = programName(words);
  return (
    /^git-(remote|fetch)/.test(name) || (name === 'git' && words.some((word) => /^(fetch|fetch-pack)$/.test(word)))
  );
}
