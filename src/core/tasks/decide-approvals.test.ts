import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import type { ApprovalDecision } from '../../contract/approval/state.ts';
import type { RunEvent } from '../../contract/run/events.ts';
import { NO_USAGE } from '../../contract/run/usage.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { columnOf, summarize } from '../../contract/task/derive.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { fold } from '../../contract/task/fold.ts';
import type { Task } from '../../contract/task/state.ts';
import { decide } from './decide.ts';

const ID = 'a00000001';
const NO_TEXT = { text: '{}', bytes: 2, blob: null };

const decision = (what: ApprovalDecision['decision'], by: ApprovalDecision['by'] = 'user'): ApprovalDecision => ({
  decision: what,
  by,
  from: by === 'user' ? 'window' : null,
  scope: null,
  ruleId: null,
  words: '',
  edited: null,
});

const requested = (runId: string, approvalId: string): RunEvent => ({
  type: 'approval.requested',
  runId,
  approvalId,
  callId: null,
  kind: 'tool',
  tool: 'Bash',
  title: `Ask ${approvalId}`,
  input: NO_TEXT,
  folder: '/',
  reason: { by: 'autonomy', words: '', ruleId: null, protects: null },
});

/** What can happen around approvals; ids of approvals are given when they are asked, and each is asked once. */
type Step =
  | { type: 'ask' }
  | { type: 'answer'; which: number; how: 'allow' | 'deny' | 'stop' | 'withdrawn' | 'plan' }
  | { type: 'turn'; what: 'requested' | 'settled' }
  | { type: 'stall'; what: 'noticed' | 'cleared' }
  | { type: 'start' | 'resume' | 'stop' | 'settle' | 'recover' | 'recover-and-resume' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Step>({ type: 'ask' }) },
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant('answer' as const),
      which: fc.nat(6),
      how: fc.constantFrom('allow', 'deny', 'stop', 'withdrawn', 'plan'),
    }),
  },
  fc.record({ type: fc.constant('turn' as const), what: fc.constantFrom('requested', 'settled') }),
  fc.record({ type: fc.constant('stall' as const), what: fc.constantFrom('noticed', 'cleared') }),
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>(
      { type: 'start' },
      { type: 'resume' },
      { type: 'stop' },
      { type: 'settle' },
      { type: 'recover' },
      { type: 'recover-and-resume' },
    ),
  },
);

function commandOf(one: Step, state: Task, asked: string[]): TaskCommand {
  const runId = state.run?.id ?? `${ID}.1`;
  const record = (...events: RunEvent[]): TaskCommand => ({ type: 'run.record', runId, events });
  switch (one.type) {
    case 'ask': {
      const approvalId = `q${String(asked.length).padStart(8, '0')}`;
      asked.push(approvalId);
      return record(requested(runId, approvalId));
    }
    case 'answer': {
      const approvalId = asked[asked.length - 1 - one.which] ?? 'q99999999';
      if (one.how === 'withdrawn')
        return { type: 'approval.settle', approvalId, decision: decision('withdrawn', 'drover') };
      if (one.how === 'plan')
        return { type: 'approval.settle', approvalId, decision: decision('allow'), autonomy: 'edit' };
      const answered = decision(one.how === 'allow' ? 'allow' : 'deny');
      return { type: 'approval.settle', approvalId, decision: answered, stop: one.how === 'stop' };
    }
    case 'turn': {
      const turn = (state.run?.turns ?? 0) + 1;
      if (one.what === 'requested') {
        return record({ type: 'turn.requested', runId, turn, kind: 'nudge', prompt: NO_TEXT, messageIds: [] });
      }
      return record({
        type: 'turn.settled',
        runId,
        turn,
        result: 'ok',
        error: null,
        usage: NO_USAGE,
        costUsd: 0,
        durationMs: 1,
      });
    }
    case 'stall':
      if (one.what === 'cleared') return record({ type: 'stall.cleared', runId, callId: null });
      return record({ type: 'stall.noticed', runId, callId: null, words: 'It asks.', tail: '?' });
    case 'start':
      return state.status === 'draft' ? { type: 'task.start' } : { type: 'run.start', sessionId: 's' };
    case 'resume':
      return { type: 'task.resume' };
    case 'stop':
      return { type: 'task.stop', by: 'user' };
    case 'settle':
      return { type: 'run.settle', runId, status: 'failed', outcome: { code: 'interrupted', words: '', hint: null } };
    case 'recover':
      return { type: 'run.recover', runId, resume: false, words: 'Drover was killed.' };
    case 'recover-and-resume':
      return { type: 'run.recover', runId, resume: true, words: 'Drover was killed.' };
  }
}

test('in whatever order: each question is settled exactly once, and the phase says whether a person is waited for', () => {
  let answered = 0;
  let expired = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const asked: string[] = [];
      const open = new Set<string>();
      const over = new Set<string>();
      let state: Task | null = null;
      const begin: TaskCommand = { type: 'task.create', start: true, task: aNewTask(ID) };
      const note = (event: TaskEvent) => {
        if (event.type === 'approval.requested') open.add(event.approvalId);
        if (event.type !== 'approval.settled') return;
        const id = String(event.approvalId);
        expect(open.has(id)).toBe(true);
        open.delete(id);
        over.add(id);
        if (event.decision === 'expired') expired += 1;
        else answered += 1;
      };
      const take = (command: TaskCommand): TaskEvent[] => {
        const decided = decide(state, command, 1);
        if (!decided.ok) return [];
        for (const event of decided.value) {
          state = fold(state, event, 1);
          note(event);
        }
        return decided.value;
      };
      take(begin);
      take({ type: 'run.start', sessionId: 's' });
      for (const one of steps) {
        const now = state as unknown as Task;
        const command = commandOf(one, now, asked);
        const events = take(command);
        const after = state as unknown as Task;
        // An answer has an effect on what is pending, and on nothing else.
        if (command.type === 'approval.settle') {
          const was = now.approvals.some(({ id }) => id === command.approvalId);
          expect(events.length > 0).toBe(was);
        }
        expect(after.approvals.map(({ id }) => id)).toEqual([...open]);
        expect(summarize(after).approvals).toBe(open.size);
        if (after.status !== 'running') {
          expect(open.size).toBe(0);
          expect(after.phase).toBeNull();
        } else if (after.phase !== 'stopping') {
          expect(after.phase === 'waiting').toBe(open.size > 0 || after.stall !== null);
          expect(columnOf(after) === 'needs-you').toBe(after.phase === 'waiting');
          if (open.size > 0) expect(after.phaseWords).toBe(after.approvals[0]?.title);
        }
        if (events.some(({ type }) => type === 'task.stop-requested')) expect(open.size).toBe(0);
      }
      if ((state as unknown as Task).status === 'running')
        take(commandOf({ type: 'recover' }, state as unknown as Task, asked));
      expect(open.size).toBe(0);
      for (const id of over) expect(asked).toContain(id);
    }),
    { numRuns: 500 },
  );
  // Both ways of being settled were really tried.
  expect(answered).toBeGreaterThan(100);
  expect(expired).toBeGreaterThan(100);
});

test('what a dead host left open is expired with the reason, before the task is queued again', () => {
  let state: Task | null = null;
  const take = (command: TaskCommand): TaskEvent[] => {
    const decided = decide(state, command, 1);
    if (!decided.ok) throw new Error(decided.rejection.message);
    for (const event of decided.value) state = fold(state, event, 1);
    return decided.value;
  };
  take({ type: 'task.create', start: true, task: aNewTask(ID) });
  take({ type: 'run.start', sessionId: 's' });
  take({
    type: 'run.record',
    runId: `${ID}.1`,
    events: [requested(`${ID}.1`, 'q00000001'), requested(`${ID}.1`, 'q00000002')],
  });
  const events = take({
    type: 'run.recover',
    runId: `${ID}.1`,
    resume: true,
    words: 'Drover was killed while the task ran.',
  });
  expect(events.map(({ type }) => type)).toEqual([
    'approval.settled',
    'approval.settled',
    'run.settled',
    'task.queued',
  ]);
  expect(events[0]).toMatchObject({
    approvalId: 'q00000001',
    decision: 'expired',
    by: 'drover',
    words: 'Drover was killed while the task ran. Not run: nobody had answered.',
  });
  expect(state).toMatchObject({ approvals: [], status: 'queued', phase: null });
});
