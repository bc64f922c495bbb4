import { expect, it } from 'vitest';
import { COMMAND_SETTINGS, NUMBER_SETTINGS } from './command-settings.ts';
import { settings } from './state.ts';

it('every setting that is nothing by default, and a command or a number else, is known as such', () => {
  const takes = (value: unknown) =>
    Object.entries(settings.shape).flatMap(([key, schema]) =>
      schema.safeParse(null).success && schema.safeParse(value).success ? [key] : [],
    );
  expect([...COMMAND_SETTINGS].sort()).toEqual(takes(['program']).sort());
  // Either fits only some of them.
  expect([...NUMBER_SETTINGS].sort()).toEqual([...new Set([...takes(7), ...takes(7_000_000)])].sort());
});
