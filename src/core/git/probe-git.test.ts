import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { probeGit } from './probe-git.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.remove());

it('finds the git of this machine', async () => {
  expect(await probeGit()).toEqual({ version: expect.stringMatching(/^\d+\.\d+/), problem: null, hint: null });
});

it('says what to do when there is none', async () => {
  const probe = await probeGit({ PATH: folder.path });
  expect(probe.version).toBeNull();
  expect(probe.problem).toContain('git cannot be started');
  expect(probe.hint).toContain('Install git');
});

it('says that one is old', async () => {
  const program = join(folder.path, 'git');
  await writeFile(program, '#!/bin/sh\necho git version 2.30.2\n');
  await chmod(program, 0o755);
  const probe = await probeGit({ PATH: folder.path });
  expect(probe).toMatchObject({ version: '2.30.2', problem: expect.stringContaining('2.38') });
});
