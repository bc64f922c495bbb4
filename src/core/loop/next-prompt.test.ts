import { expect, test } from 'vitest';
import { aTask } from '../../../test/support/task.ts';
import type { Attachment } from '../../contract/attachment/state.ts';
import type { QueuedMessage } from '../../contract/run/state.ts';
import type { Item } from '../../contract/task/state.ts';
import { firstPrompt, messagesPrompt, plainPrompt, withGoal } from './next-prompt.ts';

const words = { mcp: true, images: true, isCommand: (text: string) => text.startsWith('/review') };
const message = (id: string, text: string, attachments?: Attachment[]): QueuedMessage => ({
  ...{ id, at: 1, text },
  ...(attachments ? { attachments } : {}),
});
const image = (id: string, bytes = 10): Attachment => ({
  ...{ id, name: `${id}.png`, bytes, type: 'image/png', image: true, path: `/data/${id}.png` },
});
const items: Item[] = [{ id: '1', text: 'Write it', status: 'pending', reason: null, notes: [], check: null }];

test('a command of the agent goes alone, as it is; among other messages it is text', () => {
  const open = { items };
  const command = message('m', '/review the last commit');
  expect(messagesPrompt(aTask({ ...open, messages: [command] }), words).text).toBe('/review the last commit');
  const plain = messagesPrompt(aTask({ ...open, messages: [message('m', 'Mind the tabs')] }), words).text;
  expect(plain).toContain('Still open on the checklist');
  const both = messagesPrompt(aTask({ ...open, messages: [command, message('n', 'Thanks')] }), words).text;
  expect(both).toMatch(/^1\. \/review the last commit\n\n2\. Thanks/);
});

test('a goal that was set meanwhile goes before the messages, and also without one', () => {
  const set = { items, goal: 'Reach the new goal.', goalIsNew: true as const };
  const alone = messagesPrompt(aTask(set), words);
  expect(alone).toMatchObject({ kind: 'follow-up', messageIds: [] });
  expect(alone.text).toMatch(/has set the goal[\s\S]*Reach the new goal\.[\s\S]*1\. Write it/);
  const command = message('m', '/review the last commit');
  const both = messagesPrompt(aTask({ ...set, messages: [command] }), words).text;
  expect(both).toMatch(/Reach the new goal\.[\s\S]*\n\n\/review the last commit$/);
});

test('whatever an agent gets tells it the goal first that it may not know, once', () => {
  const set = aTask({ items, goal: 'Reach the new goal.', goalIsNew: true });
  const reminder = withGoal(plainPrompt('nudge', 'One item is open.'), set, words);
  expect(reminder.text).toMatch(/has set the goal[\s\S]*Reach the new goal\.[\s\S]*\n\nOne item is open\.$/);
  expect(withGoal(reminder, set, words)).toBe(reminder);
  const known = plainPrompt('nudge', 'One item is open.');
  expect(withGoal(known, aTask({ items, goal: 'Reach the new goal.' }), words)).toBe(known);
});

test('images go with the prompt that names them, as many as a request takes', () => {
  const files = Array.from({ length: 22 }, (_, n) => image(`f${n}`));
  const { text, images } = messagesPrompt(aTask({ messages: [message('m', 'Look', files)] }), words);
  expect(images).toEqual(files.slice(0, 20));
  expect(text.match(/, shown below\)/g)).toHaveLength(20);
  expect(text).toContain('- `/data/f21.png` (image/png, 10 bytes)');
  const large = [image('a', 9e6), image('b', 9e6), image('c', 5e6)];
  expect(messagesPrompt(aTask({ messages: [message('m', 'Look', large)] }), words).images).toEqual([
    large[0],
    large[2],
  ]);
  const blind = messagesPrompt(aTask({ messages: [message('m', 'Look', large)] }), { ...words, images: false });
  expect(blind.images).toEqual([]);
  expect(blind.text).not.toContain('shown below');
});

test('a new session is shown the files of its task once, a resumed one those of its messages', () => {
  const [goal, said] = [image('goal'), image('said')];
  const task = aTask({ attachments: [goal, said], messages: [message('m', 'Look', [said])] });
  const unanswered = () => [];
  const first = firstPrompt({ task, resumed: false, words, unanswered });
  expect(first.images).toEqual([said, goal]);
  for (const { path } of [goal, said]) expect(first.text.split(path)).toHaveLength(2);
  expect(firstPrompt({ task, resumed: true, words, unanswered }).images).toEqual([said]);
});
