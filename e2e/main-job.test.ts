import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LoggedEvent } from '../src/contract/task/events.ts';
import { createDesktopPeer, type DesktopPeer } from '../test/support/desktop-peer.ts';
import { markedProcesses } from '../test/support/marked-processes.ts';
import { always, type ScriptedTurn, type Step, script } from '../test/support/scripted-api/scenario.ts';
import { until } from '../test/support/until.ts';
import { openXKeyboard } from '../test/support/x-keyboard.ts';
import { type ClaudeDesktop, createClaudeDesktop, logOf, settled } from './claude-desktop.ts';

let peer: DesktopPeer;
let desktop: ClaudeDesktop;
beforeEach(async () => {
  peer = await createDesktopPeer();
});
afterEach(async () => {
  await desktop?.remove();
  peer.close();
});

const write = (name: string): Step => ({ tool: 'Write', input: { file_path: name, content: `${name}\n` } });
const commit = (message: string): Step => ({
  tool: 'Bash',
  input: { command: `git add -A && git commit -q -m "${message}"`, description: 'Commit' },
});
const complete = (item: string): Step => ({
  tool: 'mcp__drover__item_set',
  input: { item, status: 'completed' },
});
const then = (tool: string, step: Step, after?: Promise<unknown>): ScriptedTurn => ({
  when: { toolResultOf: tool },
  steps: [step],
  ...(after === undefined ? {} : { after }),
});
const ITEM = 'mcp__drover__item_set';

/** Keeps the model waiting until the test has looked. */
function createGate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const cardIn = (board: Page, column: string, title: string) =>
  board.getByRole('region', { name: new RegExp(`^${column}: `) }).locator('[data-task]', { hasText: title });
const entries = (board: Page) => board.getByRole('region', { name: 'Entries' });

/** A picture of the window for people to look at. */
async function shoot(board: Page, name: string): Promise<void> {
  const folder = process.env.DROVER_SHOTS;
  if (folder) await board.screenshot({ path: path.join(folder, `${name}.png`) });
}

it('brings a goal to a finished branch: one item done, claimed to be done, sent back, the other done', async () => {
  const [looked, lookedAgain] = [createGate(), createGate()];
  desktop = await createClaudeDesktop(
    script(
      [{ text: 'I begin with the first.' }, write('one.txt')],
      then('Write', commit('The first')),
      then('Bash', complete('1'), looked.opened),
      then(ITEM, { text: 'ALL DONE! Everything is finished.' }),
      { when: { lastPrompt: /not completed/ }, after: lookedAgain.opened, steps: [write('two.txt')] },
      then('Write', commit('The second')),
      then('Bash', complete('2')),
      always('Now it is really done.'),
    ),
  );
  const { home, api } = desktop;
  const { repository } = home;
  // What a person has begun there and not committed.
  await writeFile(path.join(repository.path, 'README.md'), '# Mine\n');
  await writeFile(path.join(repository.path, 'mine.txt'), 'mine\n');
  const head = await repository.git('rev-parse', 'HEAD');

  const app = await home.start();
  const board = await app.board();
  await board.getByLabel('Folder').fill(repository.path);
  await board.getByRole('button', { name: 'Add project' }).click();
  await board.getByRole('button', { name: 'Write a task' }).click();
  const dialog = board.getByRole('dialog', { name: 'New task' });
  await dialog.getByLabel('Goal').fill('Write two files');
  await dialog.getByRole('button', { name: 'Add item' }).click();
  await board.keyboard.type('Write one.txt');
  await board.keyboard.press('Enter');
  await board.keyboard.type('Write two.txt');
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();

  // In the middle of the first turn.
  await api.waitFor(({ toolResults }) => toolResults.some(({ tool }) => tool === 'Bash'));
  await until(async () => (await peer.tooltip()) === 'Drover: 1 running', 'the tooltip');
  expect((await peer.menu()).slice(0, 4)).toEqual(['(Running)', 'Write two files (0/2)', ['Open', 'Stop'], '—']);
  await board.getByRole('button', { name: 'Back to the tasks' }).click();
  await cardIn(board, 'Running', 'Write two files').getByText('0/2').waitFor();
  looked.open();

  // In the middle of the second one, which nobody watches.
  await api.waitFor(({ lastPrompt }) => /not completed/.test(lastPrompt));
  await until(async () => (await peer.menu())[1] === 'Write two files (1/2)', 'the item in the menu');
  await cardIn(board, 'Running', 'Write two files').getByText('1/2').waitFor();
  await shoot(board, 'nudged');
  await app.toWindow('board', (window) => window.hide());
  lookedAgain.open();

  const [row] = (await app.client.tasks.list({})).tasks;
  const task = await settled(app, row?.id ?? '');
  expect(task.outcome).toMatchObject({ code: 'all-items-completed' });
  expect(task.runCount).toBe(1);
  const shown = await until(() => peer.notifications()[0], 'the notification');
  expect(shown).toMatchObject({ title: 'Finished', body: expect.stringContaining('Write two files') });
  await until(async () => (await peer.tooltip()) === 'Drover: nothing is running', 'the tooltip');
  expect((await peer.menu())[0]).toBe('Open board');

  peer.clickNotification(shown.id);
  await until(() => app.isVisible(), 'the window');
  await until(() => board.url().endsWith(`#/tasks/${task.id}`), 'the task in the window');
  const beside = board.getByRole('navigation', { name: 'Tasks' });
  await beside.locator('[aria-current]', { hasText: 'Write two files' }).getByText('2/2').waitFor();
  const reminder = entries(board).getByRole('button', { name: 'Reminder 1 of 3: 1 item left' });
  await reminder.click();
  await entries(board).locator('pre').getByText('2. Write two.txt').waitFor();
  await shoot(board, 'review');
  // The claim is the agent's own, and stands before.
  expect(await reminder.innerText()).not.toContain('ALL DONE!');
  const told = await entries(board).innerText();
  const places = ['ALL DONE!', 'Reminder 1 of 3', 'Now it is really done.', 'Finished'].map((part) =>
    told.indexOf(part),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(peer.notifications()).toHaveLength(1);

  const branch = task.workspace?.branch ?? '';
  expect(await repository.git('show', `${branch}:one.txt`)).toBe('one.txt');
  expect(await repository.git('show', `${branch}:two.txt`)).toBe('two.txt');
  expect(await repository.git('log', '--format=%s', `main..${branch}`)).toBe('The second\nThe first');
  expect(await repository.git('rev-parse', 'HEAD', 'main')).toBe(`${head}\n${head}`);
  expect(await repository.git('branch', '--show-current')).toBe('main');
  expect(await repository.git('status', '--porcelain')).toBe(' M README.md\n?? mine.txt');
  expect(await readFile(path.join(repository.path, 'README.md'), 'utf8')).toBe('# Mine\n');
  expect(await markedProcesses(task.run?.id ?? '')).toEqual([]);
  expect(api.unexpected).toEqual([]);
  await peer.choose('Quit');
  expect(await app.ended).toBe(0);
});

it('killed in the middle of a turn and started again, it finishes the task, and everything has happened once', async () => {
  desktop = await createClaudeDesktop(
    script(
      { when: { lastPrompt: /You were interrupted/ }, steps: [{ text: 'I go on.' }, write('two.txt')] },
      [{ text: 'I begin with the first.' }, write('one.txt')],
      then('Write', complete('1')),
      { when: { toolResultOf: ITEM }, steps: [{ text: 'Then the second, which' }, { stall: true }] },
      then('Write', complete('2')),
      always('Both are done.'),
    ),
  );
  const { home } = desktop;
  const first = await home.start();
  const items = [{ text: 'Write one.txt' }, { text: 'Write two.txt' }];
  const { id } = await desktop.createTask(first, { goal: 'Write two files', items });
  const before = await first.board();
  await before.locator('[data-task]', { hasText: 'Write two files' }).click();
  await entries(before).getByText('Then the second, which').waitFor();
  const half = await until(async () => {
    const log = await logOf(first, id);
    return textsIn(log).includes('Then the second, which') && log;
  }, 'what the window shows to be in the log');
  expect(completedItems(half)).toEqual(['1']);
  await first.kill();

  const second = await home.start();
  const task = await settled(second, id);
  expect(task).toMatchObject({ status: 'completed', runCount: 2 });
  const log = await logOf(second, id);
  expect(log.slice(0, half.length)).toEqual(half);
  const numbers = log.map(({ seq }) => seq);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  expect(completedItems(log)).toEqual(['1', '2']);
  expect(log.flatMap(({ event }) => (event.type === 'run.settled' ? [event.status] : []))).toHaveLength(2);
  const texts = ['I begin with the first.', 'Then the second, which', 'I go on.', 'Both are done.'];
  expect(textsIn(log)).toEqual(texts);
  const calls = log.flatMap(({ event }) => (event.type === 'tool.called' ? [event.callId] : []));
  expect(calls).toHaveLength(4);
  expect(new Set(calls).size).toBe(4);

  const board = await second.board();
  const card = cardIn(board, 'Review', 'Write two files');
  await card.getByText('2/2').waitFor();
  expect(await board.locator('[data-task]').count()).toBe(1);
  await card.click();
  await entries(board).getByText('Both are done.').waitFor();
  await shoot(board, 'killed');
  for (const text of texts) expect(await entries(board).getByText(text, { exact: true }).count()).toBe(1);
  await until(async () => (await peer.tooltip()) === 'Drover: nothing is running', 'the tooltip');
  const workspace = task.workspace?.path ?? '';
  for (const name of ['one.txt', 'two.txt']) {
    expect(await readFile(path.join(workspace, name), 'utf8')).toBe(`${name}\n`);
  }
  for (const no of [1, 2]) expect(await markedProcesses(`${id}.${no}`)).toEqual([]);
});

it('lets Claude write what was allowed by a key in the window, and by the tray, and nothing before', async () => {
  desktop = await createClaudeDesktop(
    script([write('window.txt')], then('Write', write('tray.txt')), always('Both are there.')),
  );
  const { home } = desktop;
  const app = await home.start(['--hidden']);
  const keyboard = await openXKeyboard();
  try {
    const { id } = await desktop.createTask(app, { goal: 'Write two files', autonomy: 'ask' });
    const pending = async () => (await app.client.approvals.list({ status: ['pending'] })).approvals[0];
    /** The entry of the task, once it says that this is asked. */
    const entry = async (name: string) => {
      const [, label, asked] = await peer.menu();
      return typeof label === 'string' && Array.isArray(asked) && String(asked[0]).includes(name) ? label : null;
    };
    const inWorkspace = async (name: string) => {
      const { task } = await app.client.tasks.get({ taskId: id });
      return readFile(path.join(task.workspace?.path ?? '', name), 'utf8').catch(() => null);
    };

    const one = await until(() => entry('window.txt'), 'the first approval');
    await until(async () => (await peer.tooltip()) === 'Drover: 1 needs you', 'the tooltip');
    expect(await inWorkspace('window.txt')).toBeNull();
    await peer.choose(one, 'Open…');
    const board = await app.board();
    await board.getByRole('article').getByText('window.txt').first().waitFor();
    await shoot(board, 'asked');
    await until(() => app.toWindow('board', (window) => window.isFocused()), 'the keyboard');
    const { id: first } = (await pending()) ?? { id: '' };
    // A key does not count for what has only just come into sight.
    await until(async () => {
      await keyboard.press('a');
      return (await app.client.approvals.get({ approvalId: first })).status !== 'pending';
    }, 'the answer');

    const two = await until(() => entry('tray.txt'), 'the second approval');
    expect(await inWorkspace('window.txt')).toBe('window.txt\n');
    expect(await inWorkspace('tray.txt')).toBeNull();
    await peer.choose(two, 'Allow');
    expect((await settled(app, id)).status).toBe('completed');
    expect(await inWorkspace('tray.txt')).toBe('tray.txt\n');
    const { approvals } = await app.client.approvals.list({ taskId: id });
    expect(approvals.map(({ decision }) => decision?.from).toReversed()).toEqual(['window', 'tray']);
  } finally {
    keyboard.close();
  }
});

/** The items that were completed, each as often as that happened. */
function completedItems(log: readonly LoggedEvent[]): string[] {
  return log.flatMap(({ event }) =>
    event.type === 'item.changed' && event.status === 'completed' ? [event.itemId] : [],
  );
}

const textsIn = (log: readonly LoggedEvent[]) =>
  log.flatMap(({ event }) => (event.type === 'entry.text' ? [event.content.text] : []));
