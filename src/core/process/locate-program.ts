import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Argv } from '../../contract/project/state.ts';
import { findProgram } from './find-program.ts';

/** What a person chose as a program: its name in PATH or its file, and arguments that come before all others. */
export interface ChosenProgram {
  argv: Argv;
  /** Where that was said, to stand in a sentence: `the setting git.program`. */
  where: string;
}

/** A program that is there. */
export interface LocatedProgram {
  /** Absolute path. */
  program: string;
  /** Arguments before all others. */
  before: readonly string[];
  /** How it was found, to stand behind its path: `from the setting git.program`. */
  why: string;
}

/**
 * The program `name`: the one that was chosen, else the first in the PATH of `env`, else one of the `places` (files where
 * installers put it; `~` is the home folder). Null when it is not there; what was chosen is never replaced by another.
 */
export function locateProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  { chosen = null, places = [] }: { chosen?: ChosenProgram | null; places?: readonly string[] } = {},
): LocatedProgram | null {
  const path = env.PATH ?? env.Path;
  if (chosen !== null) {
    const [wanted = '', ...before] = chosen.argv;
    const program = findProgram(atHome(wanted, env), path);
    return program === null ? null : { program, before, why: `from ${chosen.where}` };
  }
  const inPath = findProgram(name, path);
  if (inPath !== null) return { program: inPath, before: [], why: 'from the PATH' };
  for (const place of places) {
    const program = findProgram(atHome(place, env), path);
    if (program !== null) return { program, before: [], why: 'where its installer puts it; it is not in the PATH' };
  }
  return null;
}

/** Why a chosen program cannot be used, in a sentence. */
export function describeUnusable({ argv, where }: ChosenProgram): string {
  return `The program ${argv[0]} of ${where} was not found or cannot be executed.`;
}

function atHome(file: string, env: Readonly<Record<string, string | undefined>>): string {
  return file.startsWith('~/') ? join(env.HOME ?? homedir(), file.slice(2)) : file;
}
