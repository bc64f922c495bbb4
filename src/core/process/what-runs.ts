import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { processTable } from './process-table.ts';

/** The command lines of everything in a process group or session, the leader left out. Linux only; elsewhere empty. */
export function commandsBelow(leader: number): string[][] {
  if (process.platform !== 'linux') return [];
  const commands: string[][] = [];
  for (const { pid, group, session } of processTable()) {
    if (pid === leader || (group !== leader && session !== leader)) continue;
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      words.pop();
      if (words.length > 0) commands.push(words);
    } catch {
      // Ended meanwhile.
    }
  }
  return commands;
}

/** The name of a program as people call it. */
export function programName(command: readonly string[]): string {
  return basename(command[0] ?? '');
}
