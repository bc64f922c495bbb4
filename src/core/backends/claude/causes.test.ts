import { expect, test } from 'vitest';
import { blockedPrompt, missingTools, promptBlocked, untrustedServers } from './causes.ts';

const init = (servers: unknown, tools: string[] = []) =>
  missingTools({ type: 'system', subtype: 'init', mcp_servers: servers, tools })?.words ?? null;

test.each([
  ['failed', [{ name: 'drover', status: 'failed' }], '(failed)'],
  ['refused', [{ name: 'drover', status: 'needs-auth' }], '(needs-auth)'],
  ['switched off', [{ name: 'drover', status: 'disabled' }], 'leave the server out'],
  ['not among the servers', [{ name: 'other', status: 'connected' }], 'leave the server out'],
])('our tools are missing: %s', (_, servers, words) => {
  expect(init(servers, ['Bash'])).toContain(words);
});

test('our tools are hidden by a rule', () => {
  const connected = [{ name: 'drover', status: 'connected' }];
  expect(init(connected, ['Bash', 'mcp__other__x'])).toContain('a rule hides them');
  expect(init(connected, ['Bash', 'mcp__drover__item_set'])).toBeNull();
});

test('what is not known, or still connects, is no cause', () => {
  expect(init(undefined)).toBeNull();
  expect(init([{ name: 'drover', status: 'pending' }])).toBeNull();
  expect(init([{ name: 'drover', status: 'connected' }])).toBeNull();
});

test('a prompt that a hook keeps from the model', () => {
  const message = (kind: string) => ({
    type: 'system',
    subtype: 'informational',
    prompt_submit_outcome: { kind, reason: 'Not today\n' },
  });
  expect(blockedPrompt(message('blocked_by_hook'))).toBe('Not today\n');
  expect(blockedPrompt(message('stopped_by_hook'))).toBe('Not today\n');
  expect(blockedPrompt(message('sent'))).toBeNull();
  expect(promptBlocked('Not today\n').words).toMatch(/: Not today$/);
});

test('servers of a repository that is not trusted, by where the program has them from', () => {
  const message = (source: string) => ({ type: 'system', subtype: 'init', mcp_servers: [{ name: 'x', source }] });
  expect(untrustedServers(message('project'))?.words).toContain('project is not trusted: x.');
  expect(untrustedServers(message('local'))).not.toBeNull();
  for (const source of ['user', 'dynamic', 'plugin']) expect(untrustedServers(message(source))).toBeNull();
});
