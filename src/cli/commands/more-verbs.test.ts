import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeDrover, type FakeDrover } from '../../../test/support/fake-drover.ts';
import { runCli } from '../../../test/support/run-cli.ts';
import { createTempFolder } from '../../../test/support/temp.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let drover: FakeDrover;
beforeEach(async () => {
  temp = await createTempFolder();
  drover = await createFakeDrover(temp.path);
  await cli('project', 'add', temp.path, '--name', 'sample');
  await cli('task', 'create', 'One', '--draft');
});
afterEach(async () => {
  await drover.stop();
  await temp.remove();
});

const cli = (...args: string[]) => runCli(args, { dataFolder: drover.dataFolder, cwd: temp.path });
const sent = (name: string) => drover.calls.findLast((call) => call.name === name)?.input as Record<string, unknown>;
const TASK = 'a00000001';

describe('session', () => {
  it('opens one with what is named, and in the project of the folder', async () => {
    const project = drover.projects[0]?.id;
    expect((await cli('session', 'open')).stdout).toMatch(/^a00000002 {2}Queued/);
    expect(sent('sessions.open')).toEqual({ projectId: project, commandId: expect.any(String) });
    const named = ['--project=sample', '--branch=fix', '--title=T', '--agent=a', '--model=m', '--autonomy=plan'];
    expect((await cli('session', 'open', ...named)).code).toBe(0);
    expect(sent('sessions.open')).toMatchObject({
      ...{ projectId: project, branch: 'fix', title: 'T', autonomy: 'plan' },
      agent: { agent: 'a', model: 'm' },
    });
    const both = await cli('session', 'open', '--branch', 'a', '--base', 'b');
    expect(both).toMatchObject({ code: 3, stderr: expect.stringContaining('Give --branch or --base, not both.') });
  });

  it('gives one back with a goal and items, or as it is', async () => {
    await cli('session', 'give-back', TASK);
    expect(sent('sessions.giveBack')).toEqual({ taskId: TASK, commandId: expect.any(String) });
    await writeFile(join(temp.path, 'steps.txt'), '- two\n');
    await cli('session', 'give-back', TASK, '--goal=G', '--item=one', '--items-file=steps.txt');
    expect(sent('sessions.giveBack')).toMatchObject({ goal: 'G', items: [{ text: 'one' }, { text: 'two' }] });
    for (const [args, words] of [
      [['--goal=G', '--file=goal.md'], 'not both'],
      [['--goal= '], 'The goal is empty.'],
    ] as const) {
      expect((await cli('session', 'give-back', TASK, ...args)).stderr).toContain(words);
    }
  });
});

describe('task edit', () => {
  it('changes what is named and keeps the rest of the agent and the limits', async () => {
    const { limits, agent } = drover.tasks.get(TASK) ?? {};
    const { code, stderr } = await cli(
      'task',
      'edit',
      TASK,
      '--title=T',
      '--base=',
      '--model=m',
      '--retries=7',
      '--turn-timeout=10m',
      '--check=',
      '--autonomy=plan',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(sent('tasks.edit')).toEqual({
      taskId: TASK,
      commandId: expect.any(String),
      edit: {
        title: 'T',
        base: null,
        autonomy: 'plan',
        checks: [],
        agent: { ...agent, model: 'm' },
        limits: { ...limits, maxRetries: 7, turnMs: 600_000 },
      },
    });
    await writeFile(join(temp.path, 'goal.md'), 'Another goal');
    await cli('task', 'edit', TASK, '--file', 'goal.md', '--check', 'npm test', '--check', "sh -c 'a | b'");
    expect(sent('tasks.edit').edit).toEqual({
      goal: 'Another goal',
      checks: [
        ['npm', 'test'],
        ['sh', '-c', 'a | b'],
      ],
    });
  });

  it('sets what a task may use, and takes it away', async () => {
    const { limits } = drover.tasks.get(TASK) ?? {};
    await cli('task', 'edit', TASK, '--memory', '4GB', '--processes=50', '--cpu-time', '2h');
    expect(sent('tasks.edit').edit).toEqual({
      limits: { ...limits, maxMemory: 4e9, maxProcesses: 50, maxCpuMs: 7_200_000 },
    });
    const task = drover.tasks.get(TASK);
    if (task) drover.tasks.set(TASK, { ...task, limits: { ...task.limits, maxMemory: 4e9, maxProcesses: 50 } });
    expect((await cli('task', 'show', TASK)).stdout).toMatch(/^Limits +4 GB of memory, 50 processes$/m);
    await cli('task', 'edit', TASK, '--memory', 'none');
    expect(sent('tasks.edit').edit).toMatchObject({ limits: { maxMemory: null, maxProcesses: 50 } });
    await cli('task', 'create', 'Two', '--draft', '--memory', '512MB', '--processes', 'none');
    expect(sent('tasks.create').limits).toEqual({ maxMemory: 512e6, maxProcesses: null });
  });

  it('says what it cannot read', async () => {
    expect((await cli('task', 'edit', TASK)).stderr).toContain('Nothing to change');
    expect((await cli('task', 'edit', TASK, '--memory', '4')).stderr).toContain('--memory must be a size such as 4GB');
    expect((await cli('task', 'edit', TASK, '--check', 'npm ci && npm test')).stderr).toContain(
      'needs a shell because of “&”',
    );
    expect((await cli('task', 'edit', TASK, '--turn-timeout', 'soon')).stderr).toContain(
      '--turn-timeout must be a time',
    );
    expect(sent('tasks.edit')).toBeUndefined();
  });
});

it('attachments are added, attached by id, listed and removed', async () => {
  await writeFile(join(temp.path, 'a.txt'), 'hello');
  expect((await cli('attachment', 'add', 'a.txt')).stdout).toContain('f00000001');
  await cli('task', 'create', 'Two', '--draft', '--attach', 'f00000001', '--attach', 'a.txt');
  expect(sent('tasks.create').attachments).toEqual(['f00000001', 'f00000002']);
  expect((await cli('attachment', 'list', 'a00000002')).stdout).toMatch(/f00000001 +5 bytes +\S+ +a\.txt/);
  expect((await cli('attachment', 'list', TASK)).stderr).toBe('No attachments.\n');
  expect((await cli('attachment', 'remove', 'f00000002')).stdout).toBe('Attachment f00000002 is removed.\n');
  expect((await cli('attachment', 'remove', 'x')).stderr).toContain('is not an attachment id');
});

it('shows what a workspace changed, and how', async () => {
  expect((await cli('workspace', 'changes', `${TASK}-1`)).stdout.split('\n').map((line) => line.trim())).toEqual([
    'STATUS     LINES  FILE',
    'modified   +3 -1  src/a.ts',
    'added     binary  logo.png',
    '',
  ]);
  const { stdout } = await cli('workspace', 'diff', `${TASK}-1`, 'src/a.ts');
  expect(stdout).toBe('--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-old\n+new \n');
  await cli('workspace', 'diff', `${TASK}-1`);
  expect(sent('workspaces.fileDiff').path).toBe('logo.png');
});

describe('task diff', () => {
  const checkpoint = (name: string, kind: 'start' | 'turn') => {
    const [runNo = 0, turn = 0] = name.split('.').map(Number);
    drover.checkpoints.push({
      ...{ name, workspaceId: `${TASK}-1`, runNo, turn, kind, tree: name, at: 0, changed: kind === 'turn' },
    });
  };
  const patch = '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-old\n+new \u001b[31m\n';

  it('shows one turn, of the newest run unless a run is named, as git writes it', async () => {
    for (const [name, kind] of [
      ['1.0', 'start'],
      ['1.1', 'turn'],
      ['1.2', 'turn'],
      ['2.1', 'turn'],
    ] as const)
      checkpoint(name, kind);
    expect((await cli('task', 'diff', TASK, '--turn', '1')).stdout).toBe(patch);
    expect(sent('checkpoints.text')).toEqual({ taskId: TASK, to: '2.1' });
    await cli('task', 'diff', TASK, '--turn', '1.2', '--from', '1.0');
    expect(sent('checkpoints.text')).toEqual({ taskId: TASK, to: '1.2', from: '1.0' });
    const { stdout } = await cli('task', 'diff', TASK, '--turn=2', '--stat');
    expect(sent('checkpoints.changes')).toEqual({ taskId: TASK, to: '1.2' });
    expect(stdout).toContain('modified   +3 -1  src/a.ts');
    const json = JSON.parse((await cli('task', 'diff', TASK, '--turn=2', '--json')).stdout);
    expect(json).toEqual({ taskId: TASK, to: '1.2', text: patch, cut: false });
    const refused = await cli('task', 'diff', TASK, '--turn', '7');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('no checkpoint of turn “7”');
    expect(refused.stderr).toContain('1.0, 1.1, 1.2, 2.1');
    expect((await cli('task', 'diff', TASK, '--from', '1.1')).stderr).toContain('--from needs --turn');
  });

  it('goes through the pager on a terminal, which gets nothing that acts on it', async () => {
    checkpoint('1.0', 'start');
    checkpoint('1.1', 'turn');
    const shown = join(temp.path, 'shown');
    const pager = `'${process.execPath}' -e "process.stdin.pipe(require('fs').createWriteStream(process.argv[1]))" '${shown}'`;
    const onTerminal = (GIT_PAGER: string) =>
      runCli(['task', 'diff', TASK, '--turn', '1'], {
        ...{ dataFolder: drover.dataFolder, cwd: temp.path, columns: 80, env: { GIT_PAGER } },
      });
    expect((await onTerminal(pager)).stdout).toBe('');
    expect(await readFile(shown, 'utf8')).toBe('--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-old\n+new \n');
    for (const none of ['', 'cat', 'no-such-pager', 'less | cat']) {
      expect((await onTerminal(none)).stdout).toContain('+new \n');
    }
  });

  it('shows the whole work without a turn, also when its workspace is gone', async () => {
    expect((await cli('task', 'diff', TASK)).stderr).toBe('The task has no workspace yet.\n');
    const runId = `${TASK}.1`;
    const workspace = { workspaceId: `${TASK}-1`, path: '/w', branch: 'b', baseCommit: 'c' };
    drover.push(
      TASK,
      { type: 'run.started', runId, no: 1, mode: 'fresh', sessionId: null },
      { type: 'workspace.ready', runId, ...workspace, reused: false },
    );
    expect((await cli('task', 'diff', TASK)).stderr).toBe('');
    expect((await cli('task', 'diff', TASK)).stdout).toBe(`${patch}${patch.replaceAll('src/a.ts', 'logo.png')}`);
    expect((await cli('task', 'diff', TASK, '--stat')).stdout).toContain('logo.png');
    drover.workspaces.push({
      ...{ id: `${TASK}-1`, taskId: TASK, projectId: 'p00000001', path: '/w', branch: 'b', baseBranch: null },
      ...{ baseCommit: 'c', createdAt: 0, state: 'removed', kept: null, condition: 'removed', problem: null },
      ...{ uncommitted: 0, fork: 'c', ahead: 0, merged: false, landed: null, checkedOut: null, branchCommit: null },
      ...{ elsewhere: [], stashes: 0, notHeld: [], diff: { files: 0, insertions: 0, deletions: 0, uncounted: 0 } },
    });
    checkpoint('1.0', 'start');
    checkpoint('1.1', 'turn');
    checkpoint('1.2', 'turn');
    expect((await cli('task', 'diff', TASK)).stdout).toBe(patch);
    expect(sent('checkpoints.text')).toEqual({ taskId: TASK, from: '1.0', to: '1.2' });
  });
});

it('approvals are listed by who decided, tool, words and time', async () => {
  const before = Date.now();
  await cli('approval', 'list', '--by=rule', '--by=user', '--tool=Bash', '--search=npm', '--since=2h', '--limit=5');
  expect(sent('approvals.list')).toMatchObject({ by: ['rule', 'user'], tool: 'Bash', search: 'npm', limit: 5 });
  expect(sent('approvals.list').status).toBeUndefined();
  expect(Number(sent('approvals.list').since)).toBeGreaterThanOrEqual(before - 2 * 3_600_000);
  expect((await cli('approval', 'list')).stderr).toBe('No pending approvals.\n');
  expect(sent('approvals.list').status).toEqual(['pending']);
  expect((await cli('approval', 'list', '--by', 'nobody')).stderr).toContain('Allowed choices are');
  expect((await cli('approval', 'list', '--since', 'once')).stderr).toContain('--since must be a time');
  await cli('approval', 'export', '--status', 'denied', '--until', '2026-03-01');
  expect(sent('approvals.export')).toMatchObject({
    status: ['denied'],
    until: new Date('2026-03-01T00:00').getTime(),
  });
});

it('a project is set quiet and its protections are lifted and put back, one by one', async () => {
  await cli('project', 'set', 'sample', '--quiet', '--lift', 'force-push', '--lift', 'git-config');
  expect(sent('projects.set').settings).toEqual({ quiet: true, lifted: ['force-push', 'git-config'] });
  await cli('project', 'set', 'sample', '--no-quiet', '--protect', 'force-push');
  expect(sent('projects.set').settings).toEqual({ quiet: false, lifted: ['git-config'] });
  await cli('project', 'untrust', 'sample');
  expect(sent('projects.trust')).toMatchObject({ trusted: false });
});

it('what the tasks of a project may use is set one by one; empty leaves it to the settings', async () => {
  await cli('project', 'set', 'sample', '--memory', '4GB', '--processes', 'none');
  expect(sent('projects.set').settings).toEqual({ limits: { maxMemory: 4e9, maxProcesses: null } });
  await cli('project', 'set', 'sample', '--processes', '', '--cpu-time', '90m');
  expect(sent('projects.set').settings).toEqual({ limits: { maxMemory: 4e9, maxCpuMs: 5_400_000 } });
  expect((await cli('project', 'show', 'sample')).stdout).toMatch(
    /^Limits +4 GB of memory, 1 h 30 min of processor time$/m,
  );
});

it('completion asks for workspaces without asking git', async () => {
  await cli('__complete', '--', 'workspace', 'show', '');
  expect(drover.calls.at(-1)?.name).toBe('workspaces.recorded');
});
