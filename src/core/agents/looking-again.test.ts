import { expect, test } from 'vitest';
import type { Probe } from '../../contract/agent/state.ts';
import { type AgentSession, type Backend, BackendFailure, type SessionOptions } from '../backends/backend.ts';
import { createPassiveBackend } from '../backends/passive/backend.ts';
import { lookingAgain } from './looking-again.ts';

const SLOW = 'Your login shell took longer than 5 s to start.';
const PROBE: Probe = { available: true, program: '/new/agent', version: '1', login: 'yes', problem: null, hint: null };
const NO_PROBE: Probe = {
  ...PROBE,
  available: false,
  program: null,
  version: null,
  problem: 'Not found.',
  hint: 'Install it.',
};

/** An agent that is found only with `/new` in PATH, and a login shell that says so when it is asked again. */
function machine(options: { changes: boolean; problem?: string; fails?: BackendFailure }) {
  let path = '/old';
  let problem = options.problem ?? null;
  let asked = 0;
  const opened: SessionOptions[] = [];
  const passive = createPassiveBackend();
  const backend: Backend = {
    ...passive,
    capabilities: { ...passive.capabilities, process: true },
    probe: async () => (path === '/new' ? PROBE : NO_PROBE),
    async open(given) {
      if (options.fails) throw options.fails;
      if (given.env.PATH !== '/new') throw new BackendFailure('missing', 'Not found.', 'Install it.');
      opened.push(given);
      return {} as AgentSession;
    },
  };
  const user = {
    async again() {
      asked += 1;
      if (!options.changes) return false;
      path = '/new';
      problem = null;
      return true;
    },
    problem: () => problem,
    isOwn: () => problem !== null,
  };
  const entries: unknown[] = [];
  const patient = lookingAgain(backend, user, async () => ({ PATH: path, KEY: 'k' }));
  const open = (env: Record<string, string>) =>
    patient.open(
      { env, report: { entry: (entry: unknown) => entries.push(entry) } } as unknown as SessionOptions,
      new AbortController().signal,
    );
  return { patient, open, opened, entries, asked: () => asked };
}

test('an agent that the shell knows only now is found, with what the run had on top', async () => {
  const { open, opened, patient, entries } = machine({ changes: true, problem: SLOW });
  await open({ PATH: '/old', KEY: 'k', DROVER_TASK: 'a1' });
  expect(opened[0]?.env).toEqual({ PATH: '/new', KEY: 'k', DROVER_TASK: 'a1' });
  expect(entries).toEqual([]);
  expect(await patient.probe()).toEqual(PROBE);
});

test('one that is missing all the same is told with the true cause', async () => {
  const { open, patient } = machine({ changes: false, problem: SLOW });
  await expect(open({ PATH: '/old' })).rejects.toMatchObject({
    code: 'missing',
    message: `Not found. ${SLOW}`,
    hint: expect.stringContaining('start-up files'),
  });
  expect(await patient.probe()).toMatchObject({
    problem: `Not found. ${SLOW}`,
    hint: expect.stringContaining('settings'),
  });
});

test('where the shell answers, what is missing is told as it is', async () => {
  const { open, patient } = machine({ changes: false });
  await expect(open({ PATH: '/old' })).rejects.toMatchObject({ message: 'Not found.', hint: 'Install it.' });
  expect(await patient.probe()).toEqual(NO_PROBE);
});

test('a session without the user’s environment begins with a notice, and a failure names it', async () => {
  const { open, entries, asked } = machine({ changes: false, problem: SLOW });
  await open({ PATH: '/new' });
  expect(entries).toEqual([{ type: 'notice', level: 'warning', code: 'login-shell', words: SLOW }]);
  expect(asked()).toBe(0);
  const out = machine({ changes: false, problem: SLOW, fails: new BackendFailure('not-logged-in', 'No.', 'Log in.') });
  await expect(out.open({ PATH: '/new' })).rejects.toMatchObject({
    code: 'not-logged-in',
    message: `No. ${SLOW}`,
    hint: 'Log in.',
  });
});
