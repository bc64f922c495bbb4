import type { AgentFiles } from '../base/agent-files.ts';
import type { AgentVariables } from '../process/outer-session.ts';
import { CLAUDE_FILES } from './claude/files.ts';
import { CLAUDE_VARIABLES } from './claude/variables.ts';

/** The files of agents' programs, also of those that no backend drives. */
export const AGENT_FILES: readonly AgentFiles[] = [CLAUDE_FILES, { guarded: [], keys: ['.codex/auth.json'] }];

/** The variables of the programs that the backends drive. */
export const AGENT_VARIABLES: readonly AgentVariables[] = [CLAUDE_VARIABLES];
