import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ID_PATTERNS } from '../../contract/id-patterns.ts';
import type { ProcessIdentity } from '../../contract/run/state.ts';
import { type Terminal, terminal as terminalSchema } from '../../contract/terminal/state.ts';

/** What is kept of a terminal for the next start. */
export interface KeptTerminal {
  terminal: Terminal;
  /** Its shell, to end it when this Drover was killed. */
  process: ProcessIdentity | null;
}

/** The folder of the terminals, of the person alone: a screen may show secrets. */
export interface TerminalFiles {
  /** What can be read of what was kept; the rest is left where it is. */
  readAll(): KeptTerminal[];
  write(kept: KeptTerminal): void;
  readScreen(id: string): string | null;
  writeScreen(id: string, text: string): void;
  /** Bytes that it takes on the disk. */
  size(id: string): number;
  remove(id: string): void;
}

export function createTerminalFiles(folder: string): TerminalFiles {
  const file = (id: string, ending: 'json' | 'screen') => join(folder, `${id}.${ending}`);

  /** Whole or not at all, also when Drover ends in the middle. */
  function put(path: string, text: string): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  return {
    readAll() {
      return namesIn(folder).flatMap((name) => {
        const id = name.replace(/\.json$/, '');
        if (id === name || !ID_PATTERNS.terminal.test(id)) return [];
        const kept = readKept(file(id, 'json'));
        return kept === null || kept.terminal.id !== id ? [] : [kept];
      });
    },
    write: (kept) => put(file(kept.terminal.id, 'json'), JSON.stringify(kept)),
    readScreen(id) {
      try {
        return readFileSync(file(id, 'screen'), 'utf8');
      } catch {
        return null;
      }
    },
    writeScreen: (id, text) => put(file(id, 'screen'), text),
    size: (id) => sizeOf(file(id, 'screen')) + sizeOf(file(id, 'json')),
    remove(id) {
      // What makes it known last, so that one whose removal was cut short is still known, and removed again.
      for (const ending of ['screen', 'json'] as const) rmSync(file(id, ending), { force: true });
    },
  };
}

function sizeOf(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  // Windows tells no blocks.
  return stat === undefined ? 0 : stat.blocks === undefined ? stat.size : stat.blocks * 512;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readKept(path: string): KeptTerminal | null {
  try {
    const { terminal, process } = JSON.parse(readFileSync(path, 'utf8')) as KeptTerminal;
    return { terminal: terminalSchema.parse(terminal), process };
  } catch {
    return null;
  }
}
