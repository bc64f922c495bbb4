import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeDrover, type FakeDrover } from '../../test/support/fake-drover.ts';
import { type CliOptions, runCli } from '../../test/support/run-cli.ts';
import { createTempFolder } from '../../test/support/temp.ts';
import type { Task } from '../contract/task/state.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let drover: FakeDrover;

beforeAll(async () => {
  temp = await createTempFolder();
  drover = await createFakeDrover(temp.path);
});
afterAll(async () => {
  await drover.stop();
  await temp.remove();
});

beforeEach(async () => {
  drover.tasks.clear();
  drover.events.length = 0;
  drover.projects.length = 0;
  drover.calls.length = 0;
  await cli(['project', 'add', temp.path, '--name', 'sample']);
  drover.calls.length = 0;
});
afterEach(() => {
  drover.refusals.clear();
  drover.taskTokens.clear();
  drover.onStart = null;
});

function cli(args: readonly string[], options: Partial<CliOptions> = {}) {
  return runCli(args, { dataFolder: drover.dataFolder, cwd: temp.path, ...options });
}

/** The input of the last call of this name. */
function sent(name: string): Record<string, unknown> {
  return drover.calls.findLast((call) => call.name === name)?.input as Record<string, unknown>;
}

const RUN = 'a00000001.1';

/** Plays a run of a task to this end. */
function play(status: 'completed' | 'failed' | 'cancelled', code: NonNullable<Task['outcome']>['code']) {
  return (task: Task) => {
    const outcome = { code, words: `It ended as ${code}.`, hint: null };
    drover.push(
      task.id,
      { type: 'run.started', runId: `${task.id}.1`, no: 1, mode: 'fresh', sessionId: null },
      { type: 'run.settled', runId: `${task.id}.1`, status, outcome },
    );
  };
}

describe('task create', () => {
  it('sends everything that was asked for', async () => {
    const { code, stdout, stderr } = await cli([
      'task',
      'create',
      'Fix',
      'the parser',
      '--item',
      'First $(rm -rf /)',
      '-i',
      '-second',
      '--project',
      'sample',
      '--base',
      'dev',
      '--agent',
      'demo',
      '--model',
      'large',
      '--effort',
      'high',
      '--autonomy',
      'edit',
      '--retries',
      '7',
      '--check',
      "npm test -- 'a b'",
      '--check',
      'make',
      '--title',
      'Parser',
      '--draft',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('a00000001  Draft  Parser\n');
    const { commandId, ...input } = sent('tasks.create');
    expect(commandId).toMatch(/^[0-9a-f-]{36}$/);
    expect(input).toEqual({
      goal: 'Fix the parser',
      title: 'Parser',
      projectId: 'p00000001',
      base: 'dev',
      items: [{ text: 'First $(rm -rf /)' }, { text: '-second' }],
      agent: { agent: 'demo', model: 'large', effort: 'high' },
      autonomy: 'edit',
      limits: { maxRetries: 7 },
      checks: [['npm', 'test', '--', 'a b'], ['make']],
      start: false,
    });
  });

  it('starts by default, in the project of the current folder', async () => {
    const cwd = join(temp.path, 'deep', 'inside');
    await mkdir(cwd, { recursive: true });
    expect((await cli(['task', 'create', 'Go'], { cwd })).code).toBe(0);
    expect(sent('tasks.create')).toMatchObject({ goal: 'Go', projectId: 'p00000001', start: true, items: [] });
  });

  it('takes the goal from a file, from a pipe, or with a leading dash', async () => {
    await writeFile(join(temp.path, 'goal.md'), '# Goal\n\nfrom a file “$HOME” 😀\n');
    await cli(['task', 'create', '--file', 'goal.md']);
    expect(sent('tasks.create').goal).toBe('# Goal\n\nfrom a file “$HOME” 😀\n');
    await cli(['task', 'create'], { stdin: 'from a pipe\n' });
    expect(sent('tasks.create').goal).toBe('from a pipe\n');
    await cli(['task', 'create', '-'], { stdin: 'x'.repeat(200_000) });
    expect(sent('tasks.create').goal).toHaveLength(200_000);
    await cli(['task', 'create', '--draft', '--', '--force is', '--bad']);
    expect(sent('tasks.create').goal).toBe('--force is --bad');
  });

  it('takes items from a file, after those given as options', async () => {
    await writeFile(join(temp.path, 'items.txt'), '- [ ] two\n# no item\n\nthree\n');
    await cli(['task', 'create', 'Go', '--items-file', 'items.txt', '--item', 'one']);
    expect(sent('tasks.create').items).toEqual([{ text: 'one' }, { text: 'two' }, { text: 'three' }]);
  });

  it.each([
    [[], 'Say what is to be done: drover task create "<goal>", or give a file with --file.'],
    [['  '], 'The goal is empty.'],
    [['a', '--file', 'b'], 'Give the goal as words or with --file, not both.'],
    [['--file', 'none.md'], 'There is no file none.md.'],
    [['--file', '.'], '. is a folder, not a file.'],
    [['x'.repeat(262_145)], 'The goal is longer than 262144 characters (it has 262145).'],
    [['a', '--retries', 'many'], '--retries must be a whole number from 0 to 50, not “many”.'],
    [
      ['a', '--project', 'none'],
      'There is no project with the id, name or path “none”. `drover project list` shows all.',
    ],
    [['a', '--draft', '--wait'], 'A draft does not run, so there is nothing to wait for.'],
    [['a', '--check', ''], 'The command is empty.'],
    [
      ['a', '--autonomy', 'yolo'],
      "Option '--autonomy <word>' argument 'yolo' is invalid. Allowed choices are plan, ask, edit, auto.",
    ],
    [['a', '--itm', 'x'], "Unknown option '--itm'. Did you mean --item?"],
    [['a', '--zzzzzz'], "Unknown option '--zzzzzz'. Put -- before words that begin with a dash."],
    [['a', '--item'], "Option '-i, --item <text>' argument missing."],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await cli(['task', 'create', ...args]);
    expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: '', stderr: `drover: ${message}\n` });
    expect(drover.events).toEqual([]);
  });

  it('names no project where there is none', async () => {
    const { code, stderr } = await cli(['task', 'create', 'Go'], { cwd: '/' });
    expect(code).toBe(3);
    expect(stderr).toBe(
      'drover: / is in no project of Drover. Name one with --project, or add this repository with `drover project add .`.\n',
    );
  });

  it.each([
    ['completed', 'all-items-completed', 0, 'Finished'],
    ['failed', 'retries-spent', 1, 'Failed'],
    ['failed', 'check-failed', 1, 'Failed'],
    ['failed', 'item-blocked', 2, 'Blocked'],
    ['failed', 'backend-error', 4, 'Failed'],
    ['cancelled', 'by-user', 130, 'Stopped'],
  ] as const)('--wait: %s by %s is exit code %i', async (status, reason, expected, word) => {
    drover.onStart = play(status, reason);
    const { code, stdout } = await cli(['task', 'create', 'Go', '--wait']);
    expect(code).toBe(expected);
    expect(stdout.split('\n')[1]).toBe(`${word}. It ended as ${reason}.`);
  });

  it('--wait --json prints the task as it ended, and nothing else', async () => {
    drover.onStart = play('completed', 'all-items-completed');
    const { code, stdout, stderr } = await cli(['task', 'create', 'Go', '--wait', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(drover.tasks.get('a00000001'));
  });

  it('--follow shows the log from its beginning', async () => {
    drover.onStart = play('completed', 'all-items-completed');
    const { code, stdout } = await cli(['task', 'create', 'Go', '--follow', '--title', 'T']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'a00000001  Finished  T',
        'a00000001  T',
        'Queued: Waits for a free slot',
        '',
        'Run 1 started',
        'Finished. It ended as all-items-completed.',
        '',
      ].join('\n'),
    );
  });
});

describe('tasks', () => {
  const HOSTILE = '\u001b[31mred\u001b[0m\u202e title\nwith lines';

  beforeEach(async () => {
    await cli([
      'task',
      'create',
      'Do it\n\nwell',
      '--draft',
      '--title',
      HOSTILE,
      '--item',
      'one\nmore',
      '--item',
      'two',
    ]);
  });

  it('are listed in a table that fits the terminal, safely', async () => {
    await cli(['task', 'create', 'Another', '--draft', '--title', 'A long title that does not fit into it']);
    const { stdout } = await cli(['task', 'list'], { columns: 70 });
    const [head, first, second] = stdout.split('\n').map((line) => line.replace(/\d+ (min|h|d)/, 'AGO'));
    expect(head?.replace(/ +/g, ' ')).toBe('ID STATUS ITEMS AGE COST PROJECT TITLE');
    expect(first).toMatch(/^a00000002 {2}Draft {4,}.*sample {3}A long title.*…$/);
    expect(second).toMatch(/^a00000001 {2}Draft +0\/2 .* sample {3}red title with lines$/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(70);
  });

  it('are listed as the contract says with --json, page by page with --all', async () => {
    await cli(['task', 'create', 'Another', '--draft']);
    const one = JSON.parse((await cli(['task', 'list', '--limit', '1', '--json'])).stdout);
    expect(one).toMatchObject({ tasks: [{ id: 'a00000002', items: { total: 0 } }], nextCursor: '1', fromSeq: 2 });
    const all = JSON.parse((await cli(['task', 'list', '--limit', '1', '--all', '--json'])).stdout);
    expect(all.tasks.map(({ id }: { id: string }) => id)).toEqual(['a00000002', 'a00000001']);
    expect(all.nextCursor).toBeNull();
    await cli(['task', 'list', '--project', 'sample', '-s', 'draft', '--status', 'running']);
    expect(sent('tasks.list')).toMatchObject({ projectId: 'p00000001', status: ['draft', 'running'], limit: 50 });
  });

  it('are shown on one screen', async () => {
    drover.push('a00000001', {
      type: 'item.changed',
      itemId: '2',
      status: 'blocked',
      reason: 'No\nkey',
      by: 'agent',
    });
    const { stdout } = await cli(['task', 'show', 'a00000001']);
    expect(stdout.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'WHEN')).toBe(
      `a00000001  red title with lines

Status    Draft
Project   sample (p00000001)
Agent     demo
Autonomy  auto
Created   WHEN

Goal
  Do it

  well

Checklist 0/2
  ○ 1  one
       more
  ✗ 2  two
       blocked: No key
`,
    );
    const json = await cli(['task', 'show', 'a00000001', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({ task: drover.tasks.get('a00000001'), fromSeq: 2 });
  });

  it('are started, stopped, resumed, rerun, told something and deleted', async () => {
    for (const [verb, status] of [
      ['start', 'queued'],
      ['resume', 'queued'],
      ['rerun', 'queued'],
      ['stop', 'queued'],
    ] as const) {
      const { code, stdout } = await cli(['task', verb, 'a00000001', '--json']);
      expect({ verb, code, status: JSON.parse(stdout).status }).toEqual({ verb, code: 0, status });
      expect(sent(`tasks.${verb}`)).toMatchObject({ taskId: 'a00000001', commandId: expect.any(String) });
    }
    expect((await cli(['task', 'message', 'a00000001', 'please', 'hurry'])).stdout).toBe(
      '1 message for a00000001. Queued – sent when the task starts.\n',
    );
    expect(sent('tasks.message').text).toBe('please hurry');
    expect(await cli(['message', 'list', 'a00000001'])).toMatchObject({ code: 0, stdout: 'm1  please hurry\n' });
    expect((await cli(['message', 'edit', 'a00000001', 'm', 'take', 'your', 'time'])).stdout).toBe(
      'm1  take your time\n',
    );
    expect((await cli(['message', 'remove', 'a00000001', 'm1'])).code).toBe(0);
    expect(sent('messages.remove')).toMatchObject({ messageId: 'm1', commandId: expect.any(String) });
    expect(await cli(['message', 'edit', 'a00000001', 'm1', ' '])).toMatchObject({ code: 3 });
    expect((await cli(['task', 'delete', 'a00000001', '--keep-workspace'])).stdout).toBe(
      'Task a00000001 is deleted.\n',
    );
    expect(sent('tasks.remove').keepWorkspace).toBe(true);
  });

  it('that do not exist, or cannot be one, are told apart', async () => {
    expect(await cli(['task', 'show', 'a99999999'])).toEqual({
      code: 3,
      stdout: '',
      stderr: 'drover: There is no task a99999999.\n',
    });
    expect((await cli(['task', 'show', 'nonsense'])).stderr).toBe(
      'drover: “nonsense” is not a task id: that is one letter and 8 characters of 0-9 and a-z, for example a3k9x02bq. `drover task list` shows them.\n',
    );
    expect(JSON.parse((await cli(['task', 'stop', 'a99999999', '--json'])).stdout)).toEqual({
      error: { code: 'not-found', message: 'There is no task a99999999.' },
    });
  });

  it('that are drafts are not waited for', async () => {
    const { code, stderr } = await cli(['task', 'wait', 'a00000001']);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'drover: Task a00000001 is a draft; `drover task start a00000001` starts it.\n',
    });
  });

  it('that are over need no waiting', async () => {
    drover.onStart = play('failed', 'item-blocked');
    expect(await cli(['task', 'start', 'a00000001', '--wait', '--json'])).toMatchObject({ code: 2 });
    expect(await cli(['task', 'wait', 'a00000001'])).toEqual({
      code: 2,
      stdout: 'Blocked. It ended as item-blocked.\n',
      stderr: '',
    });
  });

  it('that take too long are given up on, and go on', async () => {
    await cli(['task', 'start', 'a00000001']);
    expect(await cli(['task', 'wait', 'a00000001', '--timeout', '20ms'])).toEqual({
      code: 124,
      stdout: '',
      stderr: 'drover: Task a00000001 is not settled after 20 ms; it continues.\n',
    });
  });
});

describe('task log', () => {
  beforeEach(async () => {
    await cli(['task', 'create', 'Go', '--draft', '--title', 'T', '--item', 'one']);
    drover.push(
      'a00000001',
      { type: 'run.started', runId: RUN, no: 1, mode: 'fresh', sessionId: null },
      {
        type: 'entry.text',
        runId: RUN,
        entryId: 'e1',
        content: { text: 'beginning', bytes: 20_000, blob: 'b1' },
        parent: null,
      },
      { type: 'item.changed', itemId: '1', status: 'completed', reason: null, by: 'agent' },
    );
  });

  it('prints the log, from a number on, and long texts whole with --full', async () => {
    drover.blobs.set('b1', 'beginning and the whole rest');
    expect((await cli(['task', 'log', 'a00000001'])).stdout).toBe(
      'a00000001  T\n\nRun 1 started\n  beginning\n  … 20 kB in all; --full shows them\n✓ Item 1 completed by the agent  one\n',
    );
    expect((await cli(['task', 'log', 'a00000001', '--from', '3', '--full'])).stdout).toBe(
      '  beginning and the whole rest\n✓ Item 1 completed by the agent  one\n',
    );
  });

  it('prints one event a line with --json, as they stand in the log', async () => {
    const { stdout } = await cli(['task', 'log', 'a00000001', '--json']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(drover.events);
  });
});

describe('items', () => {
  beforeEach(async () => {
    await cli(['task', 'create', 'Go', '--draft', '--item', 'one', '--item', 'two']);
  });

  it('are listed, added, set and noted', async () => {
    expect((await cli(['item', 'add', 'a00000001', 'three', 'words', '--check', 'make test'])).stdout).toBe(
      '○ 3  three words\n     check: make test\n',
    );
    expect(sent('items.add')).toMatchObject({ text: 'three words', check: ['make', 'test'] });
    expect((await cli(['item', 'set', 'a00000001', '1', 'completed'])).stdout).toBe('✓ 1  one\n');
    expect((await cli(['item', 'set', 'a00000001', '2', 'blocked', '--reason', 'No key'])).stdout).toBe(
      '✗ 2  two\n     blocked: No key\n',
    );
    expect((await cli(['item', 'note', 'a00000001', '3', '--', '-dash'])).stdout).toBe(
      '○ 3  three words\n     check: make test\n     note by you: -dash\n',
    );
    expect((await cli(['item', 'list', 'a00000001'])).stdout).toBe(
      'Checklist 1/3\n  ✓ 1  one\n  ✗ 2  two\n       blocked: No key\n  ○ 3  three words\n       check: make test\n       note by you: -dash\n',
    );
    expect(JSON.parse((await cli(['item', 'list', 'a00000001', '--json'])).stdout)).toEqual(
      drover.tasks.get('a00000001')?.items,
    );
  });

  it.each([
    [
      ['set', 'a00000001', '1', 'done'],
      '“done” is not a status of an item.\nAllowed: pending, in_progress, completed, blocked, skipped',
    ],
    [['set', 'a00000001', '9', 'completed'], 'Task a00000001 has no item 9.\nAllowed: 1, 2'],
    [
      ['set', 'a00000001', 'x', 'completed'],
      '“x” is not an item id: that is a number, for example 2. `drover item list` shows them.',
    ],
    [
      ['set', 'a00000001', '1'],
      'Name the item and its status: drover item set <task> <item> <status>.\nAllowed: pending, in_progress, completed, blocked, skipped',
    ],
    [['list'], 'Name the task: `drover task list` shows them.'],
  ])('refuse %j', async (args, message) => {
    expect(await cli(['item', ...args])).toEqual({ code: 3, stdout: '', stderr: `drover: ${message}\n` });
  });

  it('know the task of an agent from its environment, and use its token', async () => {
    drover.taskTokens.add('task-token');
    const env = { DROVER_URL: drover.url, DROVER_TASK_TOKEN: 'task-token', DROVER_TASK: 'a00000001' };
    expect((await cli(['item', 'set', '1', 'completed'], { env })).stdout).toBe('✓ 1  one\n');
    expect((await cli(['item', 'note', '2', 'a', 'note'], { env })).code).toBe(0);
    expect((await cli(['item', 'add', 'third one'], { env })).code).toBe(0);
    expect((await cli(['item', 'list', 'a00000001'], { env })).code).toBe(0);
    expect(new Set(drover.calls.slice(-4).map(({ token }) => token))).toEqual(new Set(['task-token']));
    await cli(['item', 'list', 'a00000001', '--data', drover.dataFolder], { env });
    expect(drover.calls.at(-1)?.token).toBe(drover.token);
    const wrong = { ...env, DROVER_TASK_TOKEN: 'wrong' };
    expect(await cli(['item', 'list'], { env: wrong })).toEqual({
      code: 3,
      stdout: '',
      stderr: 'drover: Drover does not accept the token of this task (any more).\n',
    });
  });
});

describe('projects', () => {
  it('begin with a sample where there is none of one’s own', async () => {
    expect((await cli(['project', 'sample'])).stdout).toContain('samples');
  });

  it('are added, listed, shown, trusted, set and removed', async () => {
    await cli(['project', 'add', 'sub/folder', '--name', 'other', '--trust']);
    expect(sent('projects.add')).toEqual({ path: join(temp.path, 'sub', 'folder'), name: 'other', trusted: true });
    expect((await cli(['project', 'list'])).stdout).toBe(
      `ID         NAME    TRUSTED  PATH\np00000001  sample  no       ${temp.path}\np00000002  other   yes      ${temp.path}/sub/folder\n`,
    );
    expect((await cli(['project', 'trust', 'other', '--no'])).stdout).toBe(
      'other is not trusted: its own hooks, MCP servers and settings do not run.\n',
    );
    await cli([
      'project',
      'set',
      '.',
      '--setup',
      'npm ci',
      '--setup',
      'make x',
      '--copy',
      '.env',
      '--check',
      '',
      '--branch-prefix',
      'x/',
    ]);
    expect(sent('projects.set')).toEqual({
      projectId: 'p00000001',
      settings: {
        setup: [
          ['npm', 'ci'],
          ['make', 'x'],
        ],
        copy: ['.env'],
        checks: [],
        branchPrefix: 'x/',
      },
    });
    expect((await cli(['project', 'show', 'p00000001'])).stdout).toContain(
      'Setup          npm ci\n               make x\n',
    );
    expect((await cli(['project', 'remove', 'other'])).stdout).toBe(
      `Project other is removed; ${temp.path}/sub/folder is unchanged.\n`,
    );
    expect(JSON.parse((await cli(['project', 'list', '--json'])).stdout)).toEqual(
      drover.projects.map((project) => ({ ...project, gone: false })),
    );
  });

  it('need something to set', async () => {
    expect((await cli(['project', 'set', 'sample'])).stderr).toBe(
      'drover: Nothing to set.\nAllowed: --name, --path, --setup, --copy, --check, --branch-prefix, --submodules, --program, --quiet, --slots, --memory, --processes, --cpu-time, --lift, --protect\n',
    );
  });

  it('pass a refusal on in its own words', async () => {
    drover.refusals.set('projects.add', { code: 'conflict', message: 'It is there already.', allowed: ['p00000001'] });
    expect(JSON.parse((await cli(['project', 'add', '.', '--json'])).stdout)).toEqual({
      error: { code: 'conflict', message: 'It is there already.', allowed: ['p00000001'] },
    });
  });
});

describe('the rest', () => {
  it('shows and changes settings by the kind of their default', async () => {
    expect((await cli(['config', 'get', 'task.slots'])).stdout).toBe('8\n');
    expect((await cli(['config', 'set', 'task.slots', '2'])).stdout).toBe('task.slots is 2.\n');
    expect(sent('settings.set').value).toBe(2);
    await cli(['config', 'set', 'agent.default', '5']);
    expect(sent('settings.set').value).toBe('5');
    expect((await cli(['config', 'unset', 'agent.default'])).stdout).toBe('agent.default is claude again.\n');
    expect((await cli(['config', 'get', 'nothing'])).stderr).toBe(
      'drover: There is no setting “nothing”.\nAllowed: agent.default, agent.model, task.slots\n',
    );
    expect((await cli(['config', 'list'])).stdout.split('\n')[1]).toBe(
      'agent.default  claude  claude   Agent of a new task',
    );
  });

  it('shows agents and the status', async () => {
    expect((await cli(['agent', 'list'])).stdout).toBe(
      'NAME  BACKEND  MODEL  DESCRIPTION\ndemo  demo            Demo · A scripted agent\n',
    );
    expect((await cli(['agent', 'show', 'demo'])).stdout).toContain('Program  /usr/bin/demo\n');
    expect((await cli(['status'])).stdout).toMatch(/Tasks +1 running, 2 completed\nNeeds you +1 task\n/);
  });

  it('prints a link where there is no display', async () => {
    expect(await cli(['open'])).toEqual({
      code: 0,
      stdout: `${drover.url}/sign-in?code=once\n`,
      stderr: 'The link works once, within two minutes.\n',
    });
    expect(JSON.parse((await cli(['open', '--json'])).stdout)).toEqual({ url: `${drover.url}/sign-in?code=once` });
  });

  it('helps', async () => {
    expect((await cli(['--version'])).stdout).toBe('1.2.3\n');
    expect((await cli(['--help'])).stdout).toContain('drover task create "Make the tests pass" --wait');
    expect((await cli(['task', 'create', '--help'])).stdout).toContain('Exit codes of waiting commands:');
    expect(await cli([])).toMatchObject({ code: 3, stdout: '' });
    expect(await cli(['taks', 'list'])).toEqual({
      code: 3,
      stdout: '',
      stderr: "drover: Unknown command 'taks'. Did you mean task?\n",
    });
    expect(JSON.parse((await cli(['task', 'shwo', '--json'])).stdout)).toEqual({
      error: { code: 'invalid', message: "Unknown command 'shwo'. Did you mean show?" },
    });
    expect((await cli(['qqqqqqqq'])).stderr).toBe(
      "drover: Unknown command 'qqqqqqqq'. `drover --help` lists the commands.\n",
    );
  });
});

describe('without a running Drover', () => {
  const dataFolder = () => join(temp.path, 'elsewhere');
  const write = async (text: string) => {
    await mkdir(dataFolder(), { recursive: true });
    await writeFile(join(dataFolder(), 'endpoint.json'), text);
  };
  afterEach(() => rm(dataFolder(), { recursive: true, force: true }));

  it('says so', async () => {
    expect(await cli(['task', 'list'], { dataFolder: dataFolder() })).toEqual({
      code: 3,
      stdout: '',
      stderr: 'drover: Drover is not running. Start it with `drover serve`.\n',
    });
    expect(JSON.parse((await cli(['status', '--json', '--data', dataFolder()])).stdout)).toEqual({
      error: { code: 'no-connection', message: 'Drover is not running. Start it with `drover serve`.' },
    });
  });

  it('says what a file that was left says', async () => {
    // The largest process id there can be on Linux is 2^22.
    await write(
      JSON.stringify({ url: 'http://127.0.0.1:1', token: 't', pid: 99_999_999, startTime: 'x', version: '1' }),
    );
    expect((await cli(['status'], { dataFolder: dataFolder() })).stderr).toBe(
      `drover: Drover is not running. Start it with \`drover serve\`. (${dataFolder()}/endpoint.json is left from process 99999999, which is gone.)\n`,
    );
    await write(
      JSON.stringify({ url: 'http://127.0.0.1:1', token: 't', pid: process.pid, startTime: 'x', version: '1' }),
    );
    expect((await cli(['status'], { dataFolder: dataFolder() })).stderr).toContain(
      `drover: Drover does not answer at http://127.0.0.1:1, although process ${process.pid}`,
    );
    await write(JSON.stringify({ url: drover.url, token: 'old', pid: process.pid, startTime: 'x', version: '1' }));
    expect((await cli(['status'], { dataFolder: dataFolder() })).stderr).toContain('does not accept the token in');
    await write('{"url":');
    expect(await cli(['status'], { dataFolder: dataFolder() })).toMatchObject({
      code: 3,
      stderr: `drover: The file ${dataFolder()}/endpoint.json is damaged. Start Drover again with \`drover serve\`.\n`,
    });
  });
});
