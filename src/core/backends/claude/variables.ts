import type { AgentVariables } from '../../process/outer-session.ts';

/** Each of them says that this process was started by a command of a Claude session. */
const SIGNS_OF_CLAUDE = ['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID', 'CLAUDE_CODE_CHILD_SESSION', 'CLAUDE_PID'];
/** What a Claude session, or the program that hosts it, gives to its commands; nobody sets these by hand. */
const OF_A_SESSION = new Set([
  'CLAUDECODE',
  'AI_AGENT',
  ...['PID', 'EFFORT', 'PROJECT_DIR', 'ENV_FILE', 'PLUGIN_ROOT', 'PLUGIN_DATA'].map((name) => `CLAUDE_${name}`),
  ...[
    'ENTRYPOINT',
    'EXECPATH',
    'SSE_PORT',
    'AGENT',
    'AGENT_NAME',
    'TEAM_NAME',
    'TOOL_USE_ID',
    'CONTAINER_ID',
    'ENVIRONMENT_KIND',
    'IS_COWORK',
    'PLAN_MODE_REQUIRED',
    'PROVIDER_MANAGED_BY_HOST',
    'RESUME_SOURCE_ALIVE',
    'RESUME_FROM_SESSION',
    'EMIT_SESSION_STATE_EVENTS',
    'SPAWN_TIMESTAMP_MS',
  ].map((name) => `CLAUDE_CODE_${name}`),
]);
const FAMILIES_OF_A_SESSION =
  /^CLAUDE_CODE_((SESSION|CHILD|MESSAGING|BRIDGE|HOST|REMOTE|CCR|SDK|DESKTOP|COWORK|WORKER|RUNNER|LAUNCHED_BY)_|[A-Z_]+_FILE_DESCRIPTOR$)/;
/** Set by a session beside those; outside of one they are the user's. */
const SET_BY_A_SESSION = new Set(['GIT_EDITOR', 'COREPACK_ENABLE_AUTO_PIN', 'NoDefaultCurrentDirectoryInExePath']);
/** What a person sets for Claude Code, also where an outer session may have brought it along. */
const OF_THE_USER =
  /^CLAUDE_CODE_(USE|SKIP|DISABLE|ENABLE|MAX|CLIENT|OAUTH|API_KEY_HELPER|SUBAGENT|AUTO_COMPACT|EFFORT|CERT|GIT_BASH|SHELL|TMPDIR|EXTRA_BODY|PROXY|ADDITIONAL|DEBUG|FILE_READ)_?[A-Z0-9_]*$/;

/** The variables that tell Claude Code about a session around it, or have it act without being asked. */
export const CLAUDE_VARIABLES: AgentVariables = {
  leftIn(own) {
    const inClaude = SIGNS_OF_CLAUDE.some((name) => own[name]);
    return (name) =>
      OF_A_SESSION.has(name) ||
      FAMILIES_OF_A_SESSION.test(name) ||
      (inClaude && (SET_BY_A_SESSION.has(name) || (name.startsWith('CLAUDE_CODE_') && !OF_THE_USER.test(name))));
  },
  never: new Set([
    'CLAUDECODE',
    'CLAUDE_CODE_EVEN_MORE_DANGEROUSLY_SKIP_PERMISSIONS',
    'CLAUDE_CODE_ENABLE_AUTO_MODE',
    'CLAUDE_CODE_RESUME_INTERRUPTED_TURN',
  ]),
};
