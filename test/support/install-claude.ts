import { claudeProgram } from './claude.ts';

/** Global set-up of the tests: installs Claude Code once, before the workers would each wait for it. */
export async function setup(): Promise<void> {
  await claudeProgram();
}
