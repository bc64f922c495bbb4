import { expect, it } from 'vitest';
import { AUTOMATIC, CUSTOM, chosenProgram, programOptions } from './programs.logic.ts';

const FOUND = [{ name: 'Konsole', argv: ['konsole', '--workdir'] }];

it('offers what is found by itself first, and any other command last', () => {
  expect(programOptions(FOUND).map(({ label }) => label)).toEqual(['Automatic', 'Konsole', 'Other command…']);
});

it('knows a stored command again', () => {
  expect(chosenProgram(FOUND, null)).toBe(AUTOMATIC);
  expect(chosenProgram(FOUND, ['konsole', '--workdir'])).toBe('["konsole","--workdir"]');
  expect(chosenProgram(FOUND, ['konsole', '--workdir', '--new-tab'])).toBe(CUSTOM);
  expect(chosenProgram([], ['konsole', '--workdir'])).toBe(CUSTOM);
});
