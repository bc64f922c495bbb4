import { expect, it } from 'vitest';
import { RESOURCE_LIMITS } from '../../../contract/process/limit-names.ts';
import { isNone, readLimit, writeLimit } from './limits.logic.ts';

it('reads what a person types, and writes it again', () => {
  expect(readLimit('maxMemory', '4 GB')).toBe(4e9);
  expect(readLimit('maxProcesses', ' 50 ')).toBe(50);
  expect(readLimit('maxCpuMs', '2 h')).toBe(7_200_000);
  expect(writeLimit('maxMemory', 4e9)).toBe('4 GB');
  expect(writeLimit('maxProcesses', 50)).toBe('50');
  expect(writeLimit('maxCpuMs', 7_200_000)).toBe('2 h');
});

it.each(RESOURCE_LIMITS)('%s: nothing and none are no limit, and what else it is not is said', (name) => {
  expect(readLimit(name, '')).toBeNull();
  expect(readLimit(name, 'None')).toBeNull();
  expect(writeLimit(name, null)).toBe('');
  expect(writeLimit(name, undefined)).toBe('');
  for (const text of ['much', '0', '-1']) expect(readLimit(name, text)).toBeUndefined();
  expect(isNone('')).toBe(false);
});
