import type { Client } from '../../src/contract/client.ts';
import { until } from '../support/until.ts';

const GOALS: readonly [goal: string, items: readonly string[]][] = [
  ['Add a dark theme to the settings page', ['Find all colours', 'Move them into variables', 'Add the switch']],
  ['Update the readme: how to install, how to run, how to contribute', ['Read the code', 'Write it']],
  ['Fix the date picker in February', []],
];

export interface Shown {
  /** A finished task, one that is blocked, one that asks, and one with a command that waits. */
  done: string;
  blocked: string;
  asking: string;
  waiting: string;
  /** What the one that asks waits for, and an edit that is asked about. */
  approval: string;
  edit: string;
}

/** Makes tasks in every state that a screen has something of its own for. */
export async function fill(client: Client, folder: string): Promise<Shown> {
  const { id: projectId } = await client.projects.add({ path: folder, name: 'sample' });
  await client.settings.set({ key: 'task.slots', value: 10 });
  await client.settings.set({ key: 'task.stallMs', value: 1000 });
  const agent = { agent: 'demo' };
  const make = async (goal: string, items: readonly string[], more: object = {}) => {
    const spec = { projectId, goal, items: items.map((text) => ({ text })), agent, start: true, ...more };
    return (await client.tasks.create(spec)).id;
  };
  const ends = (taskId: string) =>
    until(
      async () => !['queued', 'running'].includes((await client.tasks.get({ taskId })).task.status),
      'the task',
      60_000,
    );
  const asks = (count: number) =>
    until(
      async () => (await client.approvals.list({ status: ['pending'] })).pending >= count,
      `${count} approvals`,
      30_000,
    );
  const done: string[] = [];
  for (const [goal, items] of GOALS) done.push(await make(goal, items));
  done.push(await make('Publish the package\n\ndemo: block', ['Sign in to the registry', 'Publish']));
  for (const id of done) await ends(id);
  await client.rules.add({
    tool: 'Bash',
    pattern: 'npm run *',
    scope: { type: 'project', projectId },
    decision: 'allow',
  });
  await client.rules.add({ tool: 'Bash', pattern: 'git push *', scope: { type: 'everywhere' }, decision: 'ask' });
  await client.rules.add({ tool: 'Read', pattern: 'secrets/**', scope: { type: 'everywhere' }, decision: 'deny' });
  const asking = await make('Prepare the release\n\ndemo: asks count=2', ['Bump the version', 'Write the notes']);
  await asks(1);
  const [first] = (await client.approvals.list({ status: ['pending'] })).approvals;
  await client.approvals.answer({
    approvalId: first?.id ?? '',
    answer: { type: 'allow', scope: 'once' },
    from: 'tray',
  });
  await until(async () => {
    const [next] = (await client.approvals.list({ status: ['pending'] })).approvals;
    return next !== undefined && next.id !== first?.id;
  }, 'the second question');
  await make('Keep notes in a database\n\ndemo: question', ['Choose', 'Write it'], {});
  await asks(2);
  await make('Split the server in two\n\ndemo: plan', ['Plan', 'Do it'], { autonomy: 'plan' });
  await asks(3);
  const guide = await make('Write the guide\n\ndemo: asks tool=Edit count=1', ['Write it'], { autonomy: 'ask' });
  await asks(4);
  const waiting = await make('Set up the new site\n\ndemo: waits', ['Create it']);
  await until(async () => (await client.tasks.get({ taskId: waiting })).task.stall !== null, 'the stall');
  await make('Measure how long the start takes', ['Write a benchmark', 'Run it ten times'], { start: false });
  await make('Keep running\n\ndemo: stall', ['Wait for the build']);
  const { approvals } = await client.approvals.list({ status: ['pending'] });
  const approvalOf = (taskId: string) => approvals.find((one) => one.taskId === taskId)?.id ?? '';
  return {
    done: done[0] ?? '',
    blocked: done.at(-1) ?? '',
    asking,
    waiting,
    approval: approvalOf(asking),
    edit: approvalOf(guide),
  };
}
