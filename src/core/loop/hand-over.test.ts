import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { YIELDED } from '../../../test/support/scripted-backend.ts';
import { aNewTask } from '../../../test/support/task.ts';
import { type OpenTaskStore, openTaskStore } from '../../../test/support/task-store.ts';
import type { RunEvent } from '../../contract/run/events.ts';
import type { Holder } from '../../contract/run/state.ts';
import { NO_USAGE } from '../../contract/run/usage.ts';
import { type AgentSession, BackendFailure } from '../backends/backend.ts';
import { createId } from '../base/ids.ts';
import type { TaskStore } from '../tasks/store.ts';
import { type ConductPorts, conduct } from './conduct.ts';

let opened: OpenTaskStore;
let store: TaskStore;
let taskId: string;
/** What the run did, in order. */
let did: string[];
let prompts: string[];
let givenBack: () => void;
let askedAgain: () => void;
/** How often the loop has begun to wait for that. */
let listening: number;
/** The number of the run. */
let no: number;

beforeEach(async () => {
  opened = await openTaskStore();
  store = opened.store;
  begin();
  did = [];
  prompts = [];
  listening = 0;
});
/** A task in its first run. */
function begin(): void {
  taskId = createId('a');
  store.dispatch(taskId, { type: 'task.create', start: true, task: aNewTask(taskId, {}, ['one']) });
  store.dispatch(taskId, { type: 'run.start', sessionId: 's' });
  no = 1;
}
afterEach(() => opened.close());

const task = () => {
  const found = store.get(taskId);
  if (!found) throw new Error('no task');
  return found;
};
const runId = () => `${taskId}.${no}`;
const record = (...events: RunEvent[]) => {
  const done = store.dispatch(taskId, { type: 'run.record', runId: runId(), events });
  if (!done.ok) throw new Error(done.rejection.message);
};
const ask = (to: Holder) =>
  expect(store.dispatch(taskId, { type: 'session.hand-over', to })).toMatchObject({ ok: true });
const complete = () =>
  store.dispatch(taskId, { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' });

/** A run whose turns are played one after the other; the item is completed by the last one. */
function run(turns: (() => void)[], change: Partial<ConductPorts> = {}) {
  const sessionOf = () => ({ ended: new Promise(() => {}) }) as unknown as AgentSession;
  let turn = 0;
  const ports: ConductPorts = {
    runId: runId(),
    mcp: true,
    images: false,
    isCommand: () => false,
    task,
    record,
    enterWorkspace: async () => ({ ok: true }),
    limitReached: () => {},
    inTerminal: false,
    beginCheckpoint: () => {},
    checkpointed: async () => {},
    lookAtWork: async () => null,
    workSince: async () => null,
    async openSession(resume, holder) {
      did.push(`${resume ? 'opens again' : 'opens'}${holder === 'person' ? ' for the person' : ''}`);
      record({ type: 'session.started', runId: runId(), sessionId: 's', model: null });
      return sessionOf();
    },
    async releaseSession() {
      did.push('lets go');
    },
    givenBack: () =>
      new Promise((resolve) => {
        did.push('waits');
        givenBack = resolve;
      }),
    askedAgain: (until) =>
      new Promise((resolve) => {
        listening += 1;
        askedAgain = resolve;
        until.addEventListener('abort', () => resolve());
      }),
    async turn(_, prompt) {
      prompts.push(prompt);
      did.push(`turn by ${task().run?.holder ?? 'loop'}`);
      turns[turn]?.();
      turn += 1;
      return { result: YIELDED, cut: null, answered: true, progressed: true };
    },
    lost: async () => null,
    leaveSession: () => {},
    requestTurn: (kind, text, messageIds) =>
      record({
        ...{ type: 'turn.requested', runId: runId(), turn: (task().run?.turns ?? 0) + 1, kind, messageIds },
        prompt: { text, bytes: text.length, blob: null },
      }),
    settleTurn: ({ result, error, usage, costUsd }) =>
      record({
        ...{ type: 'turn.settled', runId: runId(), turn: task().run?.turns ?? 0, result, error, usage, costUsd },
        durationMs: 1,
      }),
    hasChecks: () => false,
    runChecks: async () => null,
    delay: async () => {},
    stalled: () => [],
    unanswered: () => [],
    ...change,
  };
  return conduct(ports);
}

describe('a run whose session a person takes over', () => {
  test('lets go of it after the turn, does nothing while they have it, and continues in it when it is given back', async () => {
    const done = run([() => ask('person'), () => complete()]);
    await expect.poll(() => did).toEqual(['opens', 'turn by loop', 'lets go', 'opens again for the person', 'waits']);
    expect(task()).toMatchObject({ status: 'running', phase: 'taken', run: { holder: 'person', turns: 1 } });
    ask('loop');
    givenBack();
    expect(await done).toMatchObject({ status: 'completed' });
    expect(did.slice(4)).toEqual(['waits', 'lets go', 'opens again', 'turn by loop']);
    expect(prompts[1]).toContain('The user had taken over this session and has given it back.');
    expect(prompts[1]).toContain('1. one');
    // A turn that a person took over has not been in vain.
    expect(task().run).toMatchObject({ retriesSpent: 0, holder: 'loop' });
  });

  test('is over when they have done what was left', async () => {
    const done = run([() => ask('person')]);
    await expect.poll(() => did.at(-1)).toBe('waits');
    complete();
    ask('loop');
    givenBack();
    expect(await done).toMatchObject({ status: 'completed', outcome: { code: 'all-items-completed' } });
    expect(prompts).toHaveLength(1);
  });

  test('reads the messages that were written meanwhile first', async () => {
    const done = run([() => ask('person'), () => complete()]);
    await expect.poll(() => did.at(-1)).toBe('waits');
    store.dispatch(taskId, { type: 'message.queue', id: 'm', text: 'Mind the tests.' });
    ask('loop');
    givenBack();
    await done;
    expect(prompts[1]).toContain('Mind the tests.');
  });

  test('begins a new session where the agent no longer knows it', async () => {
    let opens = 0;
    const done = run([() => ask('person'), () => complete()], {
      async openSession(resume) {
        opens += 1;
        if (opens === 3) throw new BackendFailure('session-unknown', 'There is no such session.');
        did.push(resume ? 'opens again' : 'opens');
        record({ type: 'session.started', runId: runId(), sessionId: `s${opens}`, model: null });
        return { ended: new Promise(() => {}) } as unknown as AgentSession;
      },
    });
    await expect.poll(() => did.at(-1)).toBe('waits');
    ask('loop');
    givenBack();
    expect(await done).toMatchObject({ status: 'completed' });
    expect(did.slice(-2)).toEqual(['opens', 'turn by loop']);
    expect(prompts[1]).toContain('its memory is lost');
  });

  test('that could not be handed over, and is not known any more, begins anew with the brief in place of a reminder', async () => {
    let opens = 0;
    const done = run([() => ask('person'), () => complete()], {
      async openSession(resume, holder) {
        opens += 1;
        if (holder === 'person') throw new BackendFailure('failed', 'There is no terminal.');
        if (resume) throw new BackendFailure('session-unknown', 'There is no such session.');
        record({ type: 'session.started', runId: runId(), sessionId: `s${opens}`, model: null });
        return { ended: new Promise(() => {}) } as unknown as AgentSession;
      },
    });
    expect(await done).toMatchObject({ status: 'completed' });
    expect(opens).toBe(4);
    expect(prompts[1]).toContain('its memory is lost');
  });

  test('has been told what has changed meanwhile: commits, files, and the checklist', async () => {
    const before = { commit: 'a', loose: new Map() };
    const done = run([() => ask('person'), () => complete()], {
      lookAtWork: async () => before,
      workSince: async (since) => ({
        commits: since === before ? ['1a2b3c4 Mend the parser'] : [],
        files: ['src/parser.ts'],
        more: 2,
      }),
    });
    await expect.poll(() => did.at(-1)).toBe('waits');
    store.dispatch(taskId, { type: 'item.add', text: 'two', check: null, by: 'user' });
    store.dispatch(taskId, { type: 'item.set', itemId: '2', status: 'completed', reason: null, by: 'user' });
    ask('loop');
    givenBack();
    await done;
    for (const said of ['1a2b3c4 Mend the parser', '- src/parser.ts', 'and 2 more files', '2. two (completed)']) {
      expect(prompts[1]).toContain(said);
    }
  });

  test('is not theirs to lose: when they end its program, the loop waits all the same, and says so', async () => {
    let end = (_: { words: string }) => {};
    const done = run([() => ask('person'), () => complete()], {
      async openSession(resume, holder) {
        did.push(resume ? 'opens again' : 'opens');
        record({ type: 'session.started', runId: runId(), sessionId: 's', model: null });
        const ended = new Promise<{ words: string }>((resolve) => {
          if (holder === 'person') end = resolve;
        });
        return { ended } as unknown as AgentSession;
      },
    });
    await expect.poll(() => did.at(-1)).toBe('waits');
    end({ words: 'It has ended.' });
    await expect.poll(() => task().phaseWords).toContain('Its program has ended in the terminal');
    expect(task()).toMatchObject({ phase: 'taken', run: { holder: 'person' } });
    ask('loop');
    givenBack();
    expect(await done).toMatchObject({ status: 'completed' });
  });

  test('is opened again for them as often as they ask, and is given back as they leave it', async () => {
    for (const inTerminal of [false, true]) {
      did = [];
      const ends: (() => void)[] = [];
      let fails = false;
      const done = run([() => ask('person'), () => complete()], {
        inTerminal,
        async openSession(resume, holder) {
          if (fails) throw new BackendFailure('failed', 'It does not start.');
          did.push(`${resume ? 'opens again' : 'opens'}${holder === 'person' ? ' for the person' : ''}`);
          record({ type: 'session.started', runId: runId(), sessionId: 's', model: null });
          const ended = new Promise<{ words: string }>((resolve) => {
            ends.push(() => resolve({ words: 'It has ended.' }));
          });
          return { ended } as unknown as AgentSession;
        },
      });
      await expect.poll(() => did.at(-1)).toBe('waits');
      const endAndAsk = async () => {
        const before = listening;
        ends.at(-1)?.();
        await expect.poll(() => listening).toBe(before + 1);
        expect(task().phaseWords).toContain('Open the session again');
        ask('person');
        askedAgain();
      };
      await endAndAsk();
      await expect
        .poll(() => [did.at(-1), task().phase, task().phaseWords])
        .toEqual(['opens again for the person', 'taken', null]);
      // One that does not open can be asked for once more.
      fails = true;
      const before = listening;
      await endAndAsk();
      await expect.poll(() => listening).toBe(before + 2);
      expect(task().phaseWords).toContain('Open the session again');
      fails = false;
      ask('person');
      askedAgain();
      await expect.poll(() => task().phaseWords).toBeNull();
      ask('loop');
      givenBack();
      expect(await done).toMatchObject({ status: 'completed' });
      expect(did.slice(-3)).toEqual(
        inTerminal
          ? ['opens again for the person', 'opens again for the person', 'turn by loop']
          : ['lets go', 'opens again', 'turn by loop'],
      );
      expect(task().run).toMatchObject({ retriesSpent: 0, holder: 'loop' });
      begin();
    }
  });

  test('continues where no terminal can be opened for them, and says so', async () => {
    const done = run([() => ask('person'), () => complete()], {
      async openSession(resume, holder) {
        if (holder === 'person') throw new BackendFailure('failed', 'It has never been used in a terminal.');
        did.push(resume ? 'opens again' : 'opens');
        record({ type: 'session.started', runId: runId(), sessionId: 's', model: null });
        return { ended: new Promise(() => {}) } as unknown as AgentSession;
      },
    });
    expect(await done).toMatchObject({ status: 'completed' });
    expect(did).toEqual(['opens', 'turn by loop', 'lets go', 'opens again', 'turn by loop']);
    expect(prompts[1]).toContain('You ended your turn');
    expect(task().run).toMatchObject({ holder: 'loop' });
  });

  test('only holds still where the agent runs in a terminal anyway', async () => {
    const done = run([() => ask('person'), () => complete()], { inTerminal: true });
    await expect.poll(() => did).toEqual(['opens', 'turn by loop', 'waits']);
    expect(task()).toMatchObject({ phase: 'taken', run: { holder: 'person' } });
    ask('loop');
    givenBack();
    await done;
    expect(did).toEqual(['opens', 'turn by loop', 'waits', 'turn by loop']);
  });

  test('keeps it, and says so, where the agent cannot let go of it', async () => {
    const done = run([() => ask('person'), () => complete()], {
      releaseSession: async () => {
        throw new BackendFailure('failed', 'This agent has no session that could be continued.');
      },
    });
    expect(await done).toMatchObject({ status: 'completed' });
    expect(did).toEqual(['opens', 'turn by loop', 'turn by loop']);
    expect(task().run).not.toHaveProperty('handOver');
  });

  test('keeps it when the request is taken back before the turn is over', async () => {
    const done = run([
      () => {
        ask('person');
        ask('loop');
      },
      () => complete(),
    ]);
    expect(await done).toMatchObject({ status: 'completed' });
    expect(did).toEqual(['opens', 'turn by loop', 'turn by loop']);
    expect(task().run?.retriesSpent).toBe(1);
  });
});

describe('a session that is asked for before the first turn', () => {
  const asking: Partial<ConductPorts> = {
    async openSession(resume, holder) {
      did.push(`${resume ? 'opens again' : 'opens'}${holder === 'person' ? ' for the person' : ''}`);
      record({ type: 'session.started', runId: runId(), sessionId: 's', model: null });
      if (did.length === 1) ask('person');
      return { ended: new Promise(() => {}) } as unknown as AgentSession;
    },
  };

  test('is theirs at once, and the brief follows', async () => {
    const done = run([() => complete()], asking);
    await expect.poll(() => did).toEqual(['opens', 'lets go', 'opens again for the person', 'waits']);
    ask('loop');
    givenBack();
    expect(await done).toMatchObject({ status: 'completed' });
    expect(prompts[0]).toContain('You are working on a task that Drover supervises.');
  });

  test('is not taken for work when it cannot be handed over', async () => {
    const done = run([() => complete()], {
      ...asking,
      releaseSession: async () => {
        throw new BackendFailure('failed', 'This agent has no session that could be continued.');
      },
    });
    expect(await done).toMatchObject({ status: 'completed' });
    expect(did).toEqual(['opens', 'turn by loop']);
    expect(prompts[0]).toContain('You are working on a task that Drover supervises.');
  });
});

describe('a run that begins for a person', () => {
  function again(command: 'resume' | 'fresh'): void {
    if (command === 'resume') {
      const turn = { runId: runId(), turn: 1 };
      record(
        { type: 'session.started', runId: runId(), sessionId: 's', model: null },
        { ...turn, type: 'turn.requested', kind: 'brief', prompt: { text: '', bytes: 0, blob: null }, messageIds: [] },
        { ...turn, type: 'turn.settled', result: 'ok', error: null, usage: NO_USAGE, costUsd: 0, durationMs: 1 },
      );
      store.dispatch(taskId, {
        ...{ type: 'run.settle', runId: runId(), status: 'failed' },
        outcome: { code: 'crashed', words: '', hint: null },
      } as const);
    } else {
      taskId = createId('a');
      store.dispatch(taskId, { type: 'task.create', start: false, task: aNewTask(taskId, {}, ['one']) });
    }
    ask('person');
    expect(task()).toMatchObject({ status: 'queued', nextHolder: 'person' });
    store.dispatch(taskId, { type: 'run.start', sessionId: 's' });
    no = command === 'resume' ? 2 : 1;
    expect(task()).not.toHaveProperty('nextHolder');
  }

  test('opens for them before the agent is asked anything, and is the loop’s when they give it back', async () => {
    again('resume');
    const done = run([() => complete()]);
    await expect.poll(() => did).toEqual(['opens again for the person', 'waits']);
    expect(prompts).toEqual([]);
    ask('loop');
    givenBack();
    expect(await done).toMatchObject({ status: 'completed' });
    expect(did.slice(2)).toEqual(['lets go', 'opens again', 'turn by loop']);
    expect(prompts[0]).toContain('has given it back');
  });

  test('has the brief once they give it to the loop, where no agent had it before', async () => {
    again('fresh');
    const done = run([() => complete()]);
    await expect.poll(() => did).toEqual(['opens for the person', 'waits']);
    ask('loop');
    givenBack();
    expect(await done).toMatchObject({ status: 'completed' });
    expect(prompts[0]).toContain('You are working on a task that Drover supervises.');
    expect(prompts[0]).toContain('The user has begun this session with you');
  });

  test('runs a goal that they have set, in this run or after another one', async () => {
    for (const command of ['fresh', 'resume'] as const) {
      did = [];
      prompts = [];
      again(command);
      const done = run([() => complete()]);
      await expect.poll(() => did.at(-1)).toBe('waits');
      complete();
      expect(store.dispatch(taskId, { type: 'task.edit', edit: { goal: 'Another goal.' } })).toMatchObject({
        ok: true,
      });
      ask('loop');
      givenBack();
      expect(await done).toMatchObject({ status: 'completed' });
      expect(prompts).toHaveLength(1);
      expect(prompts[0]).toContain('## Goal\nAnother goal.');
      expect(prompts[0]).toContain('How to report');
      expect(task()).not.toHaveProperty('goalIsNew');
      begin();
    }
  });

  test('starts no agent for the loop when there is nothing left to do', async () => {
    again('resume');
    const done = run([]);
    await expect.poll(() => did.at(-1)).toBe('waits');
    complete();
    ask('loop');
    givenBack();
    expect(await done).toMatchObject({ status: 'completed' });
    expect(did.at(-1)).toBe('lets go');
  });
});
