import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Directive } from './directive.ts';

/** What a demo session remembers from turn to turn, also when another process continues it. */
export interface Memory {
  sessionId: string;
  /** Turns begun. */
  turns: number;
  directive: Directive;
  /** Beginnings of the prompts so far, newest last, at most 20. */
  prompts: string[];
  /** What a scenario counts, by its own names. */
  counts: Record<string, number>;
}

const PROMPTS_KEPT = 20;

export interface MemoryStore {
  readonly memory: Memory;
  remember(prompt: string): void;
  save(): void;
}

/**
 * The memory of one session in `<folder>/<session id>.json`. Gives null when a session is to be continued that has no
 * readable file; otherwise the file is there when this returns.
 */
export function openMemory(folder: string, sessionId: string, resume: boolean): MemoryStore | null {
  if (!/^[\w-]{1,128}$/.test(sessionId)) return null;
  const file = join(folder, `${sessionId}.json`);
  const memory = resume
    ? read(file)
    : { sessionId, turns: 0, directive: { name: 'default', values: {} }, prompts: [], counts: {} };
  if (!memory) return null;
  const store: MemoryStore = {
    memory,
    remember(prompt) {
      memory.turns += 1;
      memory.prompts = [...memory.prompts, prompt.slice(0, 200)].slice(-PROMPTS_KEPT);
      store.save();
    },
    save() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, JSON.stringify(memory), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
  store.save();
  return store;
}

function read(file: string): Memory | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
