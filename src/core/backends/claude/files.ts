import type { AgentFiles } from '../../base/agent-files.ts';

/** Its settings and hooks in a repository, and where it keeps what it is logged in with. */
export const CLAUDE_FILES: AgentFiles = {
  guarded: [{ folder: '.claude', names: /^(settings.*|hooks)$/ }],
  keys: ['.claude.json', '.claude/.credentials.json'],
};
