import type { Autonomy } from '../../../contract/agent/state.ts';
import type { Json } from './protocol.ts';
import { CLAUDE_VARIABLES } from './variables.ts';

export interface LaunchOptions {
  sessionId: string;
  resume: boolean;
  model: string | null;
  effort: string | null;
  autonomy: Autonomy;
  trusted: boolean;
  toolsUrl: string;
  /** What goes over the environment that the settings files of the program set. */
  settingsEnv?: Readonly<Record<string, string>>;
}

/** The name of our MCP server; its tools are `mcp__drover__<tool>` for the agent. */
export const TOOL_SERVER = 'drover';

/**
 * Our hook runs before every call of a tool. Hooks are all heard and a no beats every yes, so that nobody can answer in
 * our place. A person may take days; when the time is over, in seconds, the program does not make the call.
 */
export const HOOK_TIMEOUT_S = 2_000_000;

/**
 * Rules of kind `ask` beat every `allow` of the user's and the project's settings, so that each of these comes to our
 * channel: everything, and by name what does more than read, should the wildcard not be known.
 */
const ASKED_IN_EVERY_MODE = ['*', 'Bash', 'PowerShell', 'NotebookEdit', 'WebFetch', 'WebSearch', 'Monitor', 'Workflow'];
/** Plan mode asks for these by itself, except for the file it writes its plan to. */
export const ASKED_OUTSIDE_PLAN = ['Edit', 'Write'];

/** They begin turns nobody waits for, or leave the workspace for a worktree we did not make. */
const NOT_OFFERED = ['CronCreate', 'CronDelete', 'CronList', 'ScheduleWakeup', 'EnterWorktree', 'ExitWorktree'];

/**
 * The arguments of one run of `claude` without a face. Any user of the machine can read them: no prompt and no secret is
 * among them (the token is expanded by the program from its environment).
 */
export function launchArguments(options: LaunchOptions): string[] {
  return [
    '--print',
    '--verbose',
    '--input-format=stream-json',
    '--output-format=stream-json',
    '--include-partial-messages',
    '--permission-prompt-tool=stdio',
    ...sessionArguments(options, {}, settingsOf(options)),
  ];
}

/** What every run says, whichever way it is driven: `servers` beside our tools, and its settings. */
export function sessionArguments(
  { sessionId, resume, model, effort, autonomy, trusted, toolsUrl }: LaunchOptions,
  servers: Json,
  settings: Json,
): string[] {
  return [
    `--permission-mode=${autonomy === 'plan' ? 'plan' : 'default'}`,
    `${resume ? '--resume' : '--session-id'}=${sessionId}`,
    ...(model === null ? [] : [`--model=${model}`]),
    ...(effort === null ? [] : [`--effort=${effort}`]),
    // It goes for MCP servers too: `.mcp.json` belongs to `project`, those that the user has everywhere to `user`.
    `--setting-sources=${trusted ? 'user,project,local' : 'user'}`,
    `--mcp-config=${JSON.stringify({ mcpServers: { [TOOL_SERVER]: serverAt(toolsUrl, TOKEN_VARIABLE), ...servers } })}`,
    `--settings=${JSON.stringify(settings)}`,
    `--disallowedTools=${NOT_OFFERED.join(',')}`,
  ];
}

/** A server of ours; the program takes its token from the variable. */
export function serverAt(url: string, variable: string): Json {
  return {
    type: 'http',
    url,
    headers: { Authorization: `Bearer \${${variable}}` },
    // Otherwise the agent has to search for its tools before it knows them.
    alwaysLoad: true,
  };
}

function settingsOf({ autonomy, settingsEnv }: LaunchOptions): Json {
  const ask = autonomy === 'plan' ? ASKED_IN_EVERY_MODE : [...ASKED_OUTSIDE_PLAN, ...ASKED_IN_EVERY_MODE];
  return { ...guardedSettings(settingsEnv), permissions: { ask, ...GUARDED_PERMISSIONS } };
}

/** Our own tools need no question; nothing may switch questions off. */
export const GUARDED_PERMISSIONS = {
  allow: [`mcp__${TOOL_SERVER}`],
  disableAutoMode: 'disable',
  disableBypassPermissionsMode: 'disable',
};

/** What keeps the program's other settings from having it act unasked. */
export function guardedSettings(settingsEnv: LaunchOptions['settingsEnv']): Json {
  return {
    // With it, no command is asked about where the user has turned the sandbox on, deny rules notwithstanding.
    sandbox: { autoAllowBashIfSandboxed: false },
    // It takes away all hooks, ours too.
    env: { ...settingsEnv, CLAUDE_CODE_SIMPLE: '0' },
    // With it, commands in plan mode are refused without asking wherever requests pass a gateway.
    useAutoModeDuringPlan: false,
  };
}

/** What the program says its permission mode is when it was started as above. */
export function expectedModes(autonomy: Autonomy): readonly string[] {
  return autonomy === 'plan' ? ['plan'] : ['default', 'manual'];
}

const TOKEN_VARIABLE = 'DROVER_TASK_TOKEN';

/** `env` with what this backend needs; what a user has set for retries and times stays, and what would have it act unasked does not. */
export function launchEnvironment(env: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const passed = Object.entries(env).filter(([name]) => !CLAUDE_VARIABLES.never.has(name));
  return {
    // The program retries even a refused key; ten times are three minutes. The loop has retries of its own.
    CLAUDE_CODE_MAX_RETRIES: '2',
    // Milliseconds. Completing an item may run its check, which takes as long as tests take.
    MCP_TIMEOUT: '30000',
    MCP_TOOL_TIMEOUT: '3600000',
    ...Object.fromEntries(passed),
    CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '1',
    [TOKEN_VARIABLE]: token,
  };
}
