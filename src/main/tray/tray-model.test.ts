import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../test/support/summary.ts';
import type { TaskSummary } from '../../contract/task/state.ts';
import type { WaitingApproval } from '../tasks/waiting-approval.ts';
import { deriveTray, type TrayEntry, type TrayFacts } from './tray-model.ts';

const running = (id: string, more: Partial<TaskSummary> = {}) =>
  aSummary(id, { status: 'running', phase: 'working', ...more });
const failed = (settledAt: number) =>
  aSummary('a0000000f', {
    status: 'failed',
    settledAt,
    outcome: { code: 'crashed', words: 'It died.', hint: null },
  });
const NOON = new Date(2026, 2, 5, 12, 0).getTime();
const FACTS: TrayFacts = {
  tasks: [],
  approvals: [],
  seenAt: 0,
  now: NOON,
  quietUntil: null,
  paused: false,
  loginItem: false,
  background: false,
  moving: false,
  ending: false,
  elsewhere: false,
};
const derive = (tasks: TaskSummary[], more: Partial<TrayFacts> = {}) => deriveTray({ ...FACTS, tasks, ...more });
const approval = (id: string, more: Partial<WaitingApproval> = {}): WaitingApproval => ({
  id,
  kind: 'tool',
  tool: 'Bash',
  title: 'Run npm install',
  askedAt: 1,
  taskId: 'a00000001',
  taskTitle: 'Tidy up',
  projectId: 'p00000001',
  isPlain: true,
  ...more,
});
const find = (menu: readonly TrayEntry[], label: string) =>
  menu.find((each) => each.kind === 'entry' && each.label === label) as TrayEntry & { kind: 'entry' };
const labels = (menu: readonly TrayEntry[]) => menu.map((entry) => (entry.kind === 'separator' ? '—' : entry.label));

describe('the tray', () => {
  it('is idle without tasks, and its menu begins with what is done most', () => {
    const { state, tooltip, menu } = derive([]);
    expect({ state, tooltip }).toEqual({ state: 'idle', tooltip: 'Drover: nothing is running' });
    expect(labels(menu)).toEqual([
      'Open board',
      'New task…',
      'Quick capture…',
      '—',
      'Pause everything',
      'Do not disturb',
      '—',
      'Start at login',
      'Keep working without the window',
      '—',
      'Quit',
    ]);
  });

  it('turns working without the window on and off, and says when Drover is about to move there', () => {
    const entryOf = (more: Partial<TrayFacts>) => find(derive([], more).menu, 'Keep working without the window');
    expect(entryOf({})).toMatchObject({ checked: false, action: { type: 'background', on: true } });
    expect(entryOf({ background: true })).toMatchObject({ checked: true, action: { type: 'background', on: false } });
    expect(derive([running('a00000001')], { background: true, moving: true }).tooltip).toBe(
      'Drover: 1 running (moves to the background when each task is between turns)',
    );
  });

  it('says first who needs a person', () => {
    const waiting = running('a00000001', { phase: 'waiting' });
    const { state, tooltip, menu } = derive([
      running('a00000002'),
      waiting,
      failed(5),
      aSummary('a00000009', { status: 'queued' }),
    ]);
    expect(state).toBe('needs-you');
    expect(tooltip).toBe('Drover: 2 need you, 1 running, 1 queued');
    expect(labels(menu).slice(0, 3)).toEqual(['Needs you', 'Task a00000001', expect.stringMatching(/: failed$/)]);
    expect(menu[1]).toMatchObject({ action: { type: 'open-task', taskId: 'a00000001' } });
  });

  it('calls for what failed until a person has looked, and counts it until something was done about it', () => {
    expect(derive([failed(5)], { seenAt: 4 }).state).toBe('failed');
    expect(derive([failed(5)], { seenAt: 5 })).toMatchObject({
      state: 'idle',
      needing: 1,
      tooltip: 'Drover: 1 needs you',
    });
    expect(derive([{ ...failed(5), archivedAt: 6 }], { seenAt: 4 })).toMatchObject({ state: 'idle', needing: 0 });
    expect(derive([{ ...failed(5), acceptedAt: 6 }], { seenAt: 4 })).toMatchObject({ state: 'idle', needing: 0 });
  });

  it('lets a running task be opened and stopped, but not stopped twice', () => {
    const [, first] = derive([running('a00000001')]).menu;
    expect(first).toMatchObject({
      entries: [
        { label: 'Open', action: { type: 'open-task', taskId: 'a00000001' } },
        { label: 'Stop', action: { type: 'stop-task', taskId: 'a00000001' } },
      ],
    });
    const [, stopping] = derive([running('a00000001', { phase: 'stopping' })]).menu;
    expect(stopping).toMatchObject({ entries: [{ label: 'Open' }] });
  });

  it('stays short: a few tasks, short titles in one line', () => {
    const tasks = Array.from({ length: 30 }, (_, index) =>
      running(`a${index}`, { title: `Line\nbreak ${'x'.repeat(500)}` }),
    );
    const { menu, tooltip } = derive(tasks);
    expect(menu.length).toBeLessThan(25);
    expect(labels(menu)).toContain('… and 22 more');
    for (const label of labels(menu)) expect(label.length).toBeLessThan(60);
    expect(labels(menu)[1]).toMatch(/^Line break x+…$/);
    expect(tooltip).toBe('Drover: 30 running');
  });

  it('tells how far a checklist is', () => {
    const { menu } = derive([running('a1', { title: 'Tidy', items: { total: 3, completed: 1, blocked: 0 } })]);
    expect(labels(menu)).toContain('Tidy (1/3)');
  });

  it('begins with what is asked, and lets it be answered from there', () => {
    const { menu, tooltip, needing, state } = derive([running('a00000001', { phase: 'waiting', approvals: 1 })], {
      approvals: [approval('q00000001')],
    });
    // The task is not told of twice.
    expect({ tooltip, needing, state }).toEqual({ tooltip: 'Drover: 1 needs you', needing: 1, state: 'needs-you' });
    expect(labels(menu).slice(0, 4)).toEqual(['Needs you', 'Tidy up', '—', 'Open board']);
    expect(menu[1]).toMatchObject({
      entries: [
        { label: 'Run npm install' },
        { label: 'Allow', action: { type: 'answer', approvalId: 'q00000001', answer: 'allow' } },
        { label: 'Deny', action: { type: 'answer', approvalId: 'q00000001', answer: 'deny' } },
        { label: 'Open…', action: { type: 'open-approval', approvalId: 'q00000001' } },
      ],
    });
  });

  it('lets nothing be answered that must be looked at first', () => {
    const words = (more: Partial<WaitingApproval>) =>
      labels((derive([], { approvals: [approval('q1', more)] }).menu[1] as { entries: TrayEntry[] }).entries);
    expect(words({ isPlain: false })).toEqual(['Run npm install', 'Open…']);
    // More than anybody reads in a menu.
    const long = words({ title: `Run ${'x'.repeat(500)}` });
    expect(long).toHaveLength(2);
    expect(long).not.toContain('Allow');
    // What is asked stands there as a whole.
    expect(words({ title: `Run ${'x'.repeat(60)}` })[0]).toBe(`Run ${'x'.repeat(60)}`);
  });

  it('stays short when many ask, and hides nothing of what agents write', () => {
    const approvals = Array.from({ length: 200 }, (_, index) =>
      approval(`q${index}`, { title: 'Run \u202Etxt.exe\nnow & <b>' }),
    );
    const asking = running('a00000001', { phase: 'waiting', approvals: 200 });
    const { menu, tooltip } = derive([asking], { approvals });
    // One task needs its person, however much it asks.
    expect(tooltip).toBe('Drover: 1 needs you');
    expect(labels(menu).slice(0, 3)).toEqual(['Needs you', 'Tidy up', '—']);
    const { entries = [] } = find(menu, 'Tidy up');
    expect(labels(entries)).toEqual(['Run ⟨RLO⟩txt.exe now & <b>', 'Allow', 'Deny', 'Open…', '… and 199 more']);
    expect(find(entries, '… and 199 more')).toMatchObject({ action: { type: 'open-task', taskId: 'a00000001' } });
  });

  it('lists as many tasks as it counts', () => {
    const waits = (id: string, more: Partial<TaskSummary> = {}) => running(id, { phase: 'waiting', ...more });
    const tasks = [
      waits('a1', { approvals: 2 }),
      waits('a2', { approvals: 1 }),
      waits('a3', { stalled: true }),
      failed(5),
    ];
    const asked = ['a1', 'a2', 'a1'].map((taskId, at) => approval(`q${at}`, { taskId, taskTitle: `Task ${taskId}` }));
    const { menu, needing } = derive(tasks, { approvals: asked });
    expect(labels(menu).slice(0, 6)).toEqual([
      'Needs you',
      'Task a1',
      'Task a2',
      'Task a3: waits for input',
      expect.stringMatching(/: failed$/),
      '—',
    ]);
    expect(needing).toBe(4);
  });

  it('says which task waits for input', () => {
    const { menu, needing } = derive([running('a00000001', { phase: 'waiting', stalled: true, title: 'Deploy' })]);
    expect(needing).toBe(1);
    expect(labels(menu).slice(0, 2)).toEqual(['Needs you', 'Deploy: waits for input']);
  });

  it('pauses everything and resumes it', () => {
    expect(find(derive([]).menu, 'Pause everything')).toMatchObject({ action: { type: 'pause', on: true } });
    const { menu, tooltip } = derive([], { paused: true });
    expect(find(menu, 'Resume everything')).toMatchObject({ action: { type: 'pause', on: false } });
    expect(tooltip).toBe('Drover: nothing is running (paused)');
  });

  it('can be told not to disturb, and says until when', () => {
    expect(find(derive([]).menu, 'Do not disturb').entries).toMatchObject([
      { label: 'For an hour', action: { type: 'quiet', choice: 'hour' } },
      { label: 'Until tomorrow', action: { type: 'quiet', choice: 'tomorrow' } },
      { label: 'Off', checked: true },
    ]);
    const quiet = derive([], { quietUntil: NOON + 5 * 60_000 }).menu;
    expect(find(quiet, 'Do not disturb until 12:05').entries?.[2]).toMatchObject({ checked: false });
    expect(labels(derive([], { quietUntil: NOON - 1 }).menu)).toContain('Do not disturb');
  });

  it('says that tasks go on where they are in another process', () => {
    expect(labels(derive([], { elsewhere: true }).menu)).toContain('Quit (tasks keep running in the background)');
  });

  it('offers the opposite of how it starts at login, and says when it is about to end', () => {
    const entry = derive([], { loginItem: true }).menu.find(
      (each) => each.kind === 'entry' && each.label === 'Start at login',
    );
    expect(entry).toMatchObject({ checked: true, action: { type: 'login-item', on: false } });
    expect(derive([running('a1')], { ending: true }).tooltip).toBe('Drover: 1 running (quits when they are done)');
  });
});
