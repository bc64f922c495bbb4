import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeDrover, type FakeDrover } from '../../test/support/fake-drover.ts';
import { type CliOptions, type RunningCli, startCli } from '../../test/support/run-cli.ts';
import { createTempFolder } from '../../test/support/temp.ts';
import type { TaskEvent } from '../contract/task/events.ts';
import type { TaskOutcome } from '../contract/task/state.ts';

const ID = 'a00000001';
const RUN = 'a00000001.1';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let drover: FakeDrover;

beforeEach(async () => {
  temp = await createTempFolder();
  drover = await createFakeDrover(temp.path);
  await start(['project', 'add', temp.path]).result;
  await start(['task', 'create', 'Go', '--title', 'T']).result;
  drover.push(ID, { type: 'run.started', runId: RUN, no: 1, mode: 'fresh', sessionId: null });
});
afterEach(async () => {
  await drover.stop();
  await temp.remove();
});

function start(args: readonly string[], options: Partial<CliOptions> = {}): RunningCli {
  return startCli(args, { dataFolder: drover.dataFolder, cwd: temp.path, ...options });
}

/** Resolves when `condition` holds; the test's own time limit ends what never comes. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const text = (entryId: string, content: string): TaskEvent => ({
  type: 'entry.text',
  runId: RUN,
  entryId,
  content: { text: content, bytes: content.length, blob: null },
  parent: null,
});
const outcome = (code: TaskOutcome['code'], words: string): TaskOutcome => ({ code, words, hint: null });
const done: TaskEvent = {
  type: 'run.settled',
  runId: RUN,
  status: 'completed',
  outcome: outcome('all-items-completed', 'All done.'),
};

describe('task log --follow', () => {
  it('goes on through a restart of Drover, without a gap or a repeat', async () => {
    const cli = start(['task', 'log', ID, '--follow', '--json', '--from', '3']);
    await drover.subscribed();
    drover.push(ID, text('e1', 'one'));
    await until(() => cli.stdout().includes('"one"'));
    await drover.stop();
    await until(() => cli.stderr() !== '');
    drover.push(ID, text('e2', 'two'));
    await drover.start();
    await drover.subscribed();
    drover.push(ID, text('e3', 'three'), done);
    const { code, stdout, stderr } = await cli.result;
    const seqs = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).seq);
    expect({ code, seqs, stderr }).toEqual({
      code: 0,
      seqs: [3, 4, 5, 6, 7],
      stderr: 'Connection lost, waiting for Drover…\n',
    });
  });

  it('streams on a terminal, and only there', async () => {
    const terminal = start(['task', 'log', ID, '--follow', '--from', '4'], { columns: 80 });
    await drover.subscribed();
    const pipe = start(['task', 'log', ID, '--follow', '--from', '4']);
    await drover.subscribed();
    drover.live({ taskId: ID, entryId: 'e1', kind: 'text', text: 'Hel' });
    await until(() => terminal.stdout() === '  Hel');
    expect(pipe.stdout()).toBe('');
    drover.push(ID, text('e1', 'Hello'), done);
    const expected = '  Hello\nFinished. All done.\n';
    expect((await terminal.result).stdout).toBe(expected);
    expect((await pipe.result).stdout).toBe(expected);
  });

  it('ends at once when the task is over', async () => {
    drover.push(ID, done);
    expect(await start(['task', 'log', ID, '--follow', '--from', '4']).result).toEqual({
      code: 0,
      stdout: 'Finished. All done.\n',
      stderr: '',
    });
  });
});

it('shows all of the log when the task was recovered and finished before the first run had been read', async () => {
  const cli = start(['task', 'log', ID, '--follow', '--json']);
  await drover.subscribed();
  const interrupted = outcome('interrupted', 'Drover was killed.');
  drover.push(
    ID,
    { type: 'run.settled', runId: RUN, status: 'failed', outcome: interrupted },
    { type: 'task.queued', mode: 'recovery', waiting: { for: 'slot', words: 'Waits' } },
    { type: 'run.started', runId: `${ID}.2`, no: 2, mode: 'recovery', sessionId: null },
    { ...done, runId: `${ID}.2` } as TaskEvent,
  );
  const { stdout } = await cli.result;
  const types = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).event.type);
  expect(types.slice(-4)).toEqual(['run.settled', 'task.queued', 'run.started', 'run.settled']);
});

describe('waiting', () => {
  it('goes on when a run is recovered after Drover was killed', async () => {
    const cli = start(['task', 'wait', ID]);
    await drover.subscribed();
    drover.push(
      ID,
      { type: 'run.settled', runId: RUN, status: 'failed', outcome: outcome('interrupted', 'Drover was killed.') },
      { type: 'task.queued', mode: 'recovery', waiting: { for: 'slot', words: 'Waits' } },
      { type: 'run.started', runId: `${ID}.2`, no: 2, mode: 'recovery', sessionId: null },
    );
    await until(() => drover.calls.some(({ name }) => name === 'tasks.log'));
    drover.push(ID, { ...done, runId: `${ID}.2` } as TaskEvent);
    expect(await cli.result).toEqual({ code: 0, stdout: 'Finished. All done.\n', stderr: '' });
  });

  it('hears of an end that came while Drover was away', async () => {
    const cli = start(['task', 'wait', ID]);
    await drover.subscribed();
    await drover.stop();
    await until(() => cli.stderr() !== '');
    drover.push(ID, done);
    await drover.start();
    expect((await cli.result).code).toBe(0);
  });

  const stall = (callId: string, words: string): TaskEvent => ({
    type: 'stall.noticed',
    runId: RUN,
    callId,
    words,
    tail: 'Overwrite? [y/N] ',
  });
  const HELP = `\`drover task log ${ID}\` shows it, \`drover task stop ${ID}\` stops the task.`;

  it('says on stderr that a command waits for input: at once when it does already, and whenever one does', async () => {
    drover.push(ID, stall('1', 'cp waits for input.'));
    const cli = start(['task', 'wait', ID]);
    await drover.subscribed();
    expect(cli.stderr()).toBe(`cp waits for input. ${HELP}\n`);
    drover.push(
      ID,
      { type: 'stall.cleared', runId: RUN, callId: '1' },
      stall('2', 'npm \u001b[2Kinit waits for input.'),
    );
    await until(() => cli.stderr().includes('init'));
    drover.push(ID, done);
    expect(await cli.result).toEqual({
      code: 0,
      stdout: 'Finished. All done.\n',
      stderr: `cp waits for input. ${HELP}\nnpm ⟨ESC⟩[2Kinit waits for input. ${HELP}\n`,
    });
  });

  it('shows a stall in the log that is followed meanwhile, and not twice', async () => {
    const cli = start(['task', 'wait', ID, '--follow']);
    await drover.subscribed();
    drover.push(ID, stall('1', 'cp waits for input.'), { type: 'stall.cleared', runId: RUN, callId: '1' }, done);
    const { stdout, stderr } = await cli.result;
    expect(stdout).toContain('cp waits for input.\n  Overwrite? [y/N]');
    expect(stdout.match(/waits for input/g)).toHaveLength(1);
    expect(stderr).toBe('');
  });

  it('ends at Ctrl-C, and says that the task goes on', async () => {
    const cli = start(['task', 'wait', ID]);
    await drover.subscribed();
    cli.interrupt();
    expect(await cli.result).toEqual({
      code: 130,
      stdout: '',
      stderr: `drover: No longer waiting; task ${ID} continues. \`drover task stop ${ID}\` stops it.\n`,
    });
    expect(drover.tasks.get(ID)?.status).toBe('running');
    expect(drover.calls.some(({ name }) => name === 'tasks.stop')).toBe(false);
  });

  it('ends at Ctrl-C also while the connection is lost', async () => {
    const cli = start(['task', 'wait', ID, '--json']);
    await drover.subscribed();
    await drover.stop();
    await until(() => cli.stderr() !== '');
    cli.interrupt();
    const { code, stdout } = await cli.result;
    expect({ code, error: JSON.parse(stdout).error.code }).toEqual({ code: 130, error: 'interrupted' });
  });

  it('ends when the task is deleted', async () => {
    const cli = start(['task', 'wait', ID]);
    await drover.subscribed();
    drover.push(ID, { type: 'task.deleted' });
    expect(await cli.result).toEqual({ code: 3, stdout: '', stderr: `drover: Task ${ID} was deleted.\n` });
  });

  it('for a stop ends when the task has settled', async () => {
    const cli = start(['task', 'stop', ID, '--wait']);
    await drover.subscribed();
    const stopped = outcome('by-user', 'Stopped.');
    drover.push(ID, { type: 'run.settled', runId: RUN, status: 'cancelled', outcome: stopped });
    const { code, stdout } = await cli.result;
    expect({ code, stdout }).toEqual({ code: 130, stdout: `${ID}  Stopping  T\nStopped.\n` });
  });
});
