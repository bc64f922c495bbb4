import { expect, test } from 'vitest';
import { CLAUDE_VARIABLES } from '../backends/claude/variables.ts';
import { withoutOuterSession as without } from './outer-session.ts';

const withoutOuterSession = (own: Record<string, string>) => without(own, [CLAUDE_VARIABLES]);

const OF_THE_USER = {
  PATH: '/usr/bin',
  ANTHROPIC_BASE_URL: 'http://gateway.test',
  ANTHROPIC_CUSTOM_HEADERS: 'X-Team: 1',
  ANTHROPIC_BETAS: 'x',
  CLAUDE_CONFIG_DIR: '/c',
  CLAUDE_CODE_OAUTH_TOKEN: 't',
  CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: '1',
  CLAUDE_CODE_DISABLE_1M_CONTEXT: '1',
  CLAUDE_CODE_DISABLE_THINKING: '1',
  CLAUDE_CODE_EFFORT_LEVEL: 'low',
  CLAUDE_CODE_AUTO_COMPACT_WINDOW: '1',
  CLAUDE_CODE_MAX_CONTEXT_TOKENS: '1',
  CLAUDE_CODE_CERT_STORE: 'system',
  CLAUDE_CODE_TMPDIR: '/t',
  CLAUDE_CODE_EXTRA_BODY: '{}',
  TMPDIR: '/t',
  NODE_OPTIONS: '--max-old-space-size=4096',
  DROVER_DATA: '/d',
};
/** As a command of Claude Code 2.1.329 finds them. */
const OF_A_SESSION = {
  AI_AGENT: 'claude-code_2-1-329_agent',
  CLAUDECODE: '1',
  CLAUDE_CODE_CHILD_NOTES_DIR: '/n',
  CLAUDE_CODE_CHILD_SESSION: '1',
  CLAUDE_CODE_ENTRYPOINT: 'sdk-cli',
  CLAUDE_CODE_EXECPATH: '/e',
  CLAUDE_CODE_MESSAGING_SOCKET: '/s',
  CLAUDE_CODE_MESSAGING_TOKEN: 't',
  CLAUDE_CODE_SESSION_ATTENDED: '0',
  CLAUDE_CODE_SESSION_ID: 'i',
  CLAUDE_EFFORT: 'medium',
  CLAUDE_PID: '1',
  CLAUDE_PROJECT_DIR: '/p',
  COREPACK_ENABLE_AUTO_PIN: '0',
  GIT_EDITOR: 'true',
  NoDefaultCurrentDirectoryInExePath: '1',
};

test('what a user sets stays, also what only others know of', () => {
  const own = { ...OF_THE_USER, CLAUDE_CODE_NOT_KNOWN_HERE: '1', GIT_EDITOR: 'vi', npm_config_registry: 'r' };
  expect(withoutOuterSession(own)).toEqual(own);
});

test('what an outer session of Claude left is dropped, and what it passed on stays', () => {
  const own = { ...OF_THE_USER, ...OF_A_SESSION, CLAUDE_CODE_NOT_KNOWN_HERE: '1' };
  expect(withoutOuterSession(own)).toEqual(OF_THE_USER);
});

test('what an outer task of Drover left is dropped', () => {
  const own = {
    PATH: '/usr/bin',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.hooksPath',
    GIT_CONFIG_VALUE_0: '/dev/null',
  };
  expect(withoutOuterSession(own)).toEqual(own);
  const task = { DROVER_RUN: 'a1.1', DROVER_TASK: 'a1', DROVER_TASK_TOKEN: 's', DROVER_URL: 'http://x' };
  expect(withoutOuterSession({ ...own, ...task })).toEqual({ PATH: '/usr/bin' });
});

test('what npm adds for a script is dropped, with the folders it puts before all others', () => {
  const own = {
    PATH: '/src/drover/node_modules/.bin:/src/node_modules/.bin:/node_modules/.bin:/n/node-gyp-bin:/home/u/node_modules/.bin:/usr/bin',
    npm_execpath: '/npm',
    npm_package_json: '/src/drover/package.json',
    npm_config_user_agent: 'npm',
    INIT_CWD: '/src/drover',
    NPM_TOKEN: 'n',
  };
  expect(withoutOuterSession(own)).toEqual({ PATH: '/home/u/node_modules/.bin:/usr/bin', NPM_TOKEN: 'n' });
});

test('a debugger of this process is not for those below it', () => {
  const of = (NODE_OPTIONS: string) => withoutOuterSession({ NODE_OPTIONS }).NODE_OPTIONS;
  expect(of('--inspect')).toBeUndefined();
  expect(of('--use-openssl-ca --inspect-brk=127.0.0.1:9229 --no-warnings')).toBe('--use-openssl-ca --no-warnings');
});
