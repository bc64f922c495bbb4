import { expect, it } from 'vitest';
import type { LoggedEvent } from '../../../contract/task/events.ts';
import { lastWords } from './last-words.logic.ts';

const said = (seq: number, text: string, parent: string | null = null) =>
  ({
    seq,
    taskId: 'a00000001',
    at: seq,
    event: {
      type: 'entry.text',
      runId: 'a00000001.1',
      entryId: `e${seq}`,
      parent,
      content: { text, bytes: 0, blob: null },
    },
  }) as LoggedEvent;

it('is the newest thing that the agent itself has said, not what a subagent or nobody said', () => {
  expect(lastWords([said(1, 'First'), said(2, ' Then this. '), said(3, 'Aside', 'c1'), said(4, '  ')])).toEqual({
    text: 'Then this.',
    at: 2,
  });
  expect(lastWords([])).toBeNull();
});
