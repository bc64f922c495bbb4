import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { ApprovalAnswer } from '../../src/contract/approval/state.ts';
import { answer, approvalsOf, pendingOf } from '../support/approvals.ts';
import { type At, bash, calls, content, told, write } from '../support/claude-calls.ts';
import { type ClaudeHost, createClaudeHost } from '../support/claude-host.ts';
import { must, USER } from '../support/host.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { always, type Step, script } from '../support/scripted-api/scenario.ts';

let host: ClaudeHost;
afterEach(() => host.remove());

const edit =
  (name: string) =>
  (at: At): Step => ({
    tool: 'Edit',
    input: { file_path: at(name), old_string: 'before', new_string: 'theirs' },
  });

interface Kind {
  tool: string;
  step: (at: At) => Step;
  /** The file that the call changes, what is in it before, and afterwards when it was allowed. */
  file: string;
  before: string | null;
  after: string;
  /** What a person puts in the place of the input, and what then is in the file. */
  change: (input: Record<string, unknown>) => Record<string, unknown>;
  changed: string;
}

const KINDS: Kind[] = [
  {
    tool: 'Write',
    step: write('a.txt'),
    file: 'a.txt',
    before: null,
    after: 'theirs\n',
    change: (input) => ({ ...input, content: 'mine\n' }),
    changed: 'mine\n',
  },
  {
    tool: 'Edit',
    step: edit('README.md'),
    file: 'README.md',
    before: 'before\n',
    after: 'theirs\n',
    change: (input) => ({ ...input, new_string: 'mine' }),
    changed: 'mine\n',
  },
  {
    tool: 'Bash',
    step: bash('echo theirs > a.txt'),
    file: 'a.txt',
    before: null,
    after: 'theirs\n',
    change: (input) => ({ ...input, command: 'echo mine > a.txt' }),
    changed: 'mine\n',
  },
];

describe.each(KINDS)('$tool', ({ tool, step, file, before, after, change, changed }) => {
  const steps = (at: At) => {
    const read = { steps: () => [{ tool: 'Read', input: { file_path: at(file) } }] };
    return script(
      // Told that nobody has answered, the model makes the same call again.
      { when: { lastPrompt: /You were interrupted/ }, steps: () => [step(at)] },
      ...(tool === 'Edit' ? [read] : []),
      { steps: () => [step(at)] },
      always('It came to: {{lastToolResult}}'),
    );
  };
  async function ask() {
    host = await createClaudeHost(steps, { files: { 'README.md': 'before\n' } });
    const { id, at } = await host.start();
    const asked = await pendingOf(host.drover, id);
    expect(asked).toMatchObject({ status: 'pending', kind: 'tool', tool, reason: { by: 'autonomy' } });
    expect(await host.drover.get(id)).toMatchObject({
      status: 'running',
      phase: 'waiting',
      approvals: [{ id: asked.id }],
    });
    expect(await content(at(file))).toBe(before);
    return { id, asked, file: at(file), input: JSON.parse(asked.input.text) as Record<string, unknown> };
  }

  test('allowed, it happens as it was asked', async () => {
    const { id, asked, file } = await ask();
    must(await answer(host.drover, asked.id, { type: 'allow' }));
    expect(await host.drover.settled(id)).toMatchObject({ status: 'completed', approvals: [] });
    expect(await content(file)).toBe(after);
    expect((await approvalsOf(host.drover, id))[0]).toMatchObject({
      id: asked.id,
      status: 'allowed',
      followed: 'succeeded',
      decision: { by: 'user', from: 'window', scope: 'once', edited: null },
    });
  });

  test('allowed with another input, the other one happens, and the log has both', async () => {
    const { id, asked, file, input } = await ask();
    must(await answer(host.drover, asked.id, { type: 'allow', scope: 'once', input: change(input) }));
    await host.drover.settled(id);
    expect(await content(file)).toBe(changed);
    const [kept] = await approvalsOf(host.drover, id);
    expect(JSON.parse(kept?.decision?.edited?.text ?? '')).toEqual(change(input));
    expect(must(await host.drover.core.api.approvals.get({ approvalId: asked.id }, USER)).input).toEqual(asked.input);
  });

  test('denied with words, nothing happens, and the model reads the words', async () => {
    const { id, asked, file } = await ask();
    must(await answer(host.drover, asked.id, { type: 'deny', words: 'Not on a Friday.' }));
    expect(await host.drover.settled(id)).toMatchObject({ status: 'completed' });
    expect(await content(file)).toBe(before);
    expect(await told(host.drover, id)).toContain('Not on a Friday.');
    expect((await approvalsOf(host.drover, id))[0]).toMatchObject({
      status: 'denied',
      decision: { words: 'Not on a Friday.' },
      followed: 'failed',
    });
  });

  test('denied and stopped, the task ends and no process is left', async () => {
    const { id, asked, file } = await ask();
    must(await answer(host.drover, asked.id, { type: 'deny', stop: true }));
    const task = await host.drover.settled(id);
    expect(task).toMatchObject({ status: 'cancelled', outcome: { code: 'by-user' } });
    expect(await content(file)).toBe(before);
    expect(await markedProcesses(String(task.run?.id))).toEqual([]);
    expect((await approvalsOf(host.drover, id))[0]).toMatchObject({ status: 'denied' });
  });

  test('never answered, it does not happen: the host ends, asks again, and takes no old answer', async () => {
    const { id, asked, file } = await ask();
    await host.drover.reopen();
    const again = await pendingOf(host.drover, id, [asked.id]);
    expect(await content(file)).toBe(before);
    expect(again.id).not.toBe(asked.id);
    const [, old] = await approvalsOf(host.drover, id);
    expect(old).toMatchObject({ id: asked.id, status: 'expired', decision: { by: 'drover', from: null } });
    expect(await answer(host.drover, asked.id, { type: 'allow' })).toMatchObject({
      rejection: { code: 'wrong-state', message: expect.stringContaining('is over') },
    });
    expect(await content(file)).toBe(before);
    const goesOn = host.api.requests.find((request) => /You were interrupted/.test(request.lastPrompt));
    expect(goesOn?.lastPrompt).toContain(`none of it was done`);
    expect(goesOn?.lastPrompt).toContain(asked.title);
    must(await answer(host.drover, again.id, { type: 'allow' }));
    await host.drover.settled(id);
    expect(await content(file)).toBe(after);
  });
});

describe('one answer', () => {
  test('of two people at once, the first counts, and the other is told who answered', async () => {
    host = await createClaudeHost(calls(write('a.txt')));
    const { id, at } = await host.start();
    const { id: approvalId } = await pendingOf(host.drover, id);
    const given: ApprovalAnswer[] = [
      { type: 'deny', words: 'No.' },
      { type: 'allow', scope: 'once' },
    ];
    const [first, second] = await Promise.all([
      answer(host.drover, approvalId, given[0] as ApprovalAnswer, { from: 'tray' }),
      answer(host.drover, approvalId, given[1] as ApprovalAnswer),
    ]);
    expect(must(first)).toMatchObject({ status: 'denied' });
    expect(second).toMatchObject({
      rejection: { code: 'wrong-state', message: `Approval ${approvalId} was already denied by you in the tray.` },
    });
    await host.drover.settled(id);
    expect(existsSync(at('a.txt'))).toBe(false);
    const settled = (await host.drover.log(id)).filter(({ event }) => event.type === 'approval.settled');
    expect(settled).toHaveLength(1);
  });

  test('sent twice under one id is one answer; under one id something else is still the first', async () => {
    host = await createClaudeHost(calls(write('a.txt'), write('b.txt')));
    const { id, at } = await host.start();
    const first = await pendingOf(host.drover, id);
    must(await answer(host.drover, first.id, { type: 'allow' }, { commandId: 'click-1' }));
    must(await answer(host.drover, first.id, { type: 'allow' }, { commandId: 'click-1' }));
    const second = await pendingOf(host.drover, id, [first.id]);
    // A click that is repeated by the connection answers nothing that came after it.
    must(await answer(host.drover, first.id, { type: 'deny' }, { commandId: 'click-1' }));
    expect((await host.drover.get(id)).approvals.map((one) => one.id)).toEqual([second.id]);
    must(await answer(host.drover, second.id, { type: 'deny' }));
    await host.drover.settled(id);
    expect([existsSync(at('a.txt')), existsSync(at('b.txt'))]).toEqual([true, false]);
  });

  test('what was denied is asked again when another tool reaches for it', async () => {
    host = await createClaudeHost(calls(write('a.txt'), bash('echo theirs > a.txt'), write('a.txt')));
    const { id, at } = await host.start();
    const seen: string[] = [];
    for (const tool of ['Write', 'Bash', 'Write']) {
      const asked = await pendingOf(host.drover, id, seen);
      expect(asked.tool).toBe(tool);
      seen.push(asked.id);
      must(await answer(host.drover, asked.id, { type: 'deny', words: 'No.' }));
    }
    await host.drover.settled(id);
    expect(existsSync(at('a.txt'))).toBe(false);
  });

  test('a task that is stopped while it waits ends, and nothing happens', async () => {
    host = await createClaudeHost(calls(write('a.txt')));
    const { id, at } = await host.start();
    const asked = await pendingOf(host.drover, id);
    must(await host.drover.core.api.tasks.stop({ taskId: id }, USER));
    expect((await approvalsOf(host.drover, id))[0]).toMatchObject({ id: asked.id, status: 'expired' });
    expect(await host.drover.settled(id)).toMatchObject({ status: 'cancelled', approvals: [] });
    expect(existsSync(at('a.txt'))).toBe(false);
    expect(await answer(host.drover, asked.id, { type: 'allow' })).toMatchObject({
      rejection: { code: 'wrong-state' },
    });
  });
});
