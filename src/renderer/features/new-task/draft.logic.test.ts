import { describe, expect, it } from 'vitest';
import {
  EMPTY_DRAFT,
  fromArgv,
  isUntouched,
  linesOfList,
  moveItem,
  newItem,
  problemOf,
  readDraft,
  specOf,
  toArgv,
} from './draft.logic.ts';

describe('a pasted list', () => {
  it('loses bullets, numbers and boxes, and keeps the words', () => {
    const text = '- one\r\n* two\n\n3. three\n  4) four\n- [x] five\n[ ] six\nseven - eight';
    expect(linesOfList(text)).toEqual(['one', 'two', 'three', 'four', 'five', 'six', 'seven - eight']);
  });
});

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

describe('a command', () => {
  it.each([
    ['npm test', ['npm', 'test']],
    ['  npm   run "my check" ', ['npm', 'run', 'my check']],
    [`sh -c 'echo "$HOME"'`, ['sh', '-c', 'echo "$HOME"']],
    ['a "" b', ['a', '', 'b']],
    ['a "x\\"y"', ['a', 'x"y']],
    ['open "quote', null],
  ])('%s', (line, argv) => {
    expect(toArgv(line)).toEqual(argv);
  });

  it('can be written out and read again', () => {
    const argv = ['sh', '-c', 'echo "a b"', "it's", 'back\\slash', ''];
    expect(toArgv(fromArgv(argv))).toEqual(argv);
  });
});

describe('a draft', () => {
  const filled = { ...EMPTY_DRAFT, goal: ' Do it ', projectId: 'p12345678' };

  it('says what is missing', () => {
    expect(problemOf(EMPTY_DRAFT)?.field).toBe('goal');
    expect(problemOf({ ...EMPTY_DRAFT, goal: 'x' })?.field).toBe('project');
    expect(problemOf({ ...filled, checks: 'a "b' })?.field).toBe('checks');
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
      specOf({ ...filled, agent: 'demo', autonomy: 'ask', maxRetries: 0, base: 'main', checks: 'npm test\n\nls' }),
    ).toMatchObject({
      agent: { agent: 'demo' },
      autonomy: 'ask',
      limits: { maxRetries: 0 },
      base: 'main',
      checks: [['npm', 'test'], ['ls']],
    });
  });

  it('comes back from what was kept, and never fails to', () => {
    const kept = { ...filled, items: [newItem('a')] };
    const back = readDraft(JSON.stringify(kept));
    expect({ ...back, items: back.items.map(({ text }) => text) }).toEqual({ ...kept, items: ['a'] });
    expect(readDraft('{')).toEqual(EMPTY_DRAFT);
    expect(readDraft('null')).toEqual(EMPTY_DRAFT);
    expect(readDraft(null)).toEqual(EMPTY_DRAFT);
    expect(isUntouched(EMPTY_DRAFT)).toBe(true);
    expect(isUntouched(filled)).toBe(false);
  });
});
