import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WaitingApproval } from '../tasks/waiting-approval.ts';
import { createApprovalNotices } from './approval-notices.ts';
import type { Presentation, PresentationEvents } from './present.ts';
import { createReminder } from './reminder.ts';

const approval = (id: string, more: Partial<WaitingApproval> = {}): WaitingApproval => ({
  id,
  kind: 'tool',
  tool: 'Bash',
  title: `Run ${id}`,
  askedAt: 1,
  taskId: 'a00000001',
  taskTitle: 'Tidy up',
  projectId: 'p00000001',
  isPlain: true,
  ...more,
});

/** A desktop that shows notifications, and takes one away for another. */
function open() {
  const state = { watching: false, wanted: true };
  const shown: { presentation: Presentation; on: PresentationEvents; isThere: boolean }[] = [];
  const calls = { onAnswer: vi.fn(), onOpen: vi.fn() };
  const notices = createApprovalNotices({
    present(presentation, on, instead) {
      instead?.close();
      const one = { presentation, on, isThere: true };
      shown.push(one);
      return {
        close() {
          one.isThere = false;
        },
      };
    },
    isWatching: () => state.watching,
    isWanted: () => state.wanted,
    hasSound: () => false,
    ...calls,
  });
  const there = () => shown.filter(({ isThere }) => isThere).map(({ presentation }) => presentation);
  return { state, shown, there, notices, ...calls };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the notification of an approval', () => {
  it('comes at once, can be answered by its buttons, and goes when it is answered anywhere', () => {
    const { shown, there, notices, onAnswer, onOpen } = open();
    notices.changed([approval('q1')]);
    expect(there()).toMatchObject([
      { title: 'Allow?', body: 'Run q1\nTask: Tidy up', stays: true, actions: [{ key: 'allow' }, { key: 'deny' }] },
    ]);
    shown[0]?.on.action('deny');
    expect(onAnswer).toHaveBeenCalledExactlyOnceWith('q1', 'deny');
    shown[0]?.on.action('something else');
    shown[0]?.on.click();
    expect(onOpen).toHaveBeenCalledOnce();
    expect(onAnswer).toHaveBeenCalledOnce();
    notices.changed([]);
    expect(there()).toEqual([]);
  });

  it('has no buttons when it must be looked at first, and says what it is', () => {
    const { there, notices } = open();
    notices.changed([approval('q1', { isPlain: false, kind: 'plan', title: 'The plan' })]);
    expect(there()).toMatchObject([{ title: 'A plan to review', actions: [] }]);
  });

  it('takes in what follows within a moment, and then has no buttons', () => {
    const { shown, there, notices, onAnswer } = open();
    notices.changed([approval('q1')]);
    notices.changed([approval('q1'), approval('q2')]);
    notices.changed([approval('q1'), approval('q2'), approval('q3')]);
    expect(shown).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(there()).toMatchObject([{ title: '3 approvals wait for you', actions: [], body: 'Run q1\nRun q2\nRun q3' }]);
    shown[1]?.on.action('allow');
    expect(onAnswer).not.toHaveBeenCalled();
    // It stays as long as one of them waits, and is not told again.
    notices.changed([approval('q3')]);
    expect(there()).toHaveLength(1);
    notices.changed([]);
    expect(there()).toEqual([]);
    expect(shown).toHaveLength(2);
  });

  it('is told once, and again only for another one', () => {
    const { shown, there, notices } = open();
    notices.changed([approval('q1')]);
    vi.advanceTimersByTime(5000);
    notices.changed([approval('q1')]);
    expect(shown).toHaveLength(1);
    notices.changed([approval('q1'), approval('q2')]);
    expect(there().map(({ body }) => body)).toEqual(['Run q1\nTask: Tidy up', 'Run q2\nTask: Tidy up']);
  });

  it('is merged into what is left when the first was answered in the same moment', () => {
    const { there, notices } = open();
    notices.changed([approval('q1')]);
    notices.changed([approval('q1'), approval('q2')]);
    notices.changed([approval('q2')]);
    vi.advanceTimersByTime(1000);
    expect(there()).toMatchObject([{ title: 'Allow?', body: expect.stringContaining('Run q2') }]);
    const other = open();
    other.notices.changed([approval('q1')]);
    other.notices.changed([]);
    other.notices.changed([approval('q2')]);
    vi.advanceTimersByTime(1000);
    expect(other.there()).toMatchObject([{ body: expect.stringContaining('Run q2') }]);
  });

  it('does not come when nobody wants it or somebody is looking, and not later either', () => {
    const { state, shown, notices } = open();
    state.watching = true;
    notices.changed([approval('q1')]);
    state.watching = false;
    state.wanted = false;
    notices.changed([approval('q1'), approval('q2')]);
    state.wanted = true;
    notices.changed([approval('q1'), approval('q2')]);
    vi.advanceTimersByTime(5000);
    expect(shown).toEqual([]);
  });

  it('goes with the program, and leaves no timer', () => {
    const { there, notices } = open();
    notices.changed([approval('q1')]);
    notices.close();
    expect(there()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the reminder', () => {
  const remind = vi.fn();
  const state = { afterMs: 60_000, quietMs: 0 };
  const openReminder = () => {
    remind.mockClear();
    Object.assign(state, { afterMs: 60_000, quietMs: 0 });
    return createReminder({ afterMs: () => state.afterMs, quietMs: () => state.quietMs, remind });
  };

  it('comes once for what has waited, and again for what came later', () => {
    const reminder = openReminder();
    reminder.changed(['q1']);
    vi.advanceTimersByTime(30_000);
    reminder.changed(['q1', 'q2']);
    vi.advanceTimersByTime(30_000);
    expect(remind).toHaveBeenCalledExactlyOnceWith(2);
    vi.advanceTimersByTime(600_000);
    reminder.changed(['q2']);
    expect(vi.getTimerCount()).toBe(0);
    reminder.changed(['q2', 'q3']);
    vi.advanceTimersByTime(60_000);
    expect(remind).toHaveBeenLastCalledWith(2);
  });

  it('has no timer when nothing waits, or none is wanted', () => {
    const reminder = openReminder();
    reminder.changed([]);
    expect(vi.getTimerCount()).toBe(0);
    reminder.changed(['q1']);
    reminder.changed([]);
    expect(vi.getTimerCount()).toBe(0);
    state.afterMs = 0;
    reminder.changed(['q1']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for the end of quiet time', () => {
    const reminder = openReminder();
    state.quietMs = 120_000;
    reminder.changed(['q1']);
    vi.advanceTimersByTime(60_000);
    expect(remind).not.toHaveBeenCalled();
    state.quietMs = 0;
    vi.advanceTimersByTime(120_000);
    expect(remind).toHaveBeenCalledOnce();
    reminder.close();
  });
});
