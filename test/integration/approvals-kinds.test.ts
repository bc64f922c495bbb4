import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { answer, approvalsOf, pendingOf } from '../support/approvals.ts';
import { type At, bash, calls, content, told, write } from '../support/claude-calls.ts';
import { type ClaudeHost, createClaudeHost } from '../support/claude-host.ts';
import { must, USER } from '../support/host.ts';
import { always, type Step, script } from '../support/scripted-api/scenario.ts';

let host: ClaudeHost;
afterEach(() => host.remove());

describe('an answer that is kept', () => {
  test('for the task: the like is not asked again, and the rule is named in the log', async () => {
    host = await createClaudeHost(calls(bash('mkfifo a.pipe'), bash('mkfifo a.pipe b.pipe'), bash('mkfifo c.pipe')));
    const { id, at } = await host.start();
    const first = await pendingOf(host.drover, id);
    expect(first.suggestion).toMatchObject({ tool: 'Bash', pattern: expect.stringContaining('mkfifo') });
    const pattern = 'mkfifo *';
    const kept = must(await answer(host.drover, first.id, { type: 'allow', scope: 'task', pattern }));
    expect(await host.drover.settled(id)).toMatchObject({ status: 'completed' });
    expect([existsSync(at('a.pipe')), existsSync(at('c.pipe'))]).toEqual([true, true]);
    const all = await approvalsOf(host.drover, id);
    expect(all.map(({ decision }) => [decision?.by, decision?.ruleId])).toEqual([
      ['rule', kept.decision?.ruleId],
      ['rule', kept.decision?.ruleId],
      ['user', kept.decision?.ruleId],
    ]);
    const [rule] = must(await host.drover.core.api.rules.list({ taskId: id }, USER));
    expect(rule).toMatchObject({
      id: kept.decision?.ruleId,
      scope: { type: 'task', taskId: id },
      pattern,
      madeBy: 'approval',
      approvalId: first.id,
      uses: 2,
    });
  });

  test('for the project, as suggested: another task is not asked', async () => {
    host = await createClaudeHost((at) => ({
      sessions: [
        {
          name: 'main',
          turns: [
            { times: 'forever', when: (facts) => facts.toolResults.length === 0, steps: () => [write('a.txt')(at)] },
            always('Done.'),
          ],
        },
      ],
    }));
    const { id } = await host.start();
    const asked = await pendingOf(host.drover, id);
    must(await answer(host.drover, asked.id, { type: 'allow', scope: 'project' }));
    await host.drover.settled(id);
    const next = await host.start();
    expect(await host.drover.settled(next.id)).toMatchObject({ status: 'completed' });
    expect(await content(next.at('a.txt'))).toBe('theirs\n');
    expect(await approvalsOf(host.drover, next.id)).toMatchObject([{ status: 'allowed', decision: { by: 'rule' } }]);
  });

  test('is refused where something is protected, and the question stays', async () => {
    host = await createClaudeHost(calls(bash('git push --force origin main')));
    const { id } = await host.start({ autonomy: 'auto' });
    const asked = await pendingOf(host.drover, id);
    expect(asked).toMatchObject({ suggestion: null, reason: { by: 'protected' } });
    expect(
      await answer(host.drover, asked.id, { type: 'allow', scope: 'project', pattern: 'git push *' }),
    ).toMatchObject({
      rejection: { code: 'invalid' },
    });
    expect((await host.drover.get(id)).approvals).toHaveLength(1);
    expect(must(await host.drover.core.api.rules.list({}, USER))).toEqual([]);
    must(await answer(host.drover, asked.id, { type: 'deny' }));
    await host.drover.settled(id);
  });

  test('a rule that denies beats a person who edits the input into what it denies', async () => {
    host = await createClaudeHost(calls(bash('mkfifo a.pipe')));
    const { id, at } = await host.start();
    const asked = await pendingOf(host.drover, id);
    const spec = { tool: 'Bash', pattern: 'touch *', scope: { type: 'everywhere' }, decision: 'deny' } as const;
    must(await host.drover.core.api.rules.add(spec, USER));
    const input = { command: 'touch b.txt' };
    expect(await answer(host.drover, asked.id, { type: 'allow', scope: 'once', input })).toMatchObject({
      rejection: { code: 'conflict' },
    });
    expect((await host.drover.get(id)).approvals).toHaveLength(1);
    must(await answer(host.drover, asked.id, { type: 'deny' }));
    await host.drover.settled(id);
    expect(existsSync(at('b.txt'))).toBe(false);
  });
});

describe('subagents', () => {
  test('ask at the same time, and each gets its own answer in any order', async () => {
    const subagent = (name: string): Step => ({
      tool: 'Agent',
      input: {
        description: name,
        prompt: `You are ${name}.`,
        subagent_type: 'general-purpose',
        run_in_background: false,
      },
    });
    host = await createClaudeHost((at) => ({
      sessions: [
        ...['one', 'two'].map((name) => ({
          name,
          match: { isSubagent: true, prompt: new RegExp(`You are ${name}`) },
          turns: [{ steps: () => [write(`${name}.txt`)(at)] }, always('Done.')],
        })),
        { name: 'main', turns: [{ steps: [subagent('one'), subagent('two')] }, always('All done.')] },
      ],
    }));
    const { id, at } = await host.start();
    const first = await pendingOf(host.drover, id);
    const second = await pendingOf(host.drover, id, [first.id]);
    expect((await host.drover.get(id)).approvals).toHaveLength(2);
    expect(must(await host.drover.core.api.approvals.list({ status: ['pending'], limit: 10 }, USER))).toMatchObject({
      pending: 2,
      approvals: [{ id: first.id }, { id: second.id }],
    });
    must(await answer(host.drover, second.id, { type: 'allow' }));
    expect(await host.drover.get(id)).toMatchObject({ phase: 'waiting', approvals: [{ id: first.id }] });
    must(await answer(host.drover, first.id, { type: 'deny', words: 'No.' }));
    expect(await host.drover.settled(id)).toMatchObject({ status: 'completed' });
    const made = (input: string) => existsSync(JSON.parse(input).file_path);
    expect(made(first.input.text)).toBe(false);
    expect(made(second.input.text)).toBe(true);
    expect(existsSync(at('one.txt'))).not.toBe(existsSync(at('two.txt')));
  });
});

describe('a plan', () => {
  const planning = (at: At) =>
    script(
      {
        steps: ({ planFile }) => [{ tool: 'Write', input: { file_path: planFile, content: '# The plan\n\n- One\n' } }],
      },
      { steps: [{ tool: 'ExitPlanMode', input: {} }] },
      {
        when: { toolResult: /One more step/ },
        steps: ({ planFile }) => [{ tool: 'Write', input: { file_path: planFile, content: '# The plan\n\n- Two\n' } }],
      },
      { steps: [{ tool: 'ExitPlanMode', input: {} }] },
      { steps: () => [write('a.txt')(at)] },
      { steps: [bash('mkfifo b.pipe')()] },
      always('It came to: {{lastToolResult}}'),
    );

  test('is sent back with comments, approved, and carried out with the autonomy that was chosen', async () => {
    host = await createClaudeHost(planning);
    const { id, at } = await host.start({ autonomy: 'plan' });
    const first = await pendingOf(host.drover, id);
    expect(first).toMatchObject({ kind: 'plan', suggestion: null });
    expect(JSON.parse(first.input.text).plan).toContain('- One');
    must(await answer(host.drover, first.id, { type: 'deny', words: 'One more step, please.' }));
    const second = await pendingOf(host.drover, id, [first.id]);
    expect(JSON.parse(second.input.text).plan).toContain('- Two');
    expect(await host.drover.get(id)).toMatchObject({ autonomy: 'plan' });
    expect(await answer(host.drover, second.id, { type: 'allow', scope: 'once', autonomy: 'plan' })).toMatchObject({
      rejection: { code: 'invalid' },
    });
    must(await answer(host.drover, second.id, { type: 'allow', scope: 'once', autonomy: 'edit' }));
    const command = await pendingOf(host.drover, id, [first.id, second.id]);
    // With `edit`, the file has passed unasked, and the command asks.
    expect(command.tool).toBe('Bash');
    expect(await content(at('a.txt'))).toBe('theirs\n');
    expect(await host.drover.get(id)).toMatchObject({ autonomy: 'edit' });
    must(await answer(host.drover, command.id, { type: 'deny' }));
    expect(await host.drover.settled(id)).toMatchObject({ status: 'completed', autonomy: 'edit' });
  });

  test('that is missing is asked for, and one that is approved without a word goes on with ask', async () => {
    host = await createClaudeHost((at) =>
      script(
        { steps: [{ tool: 'ExitPlanMode', input: {} }] },
        {
          when: { toolResult: /Write the plan, change nothing else/ },
          steps: ({ planFile }) => [{ tool: 'Write', input: { file_path: planFile, content: '# The plan\n' } }],
        },
        { steps: [{ tool: 'ExitPlanMode', input: {} }] },
        { steps: () => [write('a.txt')(at)] },
        always('Done.'),
      ),
    );
    // The user's own settings count for nothing: only our word lets an edit through.
    await mkdir(`${host.home}/.claude`);
    const permissions = { allow: ['Write', 'Edit(//**)'], defaultMode: 'acceptEdits' };
    await writeFile(`${host.home}/.claude/settings.json`, JSON.stringify({ permissions }));
    const { id } = await host.start({ autonomy: 'plan' });
    const none = await pendingOf(host.drover, id);
    expect(none.title).toBe('The agent sent no plan');
    expect(await answer(host.drover, none.id, { type: 'allow' })).toMatchObject({ rejection: { code: 'invalid' } });
    must(await answer(host.drover, none.id, { type: 'deny' }));
    const plan = await pendingOf(host.drover, id, [none.id]);
    must(await answer(host.drover, plan.id, { type: 'allow' }));
    const asked = await pendingOf(host.drover, id, [none.id, plan.id]);
    expect(asked.tool).toBe('Write');
    expect(await host.drover.get(id)).toMatchObject({ autonomy: 'ask' });
    must(await answer(host.drover, asked.id, { type: 'deny', stop: true }));
    await host.drover.settled(id);
  });

  test('can be changed by the person who approves it', async () => {
    host = await createClaudeHost(() => planning(() => ''));
    const { id } = await host.start({ autonomy: 'plan' });
    const plan = await pendingOf(host.drover, id);
    const input = { plan: '# The plan of the user' };
    must(await answer(host.drover, plan.id, { type: 'allow', scope: 'once', input, autonomy: 'auto' }));
    await host.drover.event(id, 'tool.settled', ({ output }) => output.text.includes('# The plan of the user'));
  });
});

describe('a question', () => {
  const questions = [
    {
      question: 'Which colours?',
      header: 'Colours',
      multiSelect: true,
      options: [
        { label: 'Red', description: 'r' },
        { label: 'Blue', description: 'b' },
      ],
    },
    {
      question: 'How many?',
      header: 'Number',
      multiSelect: false,
      options: [
        { label: 'One', description: '1' },
        { label: 'Two', description: '2' },
      ],
    },
  ];
  const asking = calls(() => ({ tool: 'AskUserQuestion', input: { questions } }));

  test('is answered with several choices and with words of one’s own', async () => {
    host = await createClaudeHost(asking);
    const { id } = await host.start({ autonomy: 'auto' });
    const asked = await pendingOf(host.drover, id);
    expect(asked).toMatchObject({ kind: 'question' });
    const reply = (answers: Record<string, string | string[]>) =>
      answer(host.drover, asked.id, { type: 'reply', answers });
    expect(await reply({ 'Which colour?': 'Red' })).toMatchObject({ rejection: { code: 'invalid' } });
    expect(await reply({ 'How many?': ['One', 'Two'] })).toMatchObject({ rejection: { code: 'invalid' } });
    expect(await reply({})).toMatchObject({ rejection: { code: 'invalid' } });
    expect(await answer(host.drover, asked.id, { type: 'allow' })).toMatchObject({ rejection: { code: 'invalid' } });
    must(await reply({ 'Which colours?': ['Red', 'Blue'], 'How many?': 'A dozen' }));
    await host.drover.settled(id);
    expect(await told(host.drover, id)).toContain('"Which colours?"="Red, Blue"');
    expect(await told(host.drover, id)).toContain('"How many?"="A dozen"');
    expect((await approvalsOf(host.drover, id))[0]).toMatchObject({
      status: 'allowed',
      decision: { words: 'Which colours? Red, Blue\nHow many? A dozen' },
    });
  });

  test('that nobody wants to answer is denied with words', async () => {
    host = await createClaudeHost(asking);
    const { id } = await host.start({ autonomy: 'auto' });
    const asked = await pendingOf(host.drover, id);
    must(await answer(host.drover, asked.id, { type: 'deny', words: 'You choose.' }));
    await host.drover.settled(id);
    expect(await told(host.drover, id)).toContain('You choose.');
  });
});
