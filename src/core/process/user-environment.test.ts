import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { CLAUDE_VARIABLES } from '../backends/claude/variables.ts';
import type { ChosenProgram } from './locate-program.ts';
import { runForUser } from './run-for-user.ts';
import { createUserEnvironment, type UserEnvironment, type UserEnvironmentOptions } from './user-environment.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let open: UserEnvironment[] = [];
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(async () => {
  for (const environment of open) environment.close();
  open = [];
  await folder.remove();
});

const PATH = process.env.PATH ?? '';
const LONG = [3_600_000];

/** A login shell that sets what the file `set` says, is stuck while there is a file `slow`, and notes that it was asked. */
async function start(times: UserEnvironmentOptions['times']) {
  const shell = join(folder.path, 'sh');
  const file = (name: string) => join(folder.path, name);
  const body = `cd ${folder.path}; echo >> asked; test -e slow && sleep 60; . ./set; eval "$2"`;
  await writeFile(file('set'), '');
  await writeFile(shell, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  const warnings: string[] = [];
  const own = { PATH, SHELL: shell, CLAUDECODE: '1', KEEP: '1' };
  const environment = createUserEnvironment({
    own,
    agents: [CLAUDE_VARIABLES],
    warn: (words) => warnings.push(words),
    times,
  });
  open.push(environment);
  return {
    environment,
    warnings,
    set: (text: string) => writeFile(file('set'), `${text}\n`),
    slow: () => writeFile(file('slow'), ''),
    fast: () => rm(file('slow')),
  };
}

test('one answer is good until something is missing, and what an outer session left is not in it', async () => {
  const { environment, set } = await start({ freshMs: 0 });
  const first = await environment();
  expect(first).toMatchObject({ KEEP: '1' });
  expect(first).not.toHaveProperty('CLAUDECODE');
  await set('export NEW=1 CLAUDE_CODE_ENABLE_AUTO_MODE=1 CLAUDE_CODE_MAX_RETRIES=3');
  expect(await environment()).toBe(first);
  expect(await environment.again()).toBe(true);
  expect(await environment()).toMatchObject({ NEW: '1', CLAUDE_CODE_MAX_RETRIES: '3' });
  expect(await environment()).not.toHaveProperty('CLAUDE_CODE_ENABLE_AUTO_MODE');
  expect(await environment.again()).toBe(false);
});

test('a shell that was too slow once is asked again by itself', async () => {
  const { environment, warnings, slow, fast, set } = await start({
    firstLookMs: 200,
    laterLookMs: 2000,
    delaysMs: [300, 50],
  });
  await slow();
  expect(await environment()).toMatchObject({ KEEP: '1' });
  expect(environment.isOwn()).toBe(true);
  expect(environment.problem()).toMatch(/^Your login shell took longer than 200 ms/);
  await set('export NEW=1');
  await fast();
  await expect.poll(environment, { timeout: 15_000 }).toMatchObject({ NEW: '1' });
  expect([environment.problem(), environment.isOwn()]).toEqual([null, false]);
  expect(warnings).toEqual([expect.stringMatching(/took longer/)]);
});

test('it is asked with more patience when a program is missing, and what it said before is kept', async () => {
  const { environment, slow, fast, set } = await start({
    firstLookMs: 200,
    laterLookMs: 20_000,
    delaysMs: LONG,
    freshMs: 0,
  });
  await slow();
  await environment();
  await fast();
  await set('sleep 0.3; export NEW=1');
  expect(await environment.again()).toBe(true);
  expect(environment.problem()).toBeNull();
  const impatient = await start({ firstLookMs: 20_000, laterLookMs: 200, delaysMs: LONG, freshMs: 0 });
  await impatient.set('export NEW=1');
  await impatient.environment();
  await impatient.slow();
  expect(await impatient.environment.again()).toBe(false);
  expect(await impatient.environment()).toMatchObject({ NEW: '1' });
  expect([impatient.environment.isOwn(), impatient.environment.problem()]).toEqual([false, expect.any(String)]);
});

test('a command whose program the shell knows only now is run; else the shell is named as the cause', async () => {
  const { environment, slow, fast, set } = await start({
    firstLookMs: 200,
    laterLookMs: 400,
    delaysMs: LONG,
    freshMs: 0,
  });
  const run = (program: string) =>
    runForUser(environment, { argv: [program], cwd: folder.path, timeoutMs: 20_000, maxOutputBytes: 1024 });
  await writeFile(join(folder.path, 'tool'), '#!/bin/sh\necho it runs\nmissing-tool', { mode: 0o755 });
  await slow();
  const missing = await run('tool');
  expect(missing).toMatchObject({ exitCode: null, isMissing: true });
  expect(missing.problem).toMatch(/tool was not found.* Your login shell took longer than 400 ms/);
  expect((await run(join(folder.path, 'tool'))).output).toMatch(/it runs[\s\S]*Your login shell took longer/);
  await set(`export PATH="${folder.path}:$PATH"`);
  await fast();
  expect(await run('tool')).toMatchObject({ exitCode: 127, problem: null });
});

test('the shell that a person chose is asked, also when it is another from now on', async () => {
  const { environment: _, set } = await start({});
  await set('export NEW=1');
  let chosen: ChosenProgram | null = null;
  const own = { PATH: `${folder.path}:${PATH}`, SHELL: '/bin/false' };
  const environment = createUserEnvironment({
    own,
    agents: [],
    shell: () => chosen,
    warn: () => {},
    times: { delaysMs: LONG },
  });
  open.push(environment);
  expect(await environment()).not.toHaveProperty('NEW');
  chosen = { argv: ['sh'], where: 'the setting shell.program' };
  expect(await environment()).toMatchObject({ NEW: '1' });
  chosen = { argv: ['/gone/fish'], where: 'the setting shell.program' };
  expect(await environment()).not.toHaveProperty('NEW');
  expect(environment.problem()).toBe(
    'The program /gone/fish of the setting shell.program was not found or cannot be executed.',
  );
});
