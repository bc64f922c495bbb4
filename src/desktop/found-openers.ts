import type { FoundOpener, FoundOpeners } from '../contract/system/state.ts';
import { OPENERS, type Opener, platformOf } from './openers.ts';
import { programOf } from './program-of.ts';

/**
 * The editors and terminals that are there in this environment, the best first, each with the command that a person
 * would choose. What cannot be told a folder by an argument is no choice, and is only found by itself.
 */
export function foundOpeners(env: Record<string, string>, platform: NodeJS.Platform = process.platform): FoundOpeners {
  const found = (place: 'editor' | 'terminal'): FoundOpener[] => {
    const there = OPENERS[place][platformOf(platform)].filter(
      (one) => one.before !== null && programOf(one, env) !== null,
    );
    return there.filter((one, at) => there.findIndex(({ name }) => name === one.name) === at).map(commandOf);
  };
  return { editor: found('editor'), terminal: found('terminal') };
}

/** A folder is appended to a chosen command as an argument of its own. */
function commandOf({ program, name, before, joined }: Opener): FoundOpener {
  const args = (before ?? []).map((arg) => (joined ? arg.replace(/=$/, '') : arg));
  return { name, argv: [program, ...args] };
}
