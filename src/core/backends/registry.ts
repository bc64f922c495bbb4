import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { Backend } from './backend.ts';
import { createClaudeBackend } from './claude/backend.ts';
import { createDemoBackend } from './demo/backend.ts';
import { createPassiveBackend } from './passive/backend.ts';

export interface BackendsDeps {
  /** The user's environment, with the PATH of the login shell. */
  environment(): Promise<Record<string, string>>;
  dataFolder: string;
  /** Absolute path of the demo agent's program. */
  demoAgent: string;
  /** What a person chose as Claude Code; null finds it. */
  claudeProgram?(): ChosenProgram | null;
  clock?: Clock;
}

/** The backends there are, one line each. */
export function createBackends({ environment, dataFolder, demoAgent, claudeProgram, clock }: BackendsDeps): Backend[] {
  return [
    createClaudeBackend({ env: environment, program: claudeProgram, clock }),
    createDemoBackend({ agentProgram: demoAgent, stateFolder: join(dataFolder, 'demo') }),
    createPassiveBackend(),
  ];
}
