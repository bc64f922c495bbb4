import { describe, expect, it, vi } from 'vitest';
import { aSummary } from '../../../test/support/summary.ts';
import { eventually } from '../../../test/support/until.ts';
import type { DesktopNotice } from '../../contract/desktop.ts';
import { type Settings, settings as settingsSchema } from '../../contract/settings/state.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { escapeMarkup, isWanted, mergeNotices, type Notice, noticeOf } from './notice.ts';
import { createNotifications, type NotificationsOptions } from './notifications.ts';

const notice = (taskId: string, more: Partial<Notice> = {}): Notice => ({
  kind: 'completed',
  taskId,
  projectId: 'p00000001',
  title: `Task ${taskId}`,
  state: 'Finished',
  words: 'All items are completed.',
  ...more,
});

const NOTHING = { close() {} };

describe('what a person hears of', () => {
  const of = (event: unknown, task = aSummary('a00000001')) =>
    noticeOf({ seq: 1, at: 0, taskId: task.id, event: event as TaskEvent }, task);
  const settled = (status: string, code = 'crashed') => ({
    type: 'run.settled',
    status,
    outcome: { code, words: 'It\nended.', hint: null },
  });

  it('is a task that ended by itself, and one that needs an answer', () => {
    expect(of(settled('completed'), aSummary('a00000001', { status: 'completed' }))).toMatchObject({
      kind: 'completed',
      state: 'Finished',
      words: 'It ended.',
    });
    expect(of(settled('failed'), aSummary('a00000001', { status: 'failed' }))).toMatchObject({ kind: 'failed' });
    const blocked = aSummary('a00000001', {
      status: 'failed',
      outcome: { code: 'item-blocked', words: '', hint: null },
      items: { total: 1, completed: 0, blocked: 1 },
    });
    expect(of(settled('failed', 'item-blocked'), blocked)).toMatchObject({ kind: 'needs-you', state: 'Blocked' });
    const waiting = aSummary('a00000001', { status: 'running', phase: 'waiting' });
    expect(of({ type: 'stall.noticed', words: 'npm asks: Ok to proceed?' }, waiting)).toMatchObject({
      kind: 'needs-you',
      state: 'Waiting for you',
      words: 'npm asks: Ok to proceed?',
    });
  });

  it('is nothing else, and not what the person did', () => {
    expect(of(settled('cancelled'))).toBeNull();
    expect(of({ type: 'phase.changed', phase: 'working', words: null })).toBeNull();
    // They have notices of their own.
    expect(of({ type: 'approval.requested', title: 'Run ls' })).toBeNull();
    expect(of({ type: 'task.queued' })).toBeNull();
  });
});

describe('notices of one moment', () => {
  it('say of one task what happened to it', () => {
    expect(mergeNotices([notice('a1')])).toEqual({
      title: 'Finished',
      body: 'Task a1\nAll items are completed.',
      taskId: 'a1',
    });
  });

  it('count as what each task was last', () => {
    const merged = mergeNotices([notice('a1'), notice('a2'), notice('a1', { kind: 'failed' }), notice('a3')]);
    expect(merged.title).toBe('Tasks: 1 failed, 2 finished');
    expect(merged.taskId).toBeNull();
  });

  it('name a few', () => {
    const merged = mergeNotices(Array.from({ length: 9 }, (_, index) => notice(`a${index}`)));
    expect(merged.body.split('\n')).toEqual(['Task a0', 'Task a1', 'Task a2', 'Task a3', 'and 5 more']);
  });

  it('show what an agent hides', () => {
    const task = aSummary('a00000001', { title: 'Read \u202Etxt.exe', status: 'completed' });
    const event = { type: 'run.settled', status: 'completed', outcome: { code: 'all-items-completed', words: '' } };
    const logged = { seq: 1, at: 0, taskId: task.id, event: event as TaskEvent };
    expect(noticeOf(logged, task)?.title).toBe('Read ⟨RLO⟩txt.exe');
  });

  it('hold no markup', () => {
    expect(escapeMarkup('<a href="x">&</a>')).toBe('&lt;a href="x"&gt;&amp;&lt;/a&gt;');
  });
});

describe('what is wanted', () => {
  const settings = settingsSchema.parse({});
  const wants = (kind: Notice['kind'], more: Partial<Settings> = {}, quiet = false) =>
    isWanted({ kind, projectId: 'p1' }, { settings: { ...settings, ...more }, isQuiet: () => quiet, now: 1000 });

  it('follows the setting of its kind', () => {
    expect(['completed', 'failed', 'needs-you'].every((kind) => wants(kind as Notice['kind']))).toBe(true);
    expect(wants('completed', { 'attention.completed': false })).toBe(false);
    expect(wants('failed', { 'attention.failed': false })).toBe(false);
    expect(wants('needs-you', { 'attention.needsYou': false })).toBe(false);
    expect(wants('failed', { 'attention.completed': false, 'attention.needsYou': false })).toBe(true);
  });

  it('is nothing in quiet time, and nothing of a quiet project', () => {
    expect(wants('needs-you', { 'attention.quietUntil': 1001 })).toBe(false);
    expect(wants('needs-you', { 'attention.quietUntil': 1000 })).toBe(true);
    expect(wants('needs-you', {}, true)).toBe(false);
  });
});

describe('notifications', () => {
  it('leave out what nobody wants', async () => {
    const isWanted = vi.fn(({ kind }: Notice) => kind === 'failed');
    const { shown, notifications } = open({ isWanted });
    notifications.add(notice('a1'));
    notifications.add(notice('a2', { kind: 'failed' }));
    await eventually(() => expect(shown).toHaveLength(1));
    expect(shown[0]?.taskId).toBe('a2');
  });

  const open = (more: Partial<NotificationsOptions> = {}) => {
    const shown: DesktopNotice[] = [];
    const options: NotificationsOptions = {
      present(each) {
        shown.push(each);
        return NOTHING;
      },
      isWanted: () => true,
      hasSound: () => false,
      fallBack: vi.fn(),
      isWatching: () => false,
      onOpen: vi.fn(),
      mergeMs: 5,
      ...more,
    };
    return { shown, options, notifications: createNotifications(options) };
  };

  it('come once for what happens together, and again for what comes later', async () => {
    const { shown, notifications } = open();
    notifications.add(notice('a1'));
    notifications.add(notice('a2'));
    await eventually(() => expect(shown).toHaveLength(1));
    notifications.add(notice('a3'));
    await eventually(() => expect(shown).toHaveLength(2));
    expect(shown.map(({ taskId }) => taskId)).toEqual([null, 'a3']);
  });

  it('open the task by a click, and go into the window where the desktop shows none', async () => {
    const clicked = open({
      present: (_notice, on) => {
        on.click();
        return NOTHING;
      },
    });
    clicked.notifications.add(notice('a1'));
    await eventually(() => expect(clicked.options.onOpen).toHaveBeenCalledWith('a1'));
    const failed = open({
      present: (_notice, on) => {
        on.failed();
        return NOTHING;
      },
    });
    failed.notifications.add(notice('a1'));
    await eventually(() =>
      expect(failed.options.fallBack).toHaveBeenCalledWith(expect.objectContaining({ taskId: 'a1' })),
    );
  });

  it('are not for somebody who is looking, and stop when they are closed', async () => {
    const watching = open({ isWatching: vi.fn(() => true) });
    watching.notifications.add(notice('a1'));
    await eventually(() => expect(watching.options.isWatching).toHaveBeenCalled());
    expect(watching.shown).toEqual([]);
    const closed = open({ isWatching: vi.fn(() => false) });
    closed.notifications.add(notice('a1'));
    closed.notifications.close();
    watching.notifications.add(notice('a2'));
    await eventually(() => expect(watching.options.isWatching).toHaveBeenCalledTimes(2));
    expect(closed.options.isWatching).not.toHaveBeenCalled();
  });
});
