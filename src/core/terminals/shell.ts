import { basename } from 'node:path';
import { type ChosenProgram, describeUnusable, locateProgram } from '../process/locate-program.ts';
import { StartFailure } from '../process/spawn-tree.ts';
import { ownShell } from '../process/user-environment.ts';

/** Shells that begin as login shells by `-l`; others are started as they are. */
const BY_L = /^((ba|z|da|a|k|mk|pdk|fi|tc|c)?sh(\d.*)?|nu|elvish)$/;

/** The program of a terminal and its arguments. Throws `StartFailure` where there is none. */
export function shellOf(
  chosen: ChosenProgram | null,
  env: Readonly<Record<string, string>>,
): { program: string; args: readonly string[] } {
  if (chosen !== null) {
    const located = locateProgram('sh', env, { chosen });
    if (located === null) throw new StartFailure('program-missing', describeUnusable(chosen));
    return { program: located.program, args: [...located.before, ...loginArgs(located.program)] };
  }
  const program = ownShell(env) ?? (process.platform === 'win32' ? (env.ComSpec ?? 'cmd.exe') : '/bin/sh');
  return { program, args: loginArgs(program) };
}

function loginArgs(program: string): string[] {
  return BY_L.test(basename(program)) ? ['-l'] : [];
}
