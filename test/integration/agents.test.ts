import { afterEach, describe, expect, test } from 'vitest';
import type { Backend, SessionOptions } from '../../src/core/backends/backend.ts';
import { drover } from '../support/daemon.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';

let host: TestHost;
afterEach(() => host.remove());

/** An agent without MCP: the test says what it does in a turn. */
function scripted(turn: (options: SessionOptions, prompt: string) => Promise<void>): Backend {
  return createScriptedBackend(
    'scripted',
    async (options, _signal, prompt) => {
      await turn(options, prompt);
      return YIELDED;
    },
    { mcp: false },
  );
}

describe('an agent without MCP', () => {
  test('reports with the drover command, is told so, and reaches only its own task', async () => {
    const prompts: string[] = [];
    const answers: { code: number | null; stdout: string; stderr: string }[] = [];
    let other = '';
    const backend = scripted(async ({ env, cwd }, prompt) => {
      prompts.push(prompt);
      const run = async (...args: string[]) => {
        answers.push(await drover('', env.HOME ?? '', args, { env: { ...env, DROVER_DATA: '/nonexistent' }, cwd }));
      };
      await run('item', 'set', '1', 'in_progress');
      await run('item', 'note', '1', 'a note; $(touch pwned)');
      await run('item', 'set', '1', 'completed');
      await run('item', 'set', '1', 'blocked');
      await run('item', 'list', other);
      await run('task', 'list');
    });
    host = await createHost({ backends: [backend] });
    other = (await host.create({ goal: 'Not yours.', items: [{ text: 'secret' }] }, false)).id;
    const { id } = await host.create({ goal: 'Report.', items: [{ text: 'One' }], agent: { agent: 'scripted' } });
    const task = await host.settled(id);
    expect(task).toMatchObject({ status: 'completed' });
    expect(task.items[0]?.notes.at(-1)).toMatchObject({ by: 'agent', text: 'a note; $(touch pwned)' });
    expect(prompts[0]).toContain('drover item set <item> completed');
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 3, 3, 3]);
    expect(answers[3]?.stderr).toMatch(/reason|cannot become/);
    expect(`${answers[4]?.stdout}${answers[4]?.stderr}`).not.toContain('secret');
    expect(`${answers[5]?.stdout}${answers[5]?.stderr}`).not.toContain('Not yours');
  });

  test('its token is worth nothing when its run is over', async () => {
    let env: Record<string, string> = {};
    host = await createHost({
      backends: [
        scripted(async (options) => {
          env = options.env;
        }),
      ],
    });
    const { id } = await host.create({ goal: 'x', agent: { agent: 'scripted' } });
    await host.settled(id);
    const late = await drover('', env.HOME ?? '', ['item', 'add', 'too late'], {
      env: { ...env, DROVER_DATA: '/nonexistent' },
    });
    expect(late.code).toBe(3);
    expect((await host.get(id)).items).toEqual([]);
  });
});

describe('the passive agent', () => {
  test('waits for people to finish the checklist, and its clocks stand still', async () => {
    host = await createHost();
    const { id } = await host.create({
      goal: 'By hand.',
      items: [{ text: 'One' }, { text: 'Two' }],
      agent: { agent: 'passive' },
      limits: { firstResponseMs: 100, inactivityMs: 100, turnMs: 100 },
    });
    await host.event(id, 'turn.requested');
    for (const itemId of ['1', '2'])
      must(await host.core.api.items.set({ taskId: id, itemId, status: 'completed' }, USER));
    expect(await host.settled(id)).toMatchObject({ status: 'completed', run: { turns: 1 } });
  });
});
