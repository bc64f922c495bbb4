import { expect, test } from 'vitest';
import { mentionAt, withMention } from './mention.logic.ts';
import { readSent, stepSent, withSent } from './sent-messages.logic.ts';

test('a path is completed where an @ begins a word', () => {
  expect(mentionAt('Look at @src/a', 14)).toEqual({ sign: '@', from: 8, to: 14, query: 'src/a' });
  expect(mentionAt('@', 1)).toEqual({ sign: '@', from: 0, to: 1, query: '' });
  expect(mentionAt('me@example.org', 14)).toBeNull();
  expect(mentionAt('@src done', 9)).toBeNull();
  const mention = mentionAt('Look at @th please', 11);
  expect(mention && withMention('Look at @th please', mention, 'src/theme.ts')).toEqual({
    text: 'Look at @src/theme.ts please',
    caret: 21,
  });
});

test('a command is completed where a / begins the message', () => {
  const mention = mentionAt('/re', 3);
  expect(mention).toEqual({ sign: '/', from: 0, to: 3, query: 're' });
  expect(mention && withMention('/re', mention, 'review')).toEqual({ text: '/review ', caret: 8 });
  expect(mentionAt('/etc/hosts', 10)).toBeNull();
  expect(mentionAt('then /re', 8)).toBeNull();
});

test('what was sent comes back by Up, newest first, each once', () => {
  const sent = withSent(withSent(withSent([], 'one'), 'two'), 'one');
  expect(sent).toEqual(['two', 'one']);
  expect(stepSent(sent, -1, 1)).toEqual({ at: 0, text: 'one' });
  expect(stepSent(sent, 0, 1)).toEqual({ at: 1, text: 'two' });
  expect(stepSent(sent, 1, 1)).toBeNull();
  expect(stepSent(sent, 0, -1)).toEqual({ at: -1, text: '' });
  expect(stepSent(sent, -1, -1)).toBeNull();
  expect(readSent('["a", 1]')).toEqual(['a']);
  expect(readSent('{')).toEqual([]);
  expect(readSent(null)).toEqual([]);
});
