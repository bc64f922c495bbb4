import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { locateProgram } from './locate-program.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.remove());

async function program(name: string): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, '#!/bin/sh\n', { mode: 0o755 });
  return path;
}

test('a program is the one that was chosen, else in the PATH, else where its installer puts it', async () => {
  const env = { PATH: join(folder.path, 'bin'), HOME: folder.path };
  const places = ['~/.claude/local/claude'];
  expect(locateProgram('claude', env, { places })).toBeNull();
  const local = await program('.claude/local/claude');
  expect(locateProgram('claude', env, { places })).toMatchObject({ program: local, before: [] });
  const inPath = await program('bin/claude');
  expect(locateProgram('claude', env, { places })).toEqual({ program: inPath, before: [], why: 'from the PATH' });

  const wrapper = await program('bin/mise');
  const where = 'the setting agent.claude.program';
  const chosen = (...argv: [string, ...string[]]) => locateProgram('claude', env, { chosen: { argv, where }, places });
  expect(chosen('mise', 'exec', '--', 'claude')).toEqual({
    program: wrapper,
    before: ['exec', '--', 'claude'],
    why: 'from the setting agent.claude.program',
  });
  expect(chosen('~/.claude/local/claude')).toMatchObject({ program: local });
  expect(chosen(local)).toMatchObject({ program: local });
  for (const wrong of ['gone', '/gone', 'bin/mise', `${local} --flag`]) expect(chosen(wrong)).toBeNull();
});
