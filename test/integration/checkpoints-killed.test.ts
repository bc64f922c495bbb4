import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Task } from '../../src/contract/task/state.ts';
import { gitEntry } from '../../src/core/git/git-context.ts';
import { bearsEntry, processTable } from '../../src/core/process/process-table.ts';
import { drover, startDaemon, type TestDaemon } from '../support/daemon.ts';
import { createRepository, runGit } from '../support/repository.ts';
import { createTempFolder } from '../support/temp.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let data: string;
let daemon: TestDaemon | null = null;
afterEach(async () => {
  await daemon?.stop();
  await folder.remove();
  daemon = null;
});

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await drover(data, folder.path, [...args, '--json']);
  if (code !== 0) throw new Error(`drover ${args.join(' ')} exited with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Each git call that makes a checkpoint, by a word of it, and whether it is held before or after git has done it. */
const HELD = ['--ignore-errors', 'write-tree', 'refs/drover/checkpoints'].flatMap((word) =>
  ['before', 'after'].map((when) => ({ word, when })),
);

test('killed at any git call of a checkpoint: nothing is locked or left, and the task continues', async () => {
  folder = await createTempFolder();
  data = path.join(folder.path, 'data');
  const repository = await createRepository(folder.path);
  const [hold, began] = ['hold', 'began'].map((name) => path.join(folder.path, name));
  const program = path.join(folder.path, 'held-git');
  // Holds the call that the file names, once.
  const script = [
    '#!/bin/sh',
    `word=$(sed -n 1p '${hold}' 2>/dev/null); when=$(sed -n 2p '${hold}' 2>/dev/null)`,
    'case " $* " in *"$word"*) ;; *) word= ;; esac',
    `halt() { touch '${began}'; sleep 600; }`,
    '[ -n "$word" ] && [ "$when" = before ] && halt',
    'git "$@"; code=$?',
    '[ -n "$word" ] && [ "$when" = after ] && halt',
    'exit $code',
  ];
  await writeFile(program, `${script.join('\n')}\n`, { mode: 0o755 });
  daemon = await startDaemon(data, folder.path);
  await json('config', 'set', 'git.program', program);
  await json('project', 'add', repository.path, '--name', 'sample');
  await json('project', 'set', 'sample', '--setup', 'touch made-by-setup');

  for (const { word, when } of HELD) {
    await writeFile(hold ?? '', `${word}\n${when}\n`);
    const create = ['task', 'create', 'demo: instant', '--item', 'one', '--project', 'sample', '--agent', 'demo'];
    const { id } = await json<Task>(...create);
    await expect.poll(() => existsSync(began ?? ''), { timeout: 120_000, message: `${word} ${when}` }).toBe(true);
    await daemon.kill();
    await Promise.all([hold, began].map((file) => rm(file ?? '')));
    daemon = await startDaemon(data, folder.path);
    expect((await drover(data, folder.path, ['task', 'wait', id])).code).toBe(0);
    const { task } = await json<{ task: Task }>('task', 'show', id);
    const cwd = task.workspace?.path ?? '';
    const gitDir = await runGit(cwd, ['rev-parse', '--absolute-git-dir']);
    expect((await readdir(gitDir)).filter((name) => /\.lock$|index./.test(name))).toEqual([]);
    expect(await runGit(cwd, ['status', '--porcelain'])).toContain('?? made-by-setup');
    expect(await readdir(path.join(data, 'checkpoints'))).toEqual([]);
    const ours = processTable().filter(({ pid }) => bearsEntry(pid, gitEntry(data)));
    expect(ours).toEqual([]);
    const refs = (await repository.git('for-each-ref', '--format=%(refname:lstrip=4)', `refs/drover/checkpoints/${id}`))
      .split('\n')
      .filter(Boolean);
    // Whatever an event names, a ref keeps.
    const { stdout } = await drover(data, folder.path, ['task', 'diff', id, '--turn', '2.1', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ to: '2.1', cut: false });
    expect(refs).toContain(when === 'after' && word.startsWith('refs') ? '1.0' : '2.0');
  }
}, 600_000);
