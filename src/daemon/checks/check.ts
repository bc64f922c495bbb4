import type { ChosenProgram } from '../../core/process/locate-program.ts';

/** What a look at one thing found: `broken` keeps Drover from working, `note` is something a person may want to know. */
export interface Finding {
  state: 'ok' | 'note' | 'broken';
  /** What was found, in one line. */
  words: string;
  /** What to do about it, in one line; null when there is nothing to do. */
  hint: string | null;
}

/** One line of `doctor`. */
export interface Check {
  name: string;
  /** Looks, changes nothing, and answers within a few seconds. */
  look(machine: Machine): Promise<Finding>;
}

/** The machine that is checked. */
export interface Machine {
  dataFolder: string;
  /** The environment programs are looked for in: the login shell's. */
  env: Record<string, string>;
  /** What its settings say. */
  chosen: { git: ChosenProgram | null };
  /** Whose environment that is, and why it is not the login shell's. */
  shell: { name: string; problem: string | null };
}

export const ok = (words: string): Finding => ({ state: 'ok', words, hint: null });
export const note = (words: string, hint: string | null): Finding => ({ state: 'note', words, hint });
export const broken = (words: string, hint: string): Finding => ({ state: 'broken', words, hint });
