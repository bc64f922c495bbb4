import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { agentEnvironment, loginEnvironment } from './environment.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  folder = await createTempFolder();
});
afterAll(() => folder.remove());

const PATH = process.env.PATH ?? '';

async function shell(name: string, script: string): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

describe('loginEnvironment', () => {
  test('reads what the start-up files of a real shell set, whatever they print', async () => {
    await writeFile(
      join(folder.path, '.bash_profile'),
      `env; echo noise; export TWO=$'a\\nb=c' PATH="/from/profile:$PATH" DROVER_HOME=kept\n`,
    );
    const env = { HOME: folder.path, PATH, SHELL: '/bin/bash', PWD: '/somewhere' };
    const found = await loginEnvironment({ env });
    expect(found).toMatchObject({ HOME: folder.path, TWO: 'a\nb=c', DROVER_HOME: 'kept', PWD: '/somewhere' });
    expect(found.PATH).toMatch(/^\/from\/profile:/);
    expect(Object.keys(found)).not.toContain('DROVER_MARK');
    expect(Object.keys(found)).not.toContain('DROVER_COMMAND');
  });

  test('passes constant arguments', async () => {
    const path = await shell('prints', `echo "$# $1" >&2; eval "$2"`);
    const found = await loginEnvironment({ shell: path, env: { PATH, X: '$(touch x); "' } });
    expect(found.X).toBe('$(touch x); "');
  });

  test.each([
    ['fails', 'exit 9', /exit 9/],
    ['hangs', 'sleep 60', /no answer within 300 ms/],
    ['prints nothing of use', 'echo hello', /exit 0/],
  ])('falls back with words when the shell %s', async (name, script, words) => {
    const env = { PATH, KEEP: '1' };
    const warnings: string[] = [];
    const found = await loginEnvironment({
      shell: await shell(name.replaceAll(' ', '-'), script),
      env,
      timeoutMs: name === 'hangs' ? 300 : 5000,
      warn: (text) => warnings.push(text),
    });
    expect(found).toEqual(env);
    expect(warnings).toEqual([expect.stringMatching(words)]);
  });

  test('is skipped without a shell, and by DROVER_LOGIN_ENV=0', async () => {
    expect(await loginEnvironment({ env: { PATH } })).toEqual({ PATH });
    const env = { PATH, SHELL: await shell('never', `touch ${join(folder.path, 'ran')}`), DROVER_LOGIN_ENV: '0' };
    expect(await loginEnvironment({ env, warn: () => expect.unreachable() })).toEqual(env);
    expect(await loginEnvironment({ env: { SHELL: 'bash' } })).toEqual({ SHELL: 'bash' });
  });
});

test('agentEnvironment keeps what the user set and drops what belongs to others', () => {
  const kept = {
    PATH: '/bin',
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_BASE_URL: 'http://x',
    CLAUDE_CONFIG_DIR: '/c',
    CLAUDE_CODE_USE_BEDROCK: '1',
    CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: '1',
    CLAUDE_CODE_EXTRA_BODY: '{}',
    NODE_OPTIONS: '--max-old-space-size=4096',
    npm_config_registry: 'http://registry.test',
    GIT_SSH_COMMAND: 'ssh',
    NPM_TOKEN: 'n',
  };
  const dropped = {
    CLAUDECODE: '1',
    CLAUDE_CODE_ENABLE_AUTO_MODE: '1',
    DROVER_TOKEN: 'secret',
    ELECTRON_RUN_AS_NODE: '1',
    GIT_DIR: '/g',
    GIT_WORK_TREE: '/w',
    GIT_INDEX_FILE: '/i',
    UNSET: undefined,
  };
  const here = { NO_PROXY: '127.0.0.1,localhost,::1', no_proxy: '127.0.0.1,localhost,::1' };
  expect(agentEnvironment({ ...kept, ...dropped }, { DROVER_TASK: 'a1' })).toEqual({
    ...kept,
    ...here,
    DROVER_TASK: 'a1',
  });
});
