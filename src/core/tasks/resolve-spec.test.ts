import { expect, test } from 'vitest';
import type { Agent, Capabilities } from '../../contract/agent/state.ts';
import { type Settings, settings } from '../../contract/settings/state.ts';
import { resolveEdit, resolveSession, resolveSpec } from './resolve-spec.ts';

const DEFAULT_SETTINGS = settings.parse({});
const capabilities = { efforts: ['low', 'high'], models: [] as string[] } as Capabilities;
const agent = (name: string, more: Partial<Agent> = {}) =>
  ({ name, description: '', backend: name, model: null, effort: null, capabilities, ...more }) as Agent;
const defaults = {
  settings: { ...DEFAULT_SETTINGS, 'agent.default': 'one', 'agent.model': 'large', 'task.maxRetries': 7 },
  agents: [agent('one'), agent('two', { model: 'small' })],
  project: {},
};
const resolve = (spec: object) =>
  resolveSpec({ projectId: 'p00000001', goal: 'Do it', ...spec }, 'a00000001', defaults);

test('what is not given comes from the settings', () => {
  expect(resolve({})).toEqual({
    ok: true,
    value: {
      id: 'a00000001',
      projectId: 'p00000001',
      title: 'Do it',
      goal: 'Do it',
      base: null,
      agent: { agent: 'one', model: 'large', effort: null },
      autonomy: DEFAULT_SETTINGS['agent.autonomy'],
      limits: {
        maxRetries: 7,
        firstResponseMs: DEFAULT_SETTINGS['task.firstResponseMs'],
        turnMs: DEFAULT_SETTINGS['task.turnMs'],
        inactivityMs: DEFAULT_SETTINGS['task.inactivityMs'],
      },
      checks: [],
      items: [],
    },
  });
});

test('what it may use is as given, else as its project says, else as the settings say; none can be said by each', () => {
  const limitsOf = (own: object, project: object, inSettings: Partial<Settings>) => {
    const given = { ...defaults, settings: { ...defaults.settings, ...inSettings }, project: { limits: project } };
    const spec = { projectId: 'p00000001', goal: 'x', limits: own };
    const resolved = resolveSpec(spec, 'a00000001', given);
    if (!resolved.ok) throw new Error(resolved.rejection.message);
    const { maxMemory, maxProcesses, maxCpuMs } = resolved.value.limits;
    return { maxMemory, maxProcesses, maxCpuMs };
  };
  const inSettings = { 'task.maxMemory': 1e9, 'task.maxProcesses': 10, 'task.maxCpuMs': 1000 };
  expect(limitsOf({}, {}, {})).toEqual({});
  expect(limitsOf({}, {}, inSettings)).toEqual({ maxMemory: 1e9, maxProcesses: 10, maxCpuMs: 1000 });
  expect(limitsOf({}, { maxMemory: 2e9, maxProcesses: null }, inSettings)).toEqual({ maxMemory: 2e9, maxCpuMs: 1000 });
  expect(limitsOf({ maxMemory: null, maxProcesses: 3 }, { maxMemory: 2e9, maxProcesses: null }, inSettings)).toEqual({
    maxProcesses: 3,
    maxCpuMs: 1000,
  });
});

test('what is given stays, each limit by itself', () => {
  const items = [{ text: 'First' }, { text: 'Second', check: ['true'] }];
  const given = {
    title: ' Mine ',
    base: 'main',
    autonomy: 'plan',
    limits: { turnMs: 5000 },
    checks: [['true']],
    items,
  };
  expect(resolve(given)).toMatchObject({
    value: {
      title: 'Mine',
      base: 'main',
      autonomy: 'plan',
      limits: { maxRetries: 7, turnMs: 5000 },
      checks: [['true']],
      items: [
        { text: 'First', check: null },
        { text: 'Second', check: ['true'] },
      ],
    },
  });
});

test.each([
  ['the model of the settings is for the default agent alone', { agent: { agent: 'two' } }, 'small'],
  ['a chosen model comes first', { agent: { agent: 'two', model: 'other' } }, 'other'],
])('%s', (_name, spec, model) => {
  expect(resolve(spec)).toMatchObject({ value: { agent: { agent: 'two', model } } });
});

test.each([
  ['a title without letters', { title: '  ', goal: '\n\n  Second line\nmore' }, 'Second line'],
  ['a goal of marks alone', { goal: '…' }, '…'],
])('the title comes from the goal: %s', (_name, spec, title) => {
  expect(resolve(spec)).toMatchObject({ value: { title } });
});

test.each([
  ['an empty goal', { goal: ' \n ' }, 'The goal is empty.'],
  ['an unknown agent', { agent: { agent: 'nobody' } }, 'There is no agent named nobody. There are one, two.'],
  [
    'a terminal where the agent has none',
    { agent: { way: 'terminal' } },
    'one cannot run in a terminal. Choose headless, or another agent.',
  ],
  ['an unknown effort', { agent: { effort: 'huge' } }, 'one has no effort huge. It has low, high.'],
])('refused: %s', (_name, spec, message) => {
  expect(resolve(spec)).toMatchObject({ ok: false, rejection: { message } });
});

test('an agent runs in a terminal where that is chosen, and where the settings say so and it can', () => {
  const can = agent('can', { capabilities: { ...capabilities, terminal: true } });
  const wayOf = (choice: object, way: 'headless' | 'terminal', edited?: { way?: 'terminal' }) => {
    const given = {
      settings: { ...defaults.settings, 'agent.way': way },
      agents: [can, ...defaults.agents],
      project: {},
    };
    const task = {
      id: 'a00000001',
      title: 'x',
      goal: 'x',
      agent: { agent: 'can', model: null, effort: null, ...edited },
    };
    const agentOf = { agent: 'can', model: null, effort: null, ...choice };
    const done = edited
      ? resolveEdit({ agent: agentOf }, task, given)
      : resolveSpec({ projectId: 'p00000001', goal: 'x', agent: agentOf }, 'a00000001', given);
    return done.ok ? done.value.agent?.way : done.rejection.message;
  };
  expect(wayOf({}, 'headless')).toBeUndefined();
  expect(wayOf({}, 'terminal')).toBe('terminal');
  expect(wayOf({ way: 'headless' }, 'terminal')).toBeUndefined();
  expect(wayOf({ way: 'terminal' }, 'headless')).toBe('terminal');
  expect(wayOf({ agent: 'one' }, 'terminal')).toBeUndefined();
  // An edit that does not name it leaves it.
  expect(wayOf({}, 'terminal', {})).toBeUndefined();
  expect(wayOf({}, 'headless', { way: 'terminal' })).toBe('terminal');
});

test('an edit names only what changes', () => {
  const task = { id: 'a00000001', title: 'Old', goal: 'Old goal', agent: { agent: 'one', model: null, effort: null } };
  expect(resolveEdit({ base: null }, task, defaults)).toEqual({ ok: true, value: { base: null } });
  expect(resolveEdit({ title: ' ' }, task, defaults)).toEqual({ ok: true, value: { title: 'Old goal' } });
  expect(resolveEdit({ title: '', goal: 'New' }, task, defaults)).toEqual({
    ok: true,
    value: { title: 'New', goal: 'New' },
  });
  expect(resolveEdit({ goal: ' ' }, task, defaults)).toMatchObject({ ok: false });
  const chosen = resolveEdit({ agent: { agent: 'two', model: null, effort: null } }, task, defaults);
  expect(chosen).toEqual({ ok: true, value: { agent: { agent: 'two', model: 'small', effort: null } } });
});

test('a session has no goal, is named after its project, and gets an agent with a terminal', () => {
  const terminal = { ...capabilities, terminal: true, resume: true };
  const able = agent('able', { title: 'Able', capabilities: terminal });
  const given = { ...defaults, agents: [...defaults.agents, able] };
  const open = (spec: object, from = given) =>
    resolveSession({ projectId: 'p00000001', ...spec }, 'a00000001', { name: 'api' }, from);
  expect(open({})).toMatchObject({
    ok: true,
    value: { title: 'Session in api', goal: '', base: null, items: [], agent: { agent: 'able', model: null } },
  });
  expect(open({ title: 'Look', base: 'v1', autonomy: 'plan' })).toMatchObject({
    value: { title: 'Look', base: 'v1', autonomy: 'plan' },
  });
  expect(open({ base: 'v1' })).not.toHaveProperty('value.onBranch');
  expect(open({ branch: 'fix' })).toMatchObject({ value: { base: 'fix', onBranch: true } });
  expect(open({ branch: 'fix', base: 'v1' })).toMatchObject({ ok: false, rejection: { code: 'invalid' } });
  // The usual one where it can, and what was named only if it can.
  const usual = agent('one', { capabilities: terminal });
  expect(open({}, { ...given, agents: [able, usual] })).toMatchObject({
    value: { agent: { agent: 'one', model: 'large' } },
  });
  expect(open({ agent: { agent: 'two' } })).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
  expect(open({}, defaults)).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
});

test('the title of a session follows its first goal unless it was given one', () => {
  const agent = { agent: 'one', model: null, effort: null };
  const session = { id: 'a00000001', title: 'Session in api', goal: '', agent };
  const edit = (task: typeof session, change: object) => resolveEdit(change, task, defaults, { name: 'api' });
  expect(edit(session, { goal: 'Mend it\nall' })).toMatchObject({ value: { title: 'Mend it', goal: 'Mend it\nall' } });
  expect(edit(session, { goal: 'Mend it', title: 'Mine' })).toMatchObject({ value: { title: 'Mine' } });
  expect(edit({ ...session, title: 'Mine' }, { goal: 'Mend it' })).toEqual({ ok: true, value: { goal: 'Mend it' } });
  expect(edit({ ...session, goal: 'Old' }, { goal: 'New' })).toEqual({ ok: true, value: { goal: 'New' } });
});
