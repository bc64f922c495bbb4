import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { loginEnvironment } from './login-shell.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.remove());

const PATH = process.env.PATH ?? '';

async function shell(name: string, script: string): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

/** What a real bash answers whose start-up files are these. */
async function bash(profile: string, rc?: string) {
  await writeFile(join(folder.path, '.bash_profile'), profile);
  if (rc !== undefined) await writeFile(join(folder.path, '.bashrc'), rc);
  return loginEnvironment({
    env: { HOME: folder.path, PATH, SHELL: '/bin/bash', PWD: '/somewhere' },
    timeoutMs: 20_000,
  });
}

test('reads what the start-up files of a real shell set, whatever they print', async () => {
  const set = `export TWO=$'a\\nb=c' PATH="/from/profile:$PATH" DROVER_HOME=kept`;
  const { environment, isRead, problem } = await bash(`env; echo noise; echo more >&2; ${set}\n`);
  expect(environment).toMatchObject({ HOME: folder.path, TWO: 'a\nb=c', DROVER_HOME: 'kept', PWD: '/somewhere' });
  expect(environment.PATH).toMatch(/^\/from\/profile:/);
  expect(Object.keys(environment)).not.toContain('DROVER_MARK');
  expect(Object.keys(environment)).not.toContain('DROVER_COMMAND');
  expect([isRead, problem]).toEqual([true, null]);
});

test.each([
  ['ask for input', 'read -p "Which one? " answer; export SET=1'],
  ['stop at a failing command', 'set -e; export SET=1; false || true'],
  ['leave an alias for env', 'alias env="echo no"; alias printf="echo no"; export SET=1'],
  ['end in a failure', 'export SET=1; false'],
])('start-up files that %s are read', async (_, profile) => {
  expect(await bash(profile)).toMatchObject({ environment: { SET: '1' }, problem: null });
});

test('a shell that starts another in its place is asked without a terminal', async () => {
  const rc = 'case $- in *i*) exec /bin/false;; esac';
  const found = await bash('export FROM_PROFILE=1; . "$HOME/.bashrc"', rc);
  expect(found).toMatchObject({ environment: { FROM_PROFILE: '1' }, isRead: true });
  expect(found.problem).toMatch(
    /^Your login shell ended without an answer, exit 1 \(\/bin\/bash\): .*without a terminal/,
  );
});

test.each(['/bin/dash', '/bin/zsh', '/usr/bin/fish', '/bin/csh', '/usr/bin/tcsh', '/bin/ksh'].filter(existsSync))(
  'reads the environment of %s',
  async (path) => {
    const env = { HOME: folder.path, PATH, KEEP: 'a b\n"c"' };
    const found = await loginEnvironment({ shell: path, env, timeoutMs: 20_000 });
    expect(found).toMatchObject({ environment: { KEEP: env.KEEP }, isRead: true, problem: null });
  },
);

test('passes constant arguments, and to a shell it does not know one program to run', async () => {
  const known = await shell('sh', `echo "$# $1" >&2; eval "$2"`);
  const env = { PATH, X: '$(touch x); "' };
  expect((await loginEnvironment({ shell: known, env })).environment.X).toBe(env.X);
  const other = await shell('elvish', `case "$2" in "/bin/sh -c '"*"'") eval "$2";; *) exit 3;; esac`);
  expect((await loginEnvironment({ shell: other, env })).environment.X).toBe(env.X);
});

test.each([
  ['fails', 'exit 9', /ended without an answer, exit 9: .*start-up files.*\(.*fails\)/],
  [
    'hangs',
    'sleep 60',
    /^Your login shell took longer than 300 ms to start \(.*hangs\), so what it sets, such as PATH,/,
  ],
  ['prints nothing of use', 'echo hello', /ended without an answer, exit 0/],
])('says why when the shell %s, and gives what there is', async (name, script, words) => {
  const env = { PATH, KEEP: '1' };
  const found = await loginEnvironment({
    shell: await shell(name.replaceAll(' ', '-'), script),
    env,
    timeoutMs: name === 'hangs' ? 300 : 5000,
  });
  expect(found).toEqual({ environment: env, isRead: false, problem: expect.stringMatching(words) });
});

test('says so when there is no such shell', async () => {
  const gone = await loginEnvironment({ env: { PATH, SHELL: join(folder.path, 'gone') } });
  expect(gone.problem).toMatch(/cannot be started/);
  expect((await loginEnvironment({ env: { PATH, SHELL: 'bash' } })).problem).toMatch(/whole path/);
});

test('is skipped without a shell, and by DROVER_LOGIN_ENV=0', async () => {
  const own = { isRead: false, problem: null };
  expect(await loginEnvironment({ env: { PATH } })).toEqual({ ...own, environment: { PATH } });
  const env = { PATH, SHELL: await shell('never', `touch ${join(folder.path, 'ran')}`), DROVER_LOGIN_ENV: '0' };
  expect(await loginEnvironment({ env })).toEqual({ ...own, environment: env });
});
