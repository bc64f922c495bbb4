import { expect, it } from 'vitest';
import type { Task, TaskSpec } from '../../src/contract/task/state.ts';
import { until } from '../support/until.ts';
import { machineryIn, repeatedIn } from './screen-text.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

const TABS = ['Conversation', 'Checklist', 'Changes', 'Details'];
/** What the demo agent thinks in each of its turns: agents may repeat themselves. */
const AGENTS_OWN = 'Thought: First I read the checklist';
const AT_END = ['completed', 'failed', 'cancelled'];

interface Case {
  goal: string;
  reached(task: Task): boolean;
  spec?: Partial<TaskSpec>;
  stops?: true;
}
const ended = ({ status }: Task) => AT_END.includes(status);
const CASES: Readonly<Record<string, Case>> = {
  draft: { goal: 'Measure the start', reached: () => true },
  running: { goal: 'Take your time\n\ndemo: slow ms=100000', reached: ({ run }) => run?.openTurn != null },
  finished: { goal: 'Write two files', reached: ended },
  blocked: { goal: 'Publish the package\n\ndemo: block', reached: ended },
  asks: { goal: 'Prepare the release\n\ndemo: asks count=1', reached: ({ approvals }) => approvals.length > 0 },
  stalled: { goal: 'Set up the new site\n\ndemo: waits', reached: ({ stall }) => stall !== null },
  failed: { goal: 'Go wrong\n\ndemo: fail', reached: ended },
  spent: { goal: 'Never done\n\ndemo: stubborn', reached: ended, spec: { limits: { maxRetries: 2 } } },
  stopped: { goal: 'Stop this\n\ndemo: silent', reached: ({ run }) => run?.openTurn != null, stops: true },
};

describeInBrowser('a task in each of its states', () => {
  const home = useHome(createWindowHome);

  it('says each thing once, and nothing that only programs understand', async () => {
    const { client, projectId } = home;
    await client.settings.set({ key: 'task.slots', value: 10 });
    await client.settings.set({ key: 'task.stallMs', value: 1000 });
    const get = async (taskId: string) => (await client.tasks.get({ taskId })).task;
    const items = [{ text: 'Read what is there' }, { text: 'Write the second file' }];
    const made = await Promise.all(
      Object.entries(CASES).map(async ([name, { goal, reached, spec, stops }]) => {
        const start = name !== 'draft';
        const { id } = await client.tasks.create({ projectId, goal, items, agent: { agent: 'demo' }, start, ...spec });
        await until(async () => reached(await get(id)), name, 60_000);
        if (stops) await client.tasks.stop({ taskId: id });
        if (stops) await until(async () => ended(await get(id)), 'the stop', 30_000);
        return [name, id] as const;
      }),
    );
    const { page, problems } = await home.open();
    const view = page.getByRole('region', { name: 'Task', exact: true });
    const wrong: string[] = [];
    for (const [name, id] of made) {
      const task = await get(id);
      await page.evaluate((taskId) => {
        location.hash = `#/tasks/${taskId}`;
      }, id);
      await view.getByRole('heading', { name: task.title }).waitFor();
      for (const tab of TABS) {
        await view.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
        const panel = view.getByRole('tabpanel', { name: new RegExp(`^${tab}`) });
        await panel.waitFor();
        if (tab === 'Conversation' && name !== 'draft') await panel.locator('[data-index]').first().waitFor();
        // What stands in an approval is the approvals' own.
        const article = await view.locator('article').allInnerTexts();
        const all = article.reduce((text, one) => text.replace(one, ''), await view.innerText());
        // A branch and a folder are names that git and people use.
        const names = [task.workspace?.branch, task.workspace?.path].filter((one) => one !== undefined);
        const text = names.reduce((rest, one) => rest.replaceAll(one, ''), all);
        const ids = [task.id, task.run?.id, task.sessionId, task.workspace?.id].filter(
          (one) => typeof one === 'string',
        );
        const own = [AGENTS_OWN, task.title, ...items.map((item) => item.text)];
        for (const sentence of repeatedIn(text, own)) wrong.push(`${name}, ${tab}: twice “${sentence}”`);
        for (const found of machineryIn(text, ids)) wrong.push(`${name}, ${tab}: ${found}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(problems).toEqual([]);
  });
});

it('finds what is said twice and what only programs understand', () => {
  const text =
    'Failed\nThe agent stopped early on. Resume\nIt says: The agent stopped early on\nThe agent stopped early on';
  expect(repeatedIn(text)).toEqual(['The agent stopped early on']);
  expect(repeatedIn('Mark done\nMark done\n3 of 3')).toEqual([]);
  expect(machineryIn('drover item_set item=3 status=in_progress', [])).toHaveLength(2);
  expect(machineryIn('{"command": "ls"} of a12345678', ['a12345678'])).toHaveLength(2);
  expect(machineryIn('Bash ls', [])).toHaveLength(1);
  expect(machineryIn('Read a.ts\nEdited 6 files, ran 2 commands', [])).toEqual([]);
});
