import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claudeProgram } from '../../../../test/support/claude.ts';
import { createTempFolder } from '../../../../test/support/temp.ts';
import { locateClaude, probeClaude, readLogin } from './probe.ts';

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
    why: 'from the PATH',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    login: 'yes',
    problem: null,
    hint: null,
    remedy: null,
  });
});

test('no program', async () => {
  const found = await probeClaude(env);
  expect(found).toMatchObject({ available: false, program: null, version: null });
  expect(found.problem).toContain('not found');
  expect(found.hint).toContain('Install Claude Code');
  expect(found.hint).toContain(found.remedy ?? 'a remedy');
  expect(await probeClaude(env, { chosen: { where: 'the settings', argv: ['/nowhere/claude'] } })).toMatchObject({
    remedy: null,
  });
  await expect(locateClaude(env)).rejects.toMatchObject({ code: 'missing' });
});

test('one that is too old', async () => {
  await fakeClaude('echo "1.0.98 (Claude Code)"');
  const found = await probeClaude(env);
  expect(found).toMatchObject({ available: false, version: '1.0.98' });
  expect(found.problem).toContain('too old');
  expect(found).toMatchObject({ hint: expect.stringContaining('claude update'), remedy: 'claude update' });
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

test.each([
  ['a warning with a version on stderr', 'echo "mise WARN node 20.18.1 is out of date" >&2'],
  ['another warning with an old version', 'echo "(node:4711) DeprecationWarning: punycode 1.4.1 is deprecated" >&2'],
  ['words on stdout before everything', 'echo "Welcome to the company proxy 1.0.0"'],
  ['a line of JSON on stdout', `echo '{"level":"info","version":"0.9.9"}'`],
  ['many lines', 'for n in 1 2 3 4 5; do echo "$n.$n.$n"; done'],
])('a wrapper that prints %s has the version of what it starts', async (_, noise) => {
  await fakeClaude(`${noise}\necho "2.1.400 (Claude Code)"`);
  expect(await probeClaude(env)).toMatchObject({ available: true, version: '2.1.400' });
});

test('a program that is something else, or slow, is told so', async () => {
  await fakeClaude('echo "mise WARN node 20.18.1"');
  const other = await probeClaude(env);
  expect(other).toMatchObject({ available: false, version: null });
  expect(other.problem).toMatch(/--version` did not say that it is Claude Code: mise WARN/);
  await fakeClaude('exec /bin/sleep 60');
  const slow = await probeClaude(env, { timeoutMs: 300 });
  expect(slow.problem).toMatch(/did not answer within 0\.3 s; it may be a wrapper that is slow to start/);
});

test('one that was too old is asked again, though its file is the same', async () => {
  const version = join(folder.path, 'version');
  await writeFile(version, '1.0.98');
  await fakeClaude(`echo "$(/bin/cat ${version}) (Claude Code)"`);
  expect(await probeClaude(env)).toMatchObject({ available: false, version: '1.0.98' });
  await writeFile(version, '2.1.400');
  expect(await probeClaude(env)).toMatchObject({ available: true, version: '2.1.400' });
});

test('the one that was chosen, or the one of the older installer, is taken', async () => {
  const local = join(folder.path, '.claude', 'local', 'claude');
  await mkdir(join(local, '..'), { recursive: true });
  await writeFile(local, '#!/bin/sh\necho "2.1.401 (Claude Code)"\n', { mode: 0o755 });
  expect(await probeClaude(env)).toMatchObject({ program: local, version: '2.1.401' });
  await fakeClaude('test "$1 $2" = "exec claude" && echo "2.1.402 (Claude Code)"');
  const where = 'the setting agent.claude.program';
  const chosen = { argv: ['claude', 'exec', 'claude'] as [string, ...string[]], where };
  expect(await probeClaude(env, { chosen })).toMatchObject({ version: '2.1.402', why: `from ${where}` });
  const gone = await probeClaude(env, { chosen: { argv: ['/gone/claude'], where } });
  expect(gone.problem).toBe(`The program /gone/claude of ${where} was not found or cannot be executed.`);
});
