import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeDrover, type FakeDrover, NOON } from '../../../test/support/fake-drover.ts';
import { runCli } from '../../../test/support/run-cli.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '../../contract/attachment/state.ts';
import type { Leftover } from '../../contract/clean-up/state.ts';
import { MOST_BYTES, MOST_FILES } from '../input/read-attachment.ts';
import { placeAt } from './task/move.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let drover: FakeDrover;
beforeEach(async () => {
  temp = await createTempFolder();
  drover = await createFakeDrover(temp.path);
  await cli('project', 'add', temp.path, '--name', 'sample');
});
afterEach(async () => {
  await drover.stop();
  await temp.remove();
});

const cli = (...args: string[]) => runCli(args, { dataFolder: drover.dataFolder, cwd: temp.path });
const sent = (name: string) => drover.calls.findLast((call) => call.name === name)?.input as Record<string, unknown>;

describe('task create --attach', () => {
  it('brings the files before the task, whatever is in them', async () => {
    await writeFile(join(temp.path, 'a b.bin'), Buffer.from([0, 255, 10]));
    await writeFile(join(temp.path, 'empty'), '');
    const { code, stderr } = await cli(
      'task',
      'create',
      'Look',
      '--attach',
      'a b.bin',
      '--attach',
      join(temp.path, 'empty'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const added = drover.calls.flatMap(({ name, input }) => (name === 'attachments.add' ? [input] : []));
    expect(added).toEqual([
      { name: 'a b.bin', base64: 'AP8K' },
      { name: 'empty', base64: '' },
    ]);
    expect(sent('tasks.create').attachments).toEqual(['f00000001', 'f00000002']);
    expect((await cli('task', 'show', 'a00000001')).stdout).toMatch(/Files +.*a b\.bin\n/);
  });

  it('says what cannot be attached, and makes no task', async () => {
    await mkdir(join(temp.path, 'folder'));
    await writeFile(join(temp.path, 'large'), Buffer.alloc(MOST_BYTES + 1));
    for (const [path, words] of [
      ['gone', 'There is no file gone.'],
      ['folder', 'folder is a folder, not a file.'],
      ['large', 'large is larger than 10 MB, the most that can be attached.'],
    ] as const) {
      expect(await cli('task', 'create', 'Look', '--attach', path)).toEqual({
        code: 3,
        stdout: '',
        stderr: `drover: ${words}\n`,
      });
    }
    expect(sent('tasks.create')).toBeUndefined();
    expect([MOST_BYTES, MOST_FILES]).toEqual([MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS]);
  });
});

describe('task archive and move', () => {
  it('puts a task away and brings it back; lists leave it out until asked', async () => {
    await cli('task', 'create', 'One', '--draft');
    await cli('task', 'create', 'Two', '--draft');
    expect((await cli('task', 'archive', 'a00000001')).stdout).toBe('Task a00000001 is archived.\n');
    const listed = async (...args: string[]) =>
      (JSON.parse((await cli('task', 'list', '--json', ...args)).stdout) as { tasks: { id: string }[] }).tasks.map(
        ({ id }) => id,
      );
    expect(await listed()).toEqual(['a00000002']);
    expect(await listed('--archived')).toEqual(['a00000001']);
    expect((await cli('task', 'unarchive', 'a00000001')).stdout).toBe('Task a00000001 is back.\n');
    expect(await listed()).toEqual(['a00000002', 'a00000001']);
  });

  it('marks a task as done, and no longer', async () => {
    await cli('task', 'create', 'One', '--draft');
    expect((await cli('task', 'done', 'a00000001')).stdout).toBe('Task a00000001 is done.\n');
    expect((await cli('task', 'list')).stdout).toContain('Done');
    expect((await cli('task', 'undone', 'a00000001')).stdout).toBe('Task a00000001 is no longer marked as done.\n');
    expect((await cli('task', 'list')).stdout).not.toContain('Done');
  });

  it('moves a draft or queued task before another, to the front or to the end', async () => {
    for (const goal of ['One', 'Two', 'Three']) await cli('task', 'create', goal, '--draft');
    const order = () => [...drover.tasks.values()].sort((a, b) => a.rank - b.rank).map(({ title }) => title);
    expect((await cli('task', 'move', 'a00000003', '--before', 'a00000002')).code).toBe(0);
    expect(order()).toEqual(['One', 'Three', 'Two']);
    await cli('task', 'move', 'a00000001', '--last');
    expect(order()).toEqual(['Three', 'Two', 'One']);
    await cli('task', 'move', 'a00000001', '--first');
    expect(order()).toEqual(['One', 'Three', 'Two']);
    expect((await cli('task', 'move', 'a00000001')).stderr).toBe(
      'drover: Say where to: --first, --last, or --before with another task.\n',
    );
    expect((await cli('task', 'move', 'a00000001', '--before', 'a00000009')).stderr).toBe(
      'drover: Task a00000009 is neither a draft nor queued.\n',
    );
    expect(placeAt({}, [], 'last')).toEqual({ rank: 1 });
  });

  it('a place among tasks of another priority takes that priority', () => {
    const others = [
      { id: 'h', rank: 9, schedule: { priority: 'high' as const } },
      { id: 'n', rank: 1 },
      { id: 'm', rank: 3 },
      { id: 'l', rank: 0, schedule: { priority: 'low' as const } },
    ];
    expect(placeAt({}, others, 'first')).toEqual({ rank: 8, priority: 'high' });
    expect(placeAt({}, others, 'n')).toEqual({ rank: 0 });
    expect(placeAt({}, others, 'm')).toEqual({ rank: 2 });
    expect(placeAt({ schedule: { priority: 'high' } }, others, 'm')).toEqual({ rank: 2, priority: 'normal' });
    expect(placeAt({}, others, 'last')).toEqual({ rank: 1, priority: 'low' });
  });
});

it('pauses and resumes everything, and says who did when', async () => {
  expect((await cli('pause', '--log')).stderr).toBe('Never paused.\n');
  expect((await cli('pause')).stdout).toMatch(/^Paused: nothing starts/);
  expect(sent('pause.begin')).toMatchObject({ from: 'command-line', commandId: expect.any(String) });
  expect((await cli('status')).stdout).toMatch(/^Paused +Paused by you on the command line, now$/m);
  expect((await cli('resume')).stdout).toBe('Resumed.\n');
  expect((await cli('unpause')).stdout).toBe('Resumed.\n');
  expect(sent('pause.end')).toMatchObject({ from: 'command-line' });
  expect((await cli('pause', '--log')).stdout).toMatch(/ {2}Resumed by you on the command line\n.* {2}Paused by you/);
});

it('project branches lists what there is to begin from, and says when there is more', async () => {
  drover.branches.push(
    { name: 'main', kind: 'local', current: true, committedAt: NOON },
    { name: 'evil\u001b[31m', kind: 'tag', current: false, committedAt: NOON },
  );
  const { stdout, stderr } = await cli('project', 'branches', 'sample', '--limit', '1');
  expect(stdout).toMatch(/^NAME +KIND +AGE\nmain \(checked out\) +local +\d+ d\n$/);
  expect(stderr).toBe('There are older ones: --search or --limit finds them.\n');
  expect((await cli('project', 'branches', 'sample', '--search', 'evil')).stdout).not.toContain('\u001b');
  expect(sent('projects.branches')).toEqual({ projectId: 'p00000001', search: 'evil', limit: 50 });
});

it('workspace open opens on the desktop of whoever types it, and says where', async () => {
  const noted = join(temp.path, 'noted');
  const program = async (name: string) => {
    const file = join(temp.path, name);
    await writeFile(file, `#!/bin/sh\necho "${name} $PWD $*" >> '${noted}'\n`, { mode: 0o755 });
    return file;
  };
  const [editor, terminal] = [await program('my-editor'), await program('x-terminal-emulator')];
  const setting = { default: null, words: '' };
  drover.settings.push({ key: 'desktop.editor', value: [editor, '--new'], ...setting });
  drover.settings.push({ key: 'desktop.terminal', value: null, ...setting });
  const screen = { DISPLAY: ':7', PATH: temp.path };
  const there = (...args: string[]) => runCli(args, { dataFolder: drover.dataFolder, cwd: '/', env: screen });
  drover.workspaces.push({
    id: 'a00000001-1',
    taskId: 'a00000001',
    projectId: 'p00000001',
    path: temp.path,
    branch: 'drover/one',
    baseBranch: 'main',
    baseCommit: '0'.repeat(40),
    createdAt: NOON,
    state: 'ready',
    kept: null,
    condition: 'clean',
    problem: null,
    uncommitted: 0,
    fork: '0'.repeat(40),
    ahead: 0,
    merged: true,
    landed: null,
    checkedOut: null,
    branchCommit: null,
    elsewhere: [],
    stashes: 0,
    notHeld: [],
    diff: { files: 0, insertions: 0, deletions: 0, uncounted: 0 },
  });
  expect((await there('workspace', 'open', 'a00000001-1')).stdout).toBe(`Opened ${temp.path} in my-editor.\n`);
  const second = await there('workspace', 'open', 'a00000001-1', '--in', 'terminal', '--json');
  expect(JSON.parse(second.stdout)).toEqual({ words: `Opened ${temp.path} in the terminal.` });
  expect(await readFile(noted, 'utf8')).toBe(
    `my-editor ${temp.path} --new ${temp.path}\nx-terminal-emulator ${temp.path} \n`,
  );
  expect(terminal).toContain('x-terminal-emulator');
  expect((await cli('workspace', 'open', 'a00000001-1')).stderr).toBe(
    `drover: Drover has no screen here to open ${temp.path} on.\n`,
  );
  expect(sent('workspaces.open')).toBeUndefined();
  expect((await cli('workspace', 'open', 'a00000001-1', '--in', 'fridge')).code).toBe(3);
});

it('data and backup tell sizes and places', async () => {
  const { stdout } = await cli('data');
  expect(stdout).toContain('too many files to measure');
  expect(stdout).toMatch(/Database +2\.0 MB\n/);
  await writeFile(join(temp.path, 'xdg-open'), '#!/bin/sh\n', { mode: 0o755 });
  const env = { DISPLAY: ':7', PATH: temp.path };
  expect((await runCli(['data', '--open'], { dataFolder: drover.dataFolder, env })).stdout).toBe(
    `Opened ${drover.dataFolder} in the file manager.\n`,
  );
  expect(sent('data.open')).toBeUndefined();
  expect((await cli('backup')).stdout).toBe(
    `Wrote ${join(drover.dataFolder, 'backups', 'drover-2.sqlite')} (2.0 MB).\n`,
  );
});

describe('clean', () => {
  const leftover: Leftover = {
    kind: 'workspace',
    id: 'a00000001-1',
    taskId: 'a00000001',
    projectId: 'p00000001',
    title: 'Merged work',
    name: 'drover/merged-work',
    lastChange: Date.now() - 3 * 24 * 60 * 60 * 1000,
    bytes: null,
    terminals: 0,
    stays: null,
  };
  const open: Leftover = { ...leftover, id: 'a00000002-1', stays: { why: 'unmerged', count: 2, named: '' } };
  beforeEach(() => {
    drover.leftovers.splice(0, drover.leftovers.length, leftover, open);
    drover.calls.length = 0;
  });
  const names = () => drover.calls.map(({ name }) => name);

  it('only shows what would go and what stays, with sizes, unless --yes is given', async () => {
    const { code, stdout, stderr } = await cli('clean');
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'Can be removed: 1, 1.5 MB',
        'ID           WHAT         SIZE  CHANGED  TASK',
        'a00000001-1  workspace  1.5 MB      3 d  Merged work',
        '',
        'Stays: 1, 1.5 MB',
        'ID           WHAT         SIZE  CHANGED  WHY',
        'a00000002-1  workspace  1.5 MB      3 d  2 commits not merged',
        '',
        'sample: 3.0 MB',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('Nothing was removed. --yes removes it.\n');
    await cli('clean', '--dry-run');
    expect(names()).not.toContain('cleanUp.remove');
    const both = await cli('clean', '--dry-run', '--yes');
    expect([both.code, both.stderr]).toEqual([3, 'drover: --yes and --dry-run say the opposite.\n']);
  });

  it('removes with --yes what may go, and asks for what was named', async () => {
    const { stdout } = await cli('clean', '--yes', '--older-than', '30', '--outputs', '--terminals');
    expect(stdout).toBe('a00000001-1  workspace removed, 1.5 MB\n');
    const sent = (name: string) => drover.calls.findLast((call) => call.name === name)?.input;
    expect(sent('cleanUp.preview')).toEqual({ olderThanDays: 30, kinds: ['workspace', 'outputs', 'terminal'] });
    expect(sent('cleanUp.remove')).toEqual({ leftovers: [{ kind: 'workspace', id: 'a00000001-1' }] });
    drover.calls.length = 0;
    const kept = await cli('clean', '--yes', 'a00000002-1');
    expect([kept.stdout, kept.stderr]).toEqual(['', 'There is nothing to remove.\n']);
    expect(names()).not.toContain('cleanUp.remove');
    const unknown = await cli('clean', 'a00000009-1');
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('has the id “a00000009-1”')]);
    expect(JSON.parse((await cli('clean', '--json')).stdout)).toHaveLength(2);
  });
});
