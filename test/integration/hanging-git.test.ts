import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { gitEntry } from '../../src/core/git/git-context.ts';
import { bearsEntry, processTable } from '../../src/core/process/process-table.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { until } from '../support/until.ts';

let drover: TestHost;
afterEach(() => drover.remove());

/** A host with two drafts, where a person waits half a second at most, and whose git hangs for ever at the call that has `words` among its arguments. */
async function hostWith(words: string) {
  drover = await createHost({ times: { stopGraceMs: 200, gitAnswerMs: 500, gitLookMs: 500 } });
  const drafts = [await drover.create({ goal: 'Do it.' }, false), await drover.create({ goal: 'And that.' }, false)];
  const program = path.join(drover.dataFolder, '..', 'git-that-hangs');
  const script = `#!/bin/sh
case "$*" in *"${words}"*) : > "$0.hangs"; exec sleep 600 ;; esac
exec git "$@"
`;
  await writeFile(program, script, { mode: 0o755 });
  must(await drover.core.api.settings.set({ key: 'git.program', value: [program] }, USER));
  const sign = `${program}.hangs`;
  /** Starts a draft; resolves when its git hangs. */
  async function begin(taskId: string): Promise<void> {
    must(await drover.core.api.tasks.start({ taskId }, USER));
    await until(() => existsSync(sign), 'git to hang');
    await rm(sign);
  }
  return { begin, ids: drafts.map(({ id }) => id) };
}

const gitOfHost = () => {
  const entry = gitEntry(drover.dataFolder);
  return processTable().filter(({ pid }) => bearsEntry(pid, entry));
};

describe.skipIf(process.platform !== 'linux')('a git that hangs', () => {
  test.each([
    ['while the base is looked up', 'rev-parse --revs-only', 'cancelled'],
    ['while the default branch is looked up', 'refs/remotes/origin/HEAD', 'cancelled'],
    ['while the work of a finished run is looked at', 'ls-files --stage', 'completed'],
  ])(
    '%s holds neither a stop nor the end of Drover',
    async (_, words, status) => {
      const { begin, ids } = await hostWith(words);
      const [first = '', second = ''] = ids;
      await begin(first);
      must(await drover.core.api.tasks.stop({ taskId: first }, USER));
      expect(await drover.settled(first)).toMatchObject({ status });
      await begin(second);
      await drover.close();
      expect(gitOfHost()).toEqual([]);
    },
    60_000,
  );

  test('does not keep a person waiting who makes or edits a task', async () => {
    const { ids } = await hostWith('rev-parse --revs-only');
    const { tasks } = drover.core.api;
    const refused = {
      ok: false,
      rejection: {
        code: 'unavailable',
        message: `Git cannot work in ${drover.repository.path}: Git did not finish within 1 s, so it was ended.`,
      },
    };
    expect(await tasks.create({ projectId: drover.projectId, goal: 'One more.' }, USER)).toMatchObject(refused);
    expect(await tasks.edit({ taskId: ids[0] ?? '', edit: { base: 'main' } }, USER)).toMatchObject(refused);
    expect(gitOfHost()).toEqual([]);
  });

  test('does not keep a person waiting who looks at the branches of a project', async () => {
    await hostWith('for-each-ref');
    const { projectId } = drover;
    expect(await drover.core.api.projects.branches({ projectId, limit: 10 }, USER)).toMatchObject({
      ok: false,
      rejection: {
        message: expect.stringMatching(/ cannot be read: Git did not finish within 1 s, so it was ended\.$/),
      },
    });
    expect(gitOfHost()).toEqual([]);
  });
});
