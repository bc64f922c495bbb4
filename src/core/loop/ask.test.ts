import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claudeCall } from '../../../test/support/claude-call.ts';
import { aNewTask } from '../../../test/support/task.ts';
import { type OpenTaskStore, openTaskStore } from '../../../test/support/task-store.ts';
import type { JudgeContext } from '../approvals/judge/judge.ts';
import { createOpenQuestions, type OpenQuestions } from '../approvals/open-questions.ts';
import type { ToolAnswer, ToolQuestion, UnaskedCall } from '../backends/backend.ts';
import { AGENT_FILES } from '../backends/known-agents.ts';
import { createId } from '../base/ids.ts';
import { silentLogger } from '../base/logger.ts';
import type { Log } from '../log/log.ts';
import type { TaskStore } from '../tasks/store.ts';
import { createAsk } from './ask.ts';
import { createPersist } from './persist.ts';
import { createRecorder } from './recorder.ts';

let opened: OpenTaskStore;
let store: TaskStore;
let log: Log;
let openQuestions: OpenQuestions;
let taskId: string;
let runId: string;
let halt: AbortController;
let broken: Error[];
let held: number;
let used: string[];
let context: () => JudgeContext;
let ask: (question: ToolQuestion) => Promise<ToolAnswer>;
let unasked: (call: UnaskedCall) => boolean;

beforeEach(async () => {
  opened = await openTaskStore();
  const { hub } = opened;
  ({ store, log } = opened);
  openQuestions = createOpenQuestions(hub);
  taskId = createId('a');
  runId = `${taskId}.1`;
  store.dispatch(taskId, { type: 'task.create', start: true, task: aNewTask(taskId, {}, []) });
  store.dispatch(taskId, { type: 'run.start', sessionId: 's' });
  halt = new AbortController();
  broken = [];
  held = 0;
  used = [];
  context = ground;
  ({ ask, unasked } = createAsk({
    runId,
    recorder: createRecorder({
      taskId,
      runId,
      store,
      log,
      hub,
      persist: createPersist({ firstMs: 10, longestMs: 50 }),
    }),
    openQuestions,
    logger: silentLogger,
    context: () => context(),
    ruleUsed: (ruleId) => used.push(ruleId),
    hold() {
      held += 1;
      return () => {
        held -= 1;
      };
    },
    broken: (error) => broken.push(error),
    halt: halt.signal,
  }));
});
afterEach(async () => {
  await opened.close();
});

/** What calls are judged by here: the autonomy `ask`, and no rules. */
const ground = (): JudgeContext => ({
  workspace: opened.folder,
  dataFolder: '/nowhere/data',
  home: '/nowhere',
  agents: AGENT_FILES,
  realpath: (path) => path,
  autonomy: 'ask',
  defaultBranch: null,
  lifted: [],
  rules: [],
});

function aQuestion(change: Partial<ToolQuestion> = {}): ToolQuestion {
  const { input = { command: 'npm publish' } } = change;
  const signal = new AbortController().signal;
  return { callId: 'c1', ...claudeCall('Bash', input), reason: null, signal, ...change };
}
const pending = () => store.get(taskId)?.approvals ?? [];
const settled = () =>
  log.read({ after: 0, taskId, limit: 100 }).flatMap(({ event }) => (event.type === 'approval.settled' ? [event] : []));

test('is stored, with the clocks held, before anybody could answer', async () => {
  const waiting = ask(aQuestion());
  expect(pending()).toMatchObject([{ kind: 'tool', tool: 'Bash' }]);
  expect(held).toBe(1);
  const id = pending()[0]?.id ?? '';
  expect(openQuestions.get(id)).toMatchObject({ approvalId: id, taskId, runId });
  expect(openQuestions.answer(id, { decision: 'allow' }, 'person')).toBe(true);
  expect(await waiting).toEqual({ decision: 'allow' });
  expect(held).toBe(0);
  expect(openQuestions.answer(id, { decision: 'allow' }, 'person')).toBe(false);
});

test('what needs nobody is settled at once, and is in the log', async () => {
  expect(await ask(aQuestion(claudeCall('TodoWrite', {})))).toEqual({ decision: 'allow' });
  expect(settled()).toMatchObject([
    { decision: 'allow', by: 'autonomy', callId: 'c1', approvalId: expect.any(String) },
  ]);
  expect(held).toBe(0);
});

test('a full disk denies, and the run is told that it must end', async () => {
  opened.db.pragma(`max_page_count = ${Number(opened.db.pragma('page_count', { simple: true }))}`);
  const input = { command: 'x'.repeat(30_000) };
  expect(await ask(aQuestion({ input }))).toMatchObject({ decision: 'deny' });
  expect(broken).toHaveLength(1);
  expect(broken[0]?.message).toMatch(/^The disk is full/);
  expect(pending()).toEqual([]);
  expect(openQuestions.all()).toEqual([]);
  expect(held).toBe(0);
});

test.each(['allowed', 'denied'])(
  'what a person has %s in the terminal of the agent is theirs, and the log says where',
  async (how) => {
    const there = new AbortController();
    let asksPerson = 0;
    const waiting = ask(aQuestion({ signal: there.signal, asksPerson: () => (asksPerson += 1) }));
    expect([asksPerson, pending().length]).toEqual([1, 1]);
    there.abort(how);
    await waiting;
    const decision = how === 'allowed' ? 'allow' : 'deny';
    expect(settled()).toMatchObject([{ decision, by: 'user', from: 'terminal' }]);
    expect([pending(), openQuestions.all(), held]).toEqual([[], [], 0]);
    // Nobody is shown what needs nobody.
    await ask(aQuestion({ ...claudeCall('TodoWrite', {}), asksPerson: () => (asksPerson += 1) }));
    expect(asksPerson).toBe(1);
  },
);

test('a judgement that breaks denies', async () => {
  context = () => {
    throw new Error('no');
  };
  expect(await ask(aQuestion())).toMatchObject({ decision: 'deny' });
  expect(pending()).toEqual([]);
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  expect(await ask(aQuestion({ input: circular }))).toMatchObject({ decision: 'deny' });
});

test.each([
  ['withdrawn', 'withdrawn'],
  ['ended', 'expired'],
  ['unasked', 'unasked'],
] as const)('the agent no longer waits (%s): %s, and no answer counts any more', async (reason, decision) => {
  const asking = new AbortController();
  const waiting = ask(aQuestion({ signal: asking.signal }));
  const id = pending()[0]?.id ?? '';
  asking.abort(reason);
  expect(await waiting).toMatchObject({ decision: 'deny' });
  expect(settled()).toMatchObject([{ approvalId: id, decision, by: 'drover' }]);
  expect(pending()).toEqual([]);
  expect(openQuestions.get(id)).toBeNull();
  expect(held).toBe(0);
});

describe('what was carried out without permission', () => {
  const ran = (change: Partial<UnaskedCall> = {}): UnaskedCall => ({
    callId: 'c1',
    ...claudeCall('Bash', { command: 'npm publish' }),
    wasAsked: false,
    words: 'A hook has let it through.',
    ...change,
  });
  const notices = () =>
    log.read({ after: 0, taskId, limit: 100 }).filter(({ event }) => event.type === 'notice.recorded');

  test('is recorded as that, with its input, and told', () => {
    expect(unasked(ran())).toBe(false);
    expect(settled()).toMatchObject([{ decision: 'unasked', by: 'drover', callId: 'c1', tool: 'Bash' }]);
    expect(JSON.parse(settled()[0]?.input.text ?? '')).toEqual({ command: 'npm publish' });
    expect(notices()).toMatchObject([{ event: { level: 'error', code: 'unasked', words: ran().words } }]);
  });

  test('is nothing when it would have passed by itself', () => {
    expect(unasked(ran(claudeCall('Read', { file_path: `${opened.folder}/a.txt` })))).toBe(true);
    expect(unasked(ran(claudeCall('Bash', { command: 'ls' })))).toBe(true);
    expect([...settled(), ...notices()]).toEqual([]);
  });

  test('stops the run when it cannot be written down', () => {
    opened.db.pragma(`max_page_count = ${Number(opened.db.pragma('page_count', { simple: true }))}`);
    expect(unasked(ran(claudeCall('Bash', { command: `npm publish ${'x'.repeat(30_000)}` })))).toBe(false);
    expect(broken).toHaveLength(1);
  });
});

test('a file that the program keeps for its session passes, unless a rule denies it', async () => {
  const input = { file_path: '/elsewhere/tool-results/a.txt' };
  expect(await ask(aQuestion({ ...claudeCall('Read', input), own: true }))).toEqual({ decision: 'allow' });
  expect(pending()).toEqual([]);
  const scope = { type: 'everywhere' } as const;
  const made = { madeBy: 'user', approvalId: null, createdAt: 0, lastUsedAt: null, uses: 0 } as const;
  const rule = {
    id: 'p0000001',
    tool: 'Read',
    pattern: '*',
    scope,
    decision: 'deny' as const,
    enabled: true,
    words: 'x',
    ...made,
  };
  context = () => ({ ...ground(), rules: [rule] });
  expect(await ask(aQuestion({ ...claudeCall('Read', input), own: true }))).toMatchObject({ decision: 'deny' });
});

test('a run that is to stop asks nothing more, and what is open expires', async () => {
  const waiting = ask(aQuestion());
  halt.abort();
  expect(await waiting).toMatchObject({ decision: 'deny' });
  expect(settled()).toMatchObject([{ decision: 'expired' }]);
  expect(await ask(aQuestion())).toMatchObject({ decision: 'deny' });
  expect(settled()).toHaveLength(1);
});

test('stopping the task denies what waits, at once', async () => {
  const waiting = [ask(aQuestion()), ask(aQuestion({ callId: 'c2' }))];
  expect(held).toBe(2);
  store.dispatch(taskId, { type: 'task.stop', by: 'user' });
  expect(await Promise.all(waiting)).toMatchObject([{ decision: 'deny' }, { decision: 'deny' }]);
  expect(settled()).toHaveLength(2);
  expect(held).toBe(0);
});

test('an input that nobody could see whole is denied, and says so', async () => {
  const answer = await ask(aQuestion({ input: { command: 'x'.repeat(9 * 1024 * 1024) } }));
  expect(answer).toMatchObject({ decision: 'deny', words: expect.stringContaining('in smaller parts') });
  expect(settled()).toMatchObject([{ decision: 'deny', by: 'drover' }]);
  expect(pending()).toEqual([]);
});

test('an input of 5 MB is kept whole', async () => {
  const command = `echo ${'é'.repeat(2_500_000)}`;
  const waiting = ask(aQuestion({ input: { command } }));
  const [requested] = log
    .read({ after: 0, taskId, limit: 100 })
    .flatMap(({ event }) => (event.type === 'approval.requested' ? [event] : []));
  expect(requested?.input.text.length).toBeLessThan(5_000);
  const whole = log.readBlob(taskId, requested?.input.blob ?? '', 0, Number.POSITIVE_INFINITY);
  expect(JSON.parse(whole?.text ?? '')).toEqual({ command });
  openQuestions.answer(requested?.approvalId ?? '', { decision: 'deny', words: 'No.' }, 'person');
  await waiting;
});
