import { describe, expect, it } from 'vitest';
import { aTask } from '../../../../test/support/task.ts';
import {
  draftOfTask,
  EMPTY_DRAFT,
  editOf,
  isUntouched,
  moveItem,
  newItem,
  newItemsOf,
  problemOf,
  readDraft,
  specOf,
} from './draft.logic.ts';

describe('items', () => {
  it('move within the list and stay as they are beyond its ends', () => {
    const items = ['a', 'b', 'c'].map((text) => newItem(text));
    const texts = (from: number, to: number) => moveItem(items, from, to).map(({ text }) => text);
    expect(texts(0, 2)).toEqual(['b', 'c', 'a']);
    expect(texts(2, 1)).toEqual(['a', 'c', 'b']);
    expect(moveItem(items, 0, -1)).toBe(items);
    expect(moveItem(items, 2, 3)).toBe(items);
  });
});

describe('a draft', () => {
  const filled = { ...EMPTY_DRAFT, goal: ' Do it ', projectId: 'p12345678' };

  it('says what is missing', () => {
    expect(problemOf(EMPTY_DRAFT)?.field).toBe('goal');
    expect(problemOf({ ...EMPTY_DRAFT, goal: 'x' })?.field).toBe('project');
    expect(problemOf({ ...filled, checks: 'a "b' })?.field).toBe('checks');
    expect(problemOf({ ...filled, items: [newItem('a', 'b "')] })?.field).toBe('items');
    expect(problemOf({ ...filled, turnMs: 'soon' })?.field).toBe('turnMs');
    expect(problemOf(filled)).toBeNull();
  });

  it('leaves to the settings what was not chosen', () => {
    expect(specOf({ ...filled, items: [newItem(' a '), newItem('  ')] })).toEqual({
      goal: 'Do it',
      projectId: 'p12345678',
      items: [{ text: 'a' }],
      agent: {},
    });
    expect(
      specOf({
        ...filled,
        agent: 'demo',
        autonomy: 'ask',
        maxRetries: 0,
        base: 'main',
        checks: 'npm test\n\nls',
        turnMs: '2 h',
      }),
    ).toMatchObject({
      agent: { agent: 'demo' },
      autonomy: 'ask',
      limits: { maxRetries: 0, turnMs: 7_200_000 },
      base: 'main',
      checks: [['npm', 'test'], ['ls']],
    });
  });

  it('comes back from what was kept, and never fails to', () => {
    const attachments = [{ id: 'f12345678', name: 'a.png', bytes: 5, thumb: null }];
    const kept = { ...filled, items: [newItem('a', 'npm test')], attachments };
    const back = readDraft(JSON.stringify(kept));
    expect({ ...back, items: back.items.map(({ text, check }) => [text, check]) }).toEqual({
      ...kept,
      items: [['a', 'npm test']],
    });
    expect(readDraft('{"goal":5,"checks":"ls","autonomy":"none"}')).toEqual({ ...EMPTY_DRAFT, checks: 'ls' });
    expect(readDraft('{')).toEqual(EMPTY_DRAFT);
    expect(readDraft('null')).toEqual(EMPTY_DRAFT);
    expect(readDraft(null)).toEqual(EMPTY_DRAFT);
    expect(isUntouched(EMPTY_DRAFT)).toBe(true);
    expect(isUntouched(filled)).toBe(false);
    expect(isUntouched({ ...EMPTY_DRAFT, attachments })).toBe(false);
  });
});

describe('a draft of a task', () => {
  const task = aTask({
    title: 'Reach the goal.',
    base: 'main',
    checks: [['npm', 'test']],
    items: [{ id: '1', text: 'one', status: 'completed', reason: null, notes: [], check: ['test', '-f', 'a b'] }],
  });

  it('says the same again', () => {
    const spec = specOf(draftOfTask(task));
    expect(spec).toMatchObject({
      goal: task.goal,
      base: 'main',
      items: [{ text: 'one', check: ['test', '-f', 'a b'] }],
      limits: task.limits,
      checks: task.checks,
      autonomy: 'auto',
    });
  });

  it('has its limits: an empty one is none for it, and what else cannot be read is said', () => {
    const limited = { ...task, limits: { ...task.limits, maxMemory: 4e9, maxProcesses: 50 } };
    const draft = draftOfTask(limited);
    expect(draft).toMatchObject({ maxMemory: '4 GB', maxProcesses: '50', maxCpuMs: '' });
    expect(editOf({ ...draft, maxProcesses: '', maxCpuMs: '2 h' }, limited).limits).toEqual({
      ...task.limits,
      maxMemory: 4e9,
      maxCpuMs: 7_200_000,
    });
    const fresh = { ...EMPTY_DRAFT, goal: 'x', projectId: 'p00000001' };
    expect(specOf(fresh)).not.toHaveProperty('limits');
    expect(specOf({ ...fresh, maxMemory: 'none', maxCpuMs: '1 h' }).limits).toEqual({
      maxMemory: null,
      maxCpuMs: 3_600_000,
    });
    expect(problemOf({ ...fresh, maxMemory: 'a lot' })).toMatchObject({ field: 'maxMemory' });
  });

  it('changes only what was changed; the title follows the goal unless it was given', () => {
    const draft = draftOfTask(task);
    expect(editOf({ ...draft, goal: 'Another goal', turnMs: '5 min', base: '' }, task)).toEqual({
      goal: 'Another goal',
      title: 'Another goal',
      base: null,
      agent: task.agent,
      autonomy: 'auto',
      limits: { ...task.limits, turnMs: 300_000 },
      checks: task.checks,
    });
    expect(editOf({ ...draft, goal: 'x' }, { ...task, title: 'Given' })).not.toHaveProperty('title');
    expect(newItemsOf({ ...draft, items: [...draft.items, newItem('two'), newItem(' ')] }, task)).toEqual([
      { text: 'two' },
    ]);
  });
});
