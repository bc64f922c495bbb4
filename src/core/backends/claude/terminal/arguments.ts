import {
  GUARDED_PERMISSIONS,
  guardedSettings,
  HOOK_TIMEOUT_S,
  type LaunchOptions,
  serverAt,
  sessionArguments,
} from '../arguments.ts';
import type { Json } from '../protocol.ts';
import type { Bridge } from './bridge.ts';

/** The name of the server whose one prompt carries what the agent is to do. */
const PROMPT_SERVER = 'drover_turn';
const BRIDGE_VARIABLE = 'DROVER_BRIDGE_TOKEN';
const KEY_VARIABLE = 'DROVER_AGENT_KEY';
/** Seconds for hooks that only tell; those that ask have longer. */
const QUICK_S = 10;
const TELLING = [
  'UserPromptSubmit',
  'MessageDisplay',
  'PostToolUse',
  'PostToolUseFailure',
  'Stop',
  'StopFailure',
  'SessionEnd',
];

type Address = Pick<Bridge, 'token' | 'hookUrl' | 'promptsUrl'>;

/** What a person would type to have the agent read a prompt: the program fetches its text, unchanged. */
export function promptCommand(id: string): string {
  return `/mcp__${PROMPT_SERVER}__next ${id}`;
}

/** The arguments of `claude` in a terminal. No prompt and no secret is among them. */
export function terminalArguments(options: LaunchOptions, bridge: Address, hasKey: boolean): string[] {
  const hook = (timeout: number, more: Json = {}) => [
    {
      hooks: [
        {
          type: 'http',
          url: bridge.hookUrl,
          headers: { Authorization: `Bearer $${BRIDGE_VARIABLE}` },
          allowedEnvVars: [BRIDGE_VARIABLE],
          timeout,
          ...more,
        },
      ],
    },
  ];
  const settings = {
    ...guardedSettings(options.settingsEnv),
    permissions: GUARDED_PERMISSIONS,
    hooks: {
      ...Object.fromEntries(TELLING.map((name) => [name, hook(QUICK_S)])),
      // Without us, nothing is carried out.
      PreToolUse: hook(HOOK_TIMEOUT_S, { onFailure: 'block' }),
      // Without us, the dialog stays, and a person can answer there.
      PermissionRequest: hook(HOOK_TIMEOUT_S),
    },
    disableAllHooks: false,
    // The prompts are typed.
    editorMode: 'normal',
    // A fifth of the output, and no work while it waits.
    prefersReducedMotion: true,
    spinnerTipsEnabled: false,
    // A key that the program has not been told to use in a terminal would be asked about before it starts.
    ...(hasKey ? { apiKeyHelper: `printenv ${KEY_VARIABLE}` } : {}),
    // Otherwise it asks before it starts.
    ...(options.trusted ? { enableAllProjectMcpServers: true } : {}),
  };
  return sessionArguments(options, { [PROMPT_SERVER]: serverAt(bridge.promptsUrl, BRIDGE_VARIABLE) }, settings);
}

/** `env` with what the program needs in a terminal. */
export function terminalEnvironment(env: Readonly<Record<string, string>>, bridge: Address): Record<string, string> {
  const { ANTHROPIC_API_KEY: key, ...others } = env;
  return {
    ...others,
    ...(key ? { [KEY_VARIABLE]: key } : {}),
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    // The folder was chosen in Drover, and what of the repository may run is said by its arguments: no dialog of its own,
    // and nothing is written down as trusted.
    CLAUDE_CODE_SANDBOXED: '1',
    [BRIDGE_VARIABLE]: bridge.token,
  };
}
