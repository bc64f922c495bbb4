import type { AgentWay } from '../agent/state.ts';

/** The ways an agent runs, and what each means. */
export const WAY_WORDS: Record<AgentWay, { label: string; words: string }> = {
  headless: { label: 'Headless', words: 'Without a terminal: you see what it says and does' },
  terminal: { label: 'In a terminal', words: 'Where the agent can: you also see its terminal, and may type in it' },
};

/** Their names. */
export const WAYS: readonly string[] = Object.keys(WAY_WORDS);
