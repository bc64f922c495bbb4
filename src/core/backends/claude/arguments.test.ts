import { expect, test } from 'vitest';
import { type LaunchOptions, launchArguments, launchEnvironment } from './arguments.ts';

const options: LaunchOptions = {
  sessionId: '11111111-1111-4111-8111-111111111111',
  resume: false,
  model: null,
  effort: null,
  autonomy: 'ask',
  trusted: false,
  toolsUrl: 'http://127.0.0.1:4711/mcp',
};
const given = (change: Partial<LaunchOptions> = {}) => launchArguments({ ...options, ...change });
const json = (args: string[], name: string) =>
  JSON.parse(args.find((arg) => arg.startsWith(name))?.slice(name.length) ?? '');

test('a new session or an old one', () => {
  expect(given()).toContain('--session-id=11111111-1111-4111-8111-111111111111');
  expect(given({ resume: true })).toContain('--resume=11111111-1111-4111-8111-111111111111');
  expect(given({ resume: true }).some((arg) => arg.startsWith('--session-id'))).toBe(false);
});

test('the mode is always said and the permission channel always on', () => {
  for (const autonomy of ['plan', 'ask', 'edit', 'auto'] as const) {
    const args = given({ autonomy });
    expect(args).toContain(`--permission-mode=${autonomy === 'plan' ? 'plan' : 'default'}`);
    expect(args).toContain('--permission-prompt-tool=stdio');
    expect(json(args, '--settings=').permissions).toMatchObject({
      ask: expect.arrayContaining(['Bash', 'NotebookEdit', 'WebFetch']),
      allow: ['mcp__drover'],
      disableAutoMode: 'disable',
    });
  }
  expect(json(given(), '--settings=').permissions.ask).toEqual(expect.arrayContaining(['Edit', 'Write']));
});

test('what is loaded goes by trust', () => {
  expect(given()).toContain('--setting-sources=user');
  expect(given({ trusted: true })).toContain('--setting-sources=user,project,local');
});

test('the token is named, not said', () => {
  expect(json(given(), '--mcp-config=').mcpServers).toEqual({
    drover: {
      type: 'http',
      url: 'http://127.0.0.1:4711/mcp',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Claude Code expands it from its environment.
      headers: { Authorization: 'Bearer ${DROVER_TASK_TOKEN}' },
      alwaysLoad: true,
    },
  });
  expect(launchEnvironment({}, 'the-token').DROVER_TASK_TOKEN).toBe('the-token');
});

test('model and effort stay one argument, whatever is in them', () => {
  const args = given({ model: '--dangerously-skip-permissions', effort: 'high' });
  expect(args).toContain('--model=--dangerously-skip-permissions');
  expect(args).not.toContain('--dangerously-skip-permissions');
  expect(args).toContain('--effort=high');
});

test('nothing that the user has set has the program act without being asked', () => {
  const set = {
    CLAUDE_CODE_ENABLE_AUTO_MODE: '1',
    CLAUDE_CODE_EVEN_MORE_DANGEROUSLY_SKIP_PERMISSIONS: '1',
    PATH: '/bin',
  };
  const env = launchEnvironment(set, 't');
  expect(env).toMatchObject({ PATH: '/bin' });
  expect(Object.keys(env).filter((name) => /AUTO_MODE|SKIP_PERMISSIONS/.test(name))).toEqual([]);
});

test('limits that a user has set stay', () => {
  expect(launchEnvironment({}, 't').CLAUDE_CODE_MAX_RETRIES).toBe('2');
  expect(launchEnvironment({ CLAUDE_CODE_MAX_RETRIES: '9' }, 't').CLAUDE_CODE_MAX_RETRIES).toBe('9');
});
