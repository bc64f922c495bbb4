import { expect, it } from 'vitest';
import { quitQuestion } from './quit-question.ts';

const running = (title: string) => ({ title, running: true });
const queued = (title: string) => ({ title, running: false });
const answers = (hasTray: boolean) => quitQuestion([running('One')], { hasTray }).buttons.map(({ answer }) => answer);

it('names the task, and says what happens to it', () => {
  expect(quitQuestion([running('Rewrite the docs')], { hasTray: true })).toMatchObject({
    message: '“Rewrite the docs” is still running',
    detail: 'If you stop now, it will resume when Drover starts again.',
  });
  expect(quitQuestion([queued('Rewrite the docs')], { hasTray: true }).message).toContain('still in the queue');
  expect(quitQuestion([running('x'.repeat(90))], { hasTray: true }).message).toMatch(/^“x{59}…” is/);
});

it('names the first of many', () => {
  const { message, detail } = quitQuestion(['A', 'B', 'C', 'D', 'E'].map(running), { hasTray: true });
  expect(message).toBe('5 tasks are still running');
  expect(detail).toBe('“A”\n“B”\n“C”\nand 2 more\n\nIf you stop now, they will resume when Drover starts again.');
  expect(quitQuestion([running('A'), queued('B')], { hasTray: true }).message).toContain('running or in the queue');
});

it('offers the background first, and only where a tray leads back', () => {
  expect(answers(true)).toEqual(['background', 'when-done', 'stop']);
  expect(answers(false)).toEqual(['cancel', 'when-done', 'stop']);
});
