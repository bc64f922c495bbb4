import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { TaskEvent } from '../task/events.ts';
import { taskEvent } from '../task/events.ts';
import { describeEvent, EVENT_KINDS, kindOfEvent, type WordedEvent } from './event.ts';

const RUN = 'a00000001.1';

describe('every event', () => {
  it.each(taskEvent.options.map((option) => option.shape.type.value))('%s has words', (type) => {
    // The table is asked by type only: what it makes of a whole event the compiler checks.
    expect(Object.keys(EVENT_KINDS)).toContain(kindOfEvent({ type } as TaskEvent));
  });

  it('that is added does not compile until it has words', () => {
    expectTypeOf<WordedEvent>().toEqualTypeOf<TaskEvent['type']>();
    // @ts-expect-error an event without words
    expectTypeOf<WordedEvent>().toEqualTypeOf<TaskEvent['type'] | 'task.teleported'>();
  });

  it.each<[TaskEvent, object]>([
    [
      { type: 'task.moved', rank: 1 },
      { words: 'Queue position changed', tone: 'plain' },
    ],
    [
      { type: 'autonomy.changed', autonomy: 'edit' },
      { words: 'Autonomy changed to Edit', tone: 'warning' },
    ],
    [
      { type: 'stall.noticed', runId: RUN, callId: null, words: 'npm init waits for input.', tail: 'name:\u202e ' },
      { words: 'npm init waits for input.', tone: 'warning', hint: 'name:⟨RLO⟩' },
    ],
    [{ type: 'stall.cleared', runId: RUN, callId: null }, { words: 'Command active again' }],
    [
      { type: 'item.changed', itemId: '2', status: 'blocked', reason: 'No\nkey', by: 'agent' },
      { words: 'Item 2 blocked by the agent: No key', tone: 'warning' },
    ],
    [
      { type: 'retry.scheduled', runId: RUN, attempt: 1, delayMs: 2000, words: 'Overloaded.' },
      { words: 'Retrying in 2.0 s (attempt 1): Overloaded.' },
    ],
  ])('%j is told as %j', (event, told) => {
    expect(describeEvent(event)).toMatchObject(told);
  });

  it('of a newer Drover is named', () => {
    expect(describeEvent({ type: 'task.\u001b[31mteleported' } as never).words).toBe(
      'Event from a newer Drover: task.⟨ESC⟩[31mteleported',
    );
  });
});

it('the words need no schema library: the page and the command begin without it', () => {
  for (const file of readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))) {
    const imports = readFileSync(path.join(import.meta.dirname, file), 'utf8').matchAll(
      /^import (?!type )[^;]*? from '([^']+)';/gm,
    );
    for (const [, from = ''] of imports)
      expect(from, file).toMatch(/^\.\/[\w-]+\.ts$|^\.\.\/(text|task\/derive|process\/limit-names)\.ts$/);
  }
});
