import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFakeDrover, type FakeDrover } from '../../../../test/support/fake-drover.ts';
import { runCli } from '../../../../test/support/run-cli.ts';
import { createTempFolder } from '../../../../test/support/temp.ts';

const TASK = 'a00000001';

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

const cli = (...args: string[]) => runCli(args, { dataFolder: drover.dataFolder, cwd: temp.path, stdin: '' });
const sent = (name: string) => drover.calls.filter((call) => call.name === name).map(({ input }) => input);

it('shows what would land, and lands nothing with --preview', async () => {
  const { code, stdout } = await cli('task', 'land', TASK, '--preview', '--squash');
  expect(code).toBe(0);
  for (const words of ['onto main', 'abc1234  Do it', 'notes.txt  added, +2 -0', 'Message:', 'Nothing is pushed.']) {
    expect(stdout).toContain(words);
  }
  expect(sent('landings.land')).toEqual([]);
});

it('lands nothing without an answer, and what was seen with --yes', async () => {
  const asked = await cli('task', 'land', TASK);
  expect(asked.code).toBe(3);
  expect(asked.stderr).toContain('add --yes');
  expect(sent('landings.land')).toEqual([]);
  const atTerminal = { dataFolder: drover.dataFolder, cwd: temp.path };
  const unanswered = await runCli(['task', 'land', TASK], atTerminal);
  expect(unanswered.stderr).toContain('Land? [y/N]');
  expect(sent('landings.land')).toEqual([]);
  const landed = await cli('task', 'land', TASK, '--yes', '--ff', '--onto', 'main', '-m', 'Mine');
  expect(landed).toMatchObject({ code: 0, stdout: 'Landed on main (ccccccc).\n' });
  expect(sent('landings.land')).toEqual([
    {
      ...{ taskId: TASK, onto: 'main', how: 'fast-forward', message: 'Mine', expect: 'b'.repeat(40) },
      commandId: expect.any(String),
    },
  ]);
  expect((await cli('task', 'show', TASK)).stdout).toMatch(/Landed +Landed on main \(ccccccc\)/);
  expect((await cli('task', 'undo-landing', TASK, '--touch-checkout')).code).toBe(0);
  expect(sent('landings.undo')).toEqual([{ taskId: TASK, touchCheckout: true, commandId: expect.any(String) }]);
});

it('refuses two ways at once, and an empty message', async () => {
  expect((await cli('task', 'land', TASK, '--squash', '--ff')).stderr).toContain('Choose one');
  expect((await cli('task', 'land', TASK, '-m', ' ')).stderr).toContain('empty');
});
