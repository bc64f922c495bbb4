import { afterEach, expect, test } from 'vitest';
import type { ApprovalAnswer } from '../../src/contract/approval/state.ts';
import type { SessionOptions, ToolAnswer } from '../../src/core/backends/backend.ts';
import { answer } from '../support/approvals.ts';
import { claudeCall } from '../support/claude-call.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';

let drover: TestHost;
afterEach(() => drover.remove());

const MANY = 200;

/** An agent in this process that asks `count` questions at once and keeps what it was answered. */
async function asking(count: number, ask: (n: number) => Partial<Parameters<SessionOptions['ask']>[0]> = () => ({})) {
  const answers: { n: number; answer: ToolAnswer }[] = [];
  const backend = createScriptedBackend(
    'asker',
    async (options) => {
      const signal = new AbortController().signal;
      const one = async (n: number) => {
        const input = { command: `npm publish --tag v${n}` };
        const question = {
          callId: `call-${n}`,
          ...claudeCall('Bash', input),
          reason: null,
          signal,
          ...ask(n),
        };
        answers.push({ n, answer: await options.ask(question) });
      };
      await Promise.all(Array.from({ length: count }, (_, n) => one(n)));
      return YIELDED;
    },
    { approvals: true },
  );
  drover = await createHost({ backends: [backend] });
  const { id } = await drover.create({ goal: 'Ask.', agent: { agent: 'asker' }, autonomy: 'ask' });
  const list = async (cursor?: string) =>
    must(await drover.core.api.approvals.list({ status: ['pending'], limit: 50, cursor }, USER));
  if (count > 0) {
    await drover.event(id, 'approval.requested', () => {
      return true;
    });
    await expect.poll(async () => (await list()).pending).toBe(count);
  }
  return { id, answers, list };
}

test(`${MANY} at once are listed oldest first and page by page, stay quick, and each gets its own answer`, async () => {
  const { id, answers, list } = await asking(MANY);
  const ids: string[] = [];
  const startedAt = performance.now();
  for (let cursor: string | undefined; ; ) {
    const page = await list(cursor);
    expect(page.pending).toBe(MANY);
    ids.push(...page.approvals.map((one) => one.id));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(performance.now() - startedAt).toBeLessThan(500);
  expect(new Set(ids).size).toBe(MANY);
  const task = await drover.get(id);
  expect(ids).toEqual(task.approvals.map((one) => one.id));
  expect(task).toMatchObject({ phase: 'waiting', phaseWords: task.approvals[0]?.title });

  const begun = performance.now();
  for (const [n, approvalId] of ids.entries()) {
    const given: ApprovalAnswer = n % 2 === 0 ? { type: 'allow', scope: 'once' } : { type: 'deny', words: `No ${n}.` };
    must(await answer(drover, approvalId, given));
  }
  expect((performance.now() - begun) / MANY).toBeLessThan(20);
  expect(await drover.settled(id)).toMatchObject({ status: 'completed', approvals: [] });
  expect(answers).toHaveLength(MANY);
  expect(answers.map(({ n }) => n)).toEqual(Array.from({ length: MANY }, (_, n) => n));
  for (const { n, answer: got } of answers) {
    expect(got.decision).toBe(n % 2 === 0 ? 'allow' : 'deny');
    if (got.decision === 'deny') expect(got.words).toContain(`No ${n}.`);
  }
  expect((await list()).pending).toBe(0);
});

test('a rule made by one answer also answers what waits and it covers, and nothing else', async () => {
  const { id, answers, list } = await asking(4, (n) =>
    claudeCall('Bash', { command: n < 3 ? `mkfifo p${n}` : 'npm publish' }),
  );
  const [first] = (await list()).approvals;
  must(await answer(drover, String(first?.id), { type: 'allow', scope: 'task', pattern: 'mkfifo *' }));
  const left = (await list()).approvals;
  expect(left).toHaveLength(1);
  must(await answer(drover, String(left[0]?.id), { type: 'deny' }));
  await drover.settled(id);
  const decisions = answers.sort((a, b) => a.n - b.n).map((one) => one.answer.decision);
  expect(decisions).toEqual(['allow', 'allow', 'allow', 'deny']);
  const by = must(await drover.core.api.approvals.list({ taskId: id, limit: 10 }, USER)).approvals;
  expect(by.map((one) => one.decision?.by)).toEqual(['user', 'rule', 'rule', 'user']);
});

test('the export has every one of them, page by page', async () => {
  const { id, list } = await asking(30);
  for (const { id: approvalId } of (await list()).approvals) must(await answer(drover, approvalId, { type: 'deny' }));
  await drover.settled(id);
  let text = '';
  for (let cursor: string | undefined; ; ) {
    const page = must(await drover.core.api.approvals.export({ format: 'json', limit: 7, cursor, taskId: id }, USER));
    text += page.text;
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(30);
  expect(rows[0]).toMatchObject({ status: 'denied', input: '{"command":"npm publish --tag v29"}' });
});

test('filters find by status, who decided, tool, words and time', async () => {
  const { id, list } = await asking(4, (n) =>
    n === 3 ? claudeCall('Write', { file_path: '/etc/hosts', content: '' }) : {},
  );
  const [first, second] = (await list()).approvals;
  must(await answer(drover, String(first?.id), { type: 'allow' }));
  must(await answer(drover, String(second?.id), { type: 'deny' }));
  const found = async (filter: object) =>
    must(await drover.core.api.approvals.list({ limit: 50, ...filter }, USER)).approvals.length;
  expect(await found({ status: ['allowed'] })).toBe(1);
  expect(await found({ status: ['pending', 'denied'] })).toBe(3);
  expect(await found({ by: ['user'] })).toBe(2);
  expect(await found({ tool: 'Write' })).toBe(1);
  expect(await found({ search: 'tag v2' })).toBe(1);
  expect(await found({ search: '%' })).toBe(0);
  expect(await found({ taskId: id })).toBe(4);
  expect(await found({ taskId: 'a99999999' })).toBe(0);
  expect(await found({ projectId: drover.projectId, since: first?.askedAt })).toBe(4);
  expect(await found({ until: first?.askedAt })).toBe(0);
  must(await drover.core.api.tasks.stop({ taskId: id }, USER));
  await drover.settled(id);
  expect(await found({ status: ['expired'] })).toBe(2);
  must(await drover.core.api.tasks.remove({ taskId: id, keepWorkspace: true }, USER));
  expect(await found({})).toBe(0);
  expect(await drover.core.api.approvals.get({ approvalId: String(first?.id) }, USER)).toMatchObject({
    rejection: { code: 'not-found' },
  });
});

test('an agent that acts by itself and cannot ask does not start, unless it may do all without asking', async () => {
  const started: string[] = [];
  const backend = createScriptedBackend(
    'mute',
    async ({ autonomy }) => {
      started.push(autonomy);
      return YIELDED;
    },
    { process: true, approvals: false },
  );
  drover = await createHost({ backends: [backend] });
  for (const autonomy of ['plan', 'ask', 'edit'] as const) {
    const { id } = await drover.create({ goal: 'Go.', agent: { agent: 'mute' }, autonomy });
    expect(await drover.settled(id)).toMatchObject({
      status: 'failed',
      outcome: { code: 'backend-error', words: expect.stringContaining(`cannot work with the autonomy ${autonomy}`) },
    });
  }
  const { id } = await drover.create({ goal: 'Go.', agent: { agent: 'mute' }, autonomy: 'auto' });
  expect(await drover.settled(id)).toMatchObject({ status: 'completed' });
  expect(started).toEqual(['auto']);
});

test('from the question to stored, and from the answer to the agent, in a few milliseconds', async () => {
  const stored: number[] = [];
  const answered: number[] = [];
  let given = 0;
  const backend = createScriptedBackend(
    'asker',
    async (options) => {
      const signal = new AbortController().signal;
      for (let n = 0; n < 50; n += 1) {
        const input = { command: `git -C . log -n ${n} && npm run build -- --mode=${n} | tee out.txt` };
        const askedAt = performance.now();
        const answer = options.ask({ callId: `c${n}`, ...claudeCall('Bash', input), reason: null, signal });
        stored.push(performance.now() - askedAt);
        await answer;
        answered.push(performance.now() - given);
      }
      return YIELDED;
    },
    { approvals: true },
  );
  drover = await createHost({ backends: [backend] });
  const { id } = await drover.create({ goal: 'Ask.', agent: { agent: 'asker' }, autonomy: 'ask' });
  const seen: string[] = [];
  for (let n = 0; n < 50; n += 1) {
    const { approvalId } = await drover.event(id, 'approval.requested', (event) => !seen.includes(event.approvalId));
    seen.push(approvalId);
    given = performance.now();
    must(await answer(drover, approvalId, { type: 'allow' }));
  }
  await drover.settled(id);
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  expect(median(stored)).toBeLessThan(10);
  expect(median(answered)).toBeLessThan(20);
});
