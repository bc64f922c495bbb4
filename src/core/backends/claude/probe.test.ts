import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claudeProgram } from '../../../../test/support/claude.ts';
import { createTempFolder } from '../../../../test/support/temp.ts';
import { isOlder, locateClaude, probeClaude, readLogin } from './probe.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let env: Record<string, string>;
beforeEach(async () => {
  folder = await createTempFolder();
  await mkdir(join(folder.path, 'bin'));
  env = { PATH: join(folder.path, 'bin'), HOME: folder.path };
});
afterEach(() => folder.remove());

async function fakeClaude(body: string): Promise<void> {
  const path = join(folder.path, 'bin', 'claude');
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}

test('the real program', async () => {
  const program = await claudeProgram();
  const found = await probeClaude({ ...env, PATH: join(program, '..'), ANTHROPIC_API_KEY: 'sk-test-dummy' });
  expect(found).toEqual({
    available: true,
    program,
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    login: 'yes',
    problem: null,
    hint: null,
  });
});

test('no program', async () => {
  const found = await probeClaude(env);
  expect(found).toMatchObject({ available: false, program: null, version: null });
  expect(found.problem).toContain('not found');
  expect(found.hint).toContain('Install Claude Code');
  await expect(locateClaude(env)).rejects.toMatchObject({ code: 'missing' });
});

test('one that is too old', async () => {
  await fakeClaude('echo "1.0.98 (Claude Code)"');
  const found = await probeClaude(env);
  expect(found).toMatchObject({ available: false, version: '1.0.98' });
  expect(found.problem).toContain('too old');
  expect(found.hint).toContain('claude update');
  await expect(locateClaude(env)).rejects.toMatchObject({ code: 'too-old' });
});

test('one that fails or says nothing useful', async () => {
  await fakeClaude('echo "no libc" >&2; exit 127');
  expect((await probeClaude(env)).problem).toContain('no libc');
});

test('a new version is seen after an update', async () => {
  await fakeClaude('echo "1.0.98 (Claude Code)"');
  await probeClaude(env);
  await fakeClaude('echo "2.1.400 (Claude Code)" # updated');
  expect(await probeClaude(env)).toMatchObject({ available: true, version: '2.1.400', login: 'no', hint: /log in/ });
});

test('a login is read from where it can be, without asking anyone', async () => {
  expect(readLogin(env, 'linux')).toBe('no');
  expect(readLogin(env, 'darwin')).toBe('unknown');
  for (const name of [
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_AUTH_TOKEN',
    'CLAUDE_CODE_OAUTH_TOKEN',
    'CLAUDE_CODE_USE_BEDROCK',
  ]) {
    expect(readLogin({ ...env, [name]: 'x' }, 'linux')).toBe('yes');
  }
  await mkdir(join(folder.path, '.claude'));
  await writeFile(join(folder.path, '.claude', 'settings.json'), '{"apiKeyHelper":"/bin/key"}');
  expect(readLogin(env, 'linux')).toBe('yes');
  await writeFile(join(folder.path, '.claude', 'settings.json'), 'broken');
  expect(readLogin(env, 'linux')).toBe('no');
  await writeFile(join(folder.path, '.claude', '.credentials.json'), '{}');
  expect(readLogin(env, 'linux')).toBe('yes');
  expect(readLogin({ ...env, CLAUDE_CONFIG_DIR: join(folder.path, 'other') }, 'linux')).toBe('no');
});

test('versions are compared by number', () => {
  expect(isOlder('2.0.99', '2.1.0')).toBe(true);
  expect(isOlder('2.1.0', '2.1.0')).toBe(false);
  expect(isOlder('2.10.0', '2.9.9')).toBe(false);
  expect(isOlder('10.0.0', '2.1.0')).toBe(false);
});
