import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../test/support/summary.ts';
import type { TaskSummary } from '../../contract/task/state.ts';
import { deriveTray, type TrayEntry } from './tray-model.ts';

const running = (id: string, more: Partial<TaskSummary> = {}) =>
  aSummary(id, { status: 'running', phase: 'working', ...more });
const failed = (settledAt: number) =>
  aSummary('a0000000f', {
    status: 'failed',
    settledAt,
    outcome: { code: 'crashed', words: 'It died.', hint: null },
  });
const derive = (tasks: TaskSummary[], more = {}) =>
  deriveTray({ tasks, seenAt: 0, loginItem: false, ending: false, ...more });
const labels = (menu: readonly TrayEntry[]) => menu.map((entry) => (entry.kind === 'separator' ? '—' : entry.label));

describe('the tray', () => {
  it('is idle without tasks, and its menu begins with what is done most', () => {
    const { state, tooltip, menu } = derive([]);
    expect({ state, tooltip }).toEqual({ state: 'idle', tooltip: 'Drover: nothing is running' });
    expect(labels(menu)).toEqual(['Open board', 'New task…', '—', 'Start at login', '—', 'Quit']);
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
    expect(tooltip).toBe('Drover: 1 needs you, 1 failed, 1 running, 1 queued');
    expect(labels(menu).slice(0, 2)).toEqual(['Needs you', 'Task a00000001']);
    expect(menu[1]).toMatchObject({ action: { type: 'open-task', taskId: 'a00000001' } });
  });

  it('shows what failed until a person has looked', () => {
    expect(derive([failed(5)], { seenAt: 4 }).state).toBe('failed');
    expect(derive([failed(5)], { seenAt: 5 }).state).toBe('idle');
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
    expect(menu.length).toBeLessThan(20);
    expect(labels(menu)).toContain('22 more on the board…');
    for (const label of labels(menu)) expect(label.length).toBeLessThan(60);
    expect(labels(menu)[1]).toMatch(/^Line break x+…$/);
    expect(tooltip).toBe('Drover: 30 running');
  });

  it('tells how far a checklist is', () => {
    const { menu } = derive([running('a1', { title: 'Tidy', items: { total: 3, completed: 1, blocked: 0 } })]);
    expect(labels(menu)).toContain('Tidy (1/3)');
  });

  it('offers the opposite of how it starts at login, and says when it is about to end', () => {
    const entry = derive([], { loginItem: true }).menu.find(
      (each) => each.kind === 'entry' && each.label === 'Start at login',
    );
    expect(entry).toMatchObject({ checked: true, action: { type: 'login-item', on: false } });
    expect(derive([running('a1')], { ending: true }).tooltip).toBe('Drover: 1 running (quits when they are done)');
  });
});
