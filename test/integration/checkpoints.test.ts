import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TaskEvent } from '../../src/contract/task/events.ts';
import { PERSON } from '../../src/core/core-api.ts';
import { createHost, must, type TestHost } from '../support/host.ts';
import { runGit } from '../support/repository.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';

let drover: TestHost;
afterEach(() => drover.remove());

const MANY = { timeout: 120_000 };

/** A host whose agent plays these turns, one after the other, in the folder of the workspace; then nothing more. */
async function hostOf(...turns: ((cwd: string) => Promise<unknown>)[]): Promise<void> {
  const played = new Map<string, number>();
  const agent = createScriptedBackend('scripted', async ({ cwd, taskId }) => {
    const turn = played.get(taskId) ?? 0;
    played.set(taskId, turn + 1);
    await turns[turn]?.(cwd);
    return YIELDED;
  });
  drover = await createHost({ backends: [agent], files: { 'a.txt': 'one\n', '.gitignore': 'ignored\n' } });
}

/** A task with as many turns as it may be sent back, and one more. */
async function ended(maxRetries: number, checks: string[][] = []) {
  const { id } = await drover.create({
    ...{ goal: 'Change files.', items: [{ text: 'Never done' }], agent: { agent: 'scripted' }, autonomy: 'auto' },
    ...{ limits: { maxRetries }, checks },
  });
  return drover.settled(id);
}

const calls = () => drover.core.api.checkpoints;
const list = async (taskId: string) => must(await calls().list({ taskId }, PERSON));
const names = async (taskId: string) => (await list(taskId)).map(({ name, changed }) => (changed ? `${name}*` : name));
const changes = async (taskId: string, to: string, from?: string) =>
  must(await calls().changes({ taskId, to, ...(from ? { from } : {}) }, PERSON)).files.map(
    ({ path, status }) => `${status} ${path}`,
  );
const refs = async () =>
  (await drover.repository.git('for-each-ref', '--format=%(refname)', 'refs/drover')).split('\n').filter(Boolean);
const events = async (taskId: string): Promise<TaskEvent[]> => (await drover.log(taskId)).map(({ event }) => event);

test('what each turn has changed is kept, and can be asked for, also when the workspace is gone', MANY, async () => {
  await hostOf(
    async (cwd) => {
      await writeFile(join(cwd, 'new\n"file"'), 'x\n');
      await writeFile(join(cwd, 'ignored'), 'secret\n');
    },
    async () => {},
    async (cwd) => {
      await writeFile(join(cwd, 'a.txt'), 'two\n');
      await runGit(cwd, ['add', '--all']);
      await runGit(cwd, ['commit', '--quiet', '--message', 'Theirs']);
      await rm(join(cwd, 'new\n"file"'));
    },
  );
  const { id: taskId, workspace } = await ended(2);
  expect(await names(taskId)).toEqual(['1.0', '1.1*', '1.2', '1.3*']);
  const look = async () => {
    expect(await changes(taskId, '1.1')).toEqual(['added new\n"file"']);
    expect(await changes(taskId, '1.2')).toEqual([]);
    expect(await changes(taskId, '1.3')).toEqual(['modified a.txt', 'deleted new\n"file"']);
    expect(await changes(taskId, '1.3', '1.0')).toEqual(['modified a.txt']);
    expect(await changes(taskId, '1.0', '1.3')).toEqual(['modified a.txt']);
    const diff = must(await calls().fileDiff({ taskId, to: '1.3', path: 'a.txt' }, PERSON));
    expect(diff.files[0]?.hunks[0]?.lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'removed one',
      'added two',
    ]);
    const { text } = must(await calls().text({ taskId, to: '1.3' }, PERSON));
    expect(text).toContain('diff --git a/a.txt b/a.txt\n');
    expect(text).toContain('-one\n+two\n');
  };
  await look();
  // A turn that changed nothing has no ref of its own.
  expect(await refs()).toEqual(['1.0', '1.1', '1.3'].map((name) => `refs/drover/checkpoints/${taskId}/${name}`));
  expect(await drover.repository.git('log', '--all', '--format=%s')).toBe('Theirs\nBegin');
  expect(await readdir(join(drover.dataFolder, 'checkpoints'))).toEqual([]);
  expect(existsSync(join(workspace?.path ?? '', 'ignored'))).toBe(true);

  must(await drover.core.api.workspaces.remove({ workspaceId: workspace?.id ?? '', discard: true }, PERSON));
  await drover.close();
  await drover.reopen();
  await look();

  must(await drover.core.api.tasks.remove({ taskId, keepWorkspace: true }, PERSON));
  await expect.poll(refs, MANY).toEqual([]);
});

test('what a person changes between two runs is no change of a turn', MANY, async () => {
  await hostOf(
    (cwd) => writeFile(join(cwd, 'one'), '1\n'),
    (cwd) => writeFile(join(cwd, 'two'), '2\n'),
  );
  const { id: taskId, workspace } = await ended(0);
  await writeFile(join(workspace?.path ?? '', 'mine'), 'm\n');
  must(await drover.core.api.tasks.resume({ taskId }, PERSON));
  await drover.event(taskId, 'run.settled', ({ runId }) => runId.endsWith('.2'));
  expect(await names(taskId)).toEqual(['1.0', '1.1*', '2.0*', '2.1*']);
  expect(await changes(taskId, '2.0')).toEqual(['added mine']);
  expect(await changes(taskId, '2.1')).toEqual(['added two']);
  expect(await changes(taskId, '2.1', '1.1')).toEqual(['added mine', 'added two']);
  for (const [to, from] of [
    ['1.0', undefined],
    ['1.7', undefined],
    ['2.1', '3.1'],
  ] as const) {
    const refused = await calls().changes({ taskId, to, ...(from ? { from } : {}) }, PERSON);
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
  }
});

test('what a check changes is no change of a turn', MANY, async () => {
  await hostOf((cwd) => writeFile(join(cwd, 'one'), '1\n'));
  const write = ['node', '-e', "require('fs').writeFileSync('built', 'x')"];
  const { id } = await drover.create({
    ...{ goal: 'Change files.', agent: { agent: 'scripted' }, autonomy: 'auto', checks: [write] },
  });
  await drover.settled(id);
  expect(await names(id)).toEqual(['1.0', '1.1*', '1.1+*']);
  expect(await changes(id, '1.1')).toEqual(['added one']);
  expect(await changes(id, '1.1+')).toEqual(['added built']);
});

test('the next turn begins when the checkpoint of the one before is made', MANY, async () => {
  const turns = Array.from({ length: 4 }, (_, turn) => (cwd: string) => writeFile(join(cwd, `turn-${turn}`), ''));
  await hostOf(...turns);
  const { id } = await ended(3);
  const order = (await events(id)).flatMap((event) =>
    event.type === 'checkpoint.made' || event.type === 'turn.requested' ? [event.type] : [],
  );
  const turn = ['turn.requested', 'checkpoint.made'];
  expect(order).toEqual(['checkpoint.made', ...turn, ...turn, ...turn, ...turn]);
  for (const n of [1, 2, 3, 4]) expect(await changes(id, `1.${n}`)).toEqual([`added turn-${n - 1}`]);
});

test('a run does without checkpoints that cannot be made, and says so once', MANY, async () => {
  await hostOf(
    (cwd) => writeFile(join(cwd, 'x.odd'), '1\n'),
    (cwd) => writeFile(join(cwd, 'x.odd'), '2\n'),
  );
  await drover.repository.git('config', 'filter.odd.clean', 'false');
  await drover.repository.git('config', 'filter.odd.required', 'true');
  await mkdir(join(drover.repository.path, '.git', 'info'), { recursive: true });
  await writeFile(join(drover.repository.path, '.git', 'info', 'attributes'), '*.odd filter=odd\n');
  const { id, outcome } = await ended(1);
  expect(outcome?.code).toBe('retries-spent');
  expect(await names(id)).toEqual(['1.0']);
  const notices = (await events(id)).flatMap((event) => (event.type === 'notice.recorded' ? [event] : []));
  expect(notices.filter(({ code }) => code === 'no-checkpoint')).toHaveLength(1);
});

test('a stop does not wait for a checkpoint that hangs, and nothing of it is left', MANY, async () => {
  await hostOf((cwd) => writeFile(join(cwd, 'x.odd'), '1\n'));
  const began = join(drover.dataFolder, 'filter-began');
  await drover.repository.git('config', 'filter.odd.clean', `touch '${began}'; sleep 600`);
  await writeFile(join(drover.repository.path, '.git', 'info', 'attributes'), '*.odd filter=odd\n');
  const { id } = await drover.create({ goal: 'Change.', items: [{ text: 'x' }], agent: { agent: 'scripted' } });
  await expect.poll(() => existsSync(began), MANY).toBe(true);
  must(await drover.core.api.tasks.stop({ taskId: id }, PERSON));
  const { status, workspace } = await drover.settled(id);
  expect(status).toBe('cancelled');
  expect(await names(id)).toEqual(['1.0']);
  expect(await readdir(join(drover.dataFolder, 'checkpoints'))).toEqual([]);
  const gitDir = await runGit(workspace?.path ?? '', ['rev-parse', '--git-dir']);
  expect((await readdir(gitDir)).filter((name) => name.endsWith('.lock'))).toEqual([]);
});
