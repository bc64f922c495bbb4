import { expect, test } from 'vitest';
import { findVersion, isOlder } from './version.ts';

const CLAUDE = /^(\d+\.\d+\.\d+\S*) \(Claude Code\)$/;

test.each([
  ['2.1.329 (Claude Code)\n', '2.1.329'],
  ['mise WARN  node 20.18.1 is out of date\n2.1.329 (Claude Code)', '2.1.329'],
  ['Welcome 1.2.3\r\n\u001b[1m2.1.329 (Claude Code)\u001b[0m\r\n', '2.1.329'],
  ['2.2.0-beta.1 (Claude Code)', '2.2.0-beta.1'],
  ['mise WARN node 20.18.1', null],
  ['update to 9.9.9 (Claude Code) now', null],
  ['', null],
])('of what %j prints, its own line counts', (printed, version) => {
  expect(findVersion(printed, CLAUDE)).toBe(version);
});

test('versions are compared by number', () => {
  expect(isOlder('2.0.99', '2.1.0')).toBe(true);
  expect(isOlder('2.1.0', '2.1.0')).toBe(false);
  expect(isOlder('2.1.0-beta.2', '2.1.0')).toBe(false);
  expect(isOlder('2.10.0', '2.9.9')).toBe(false);
  expect(isOlder('10.0.0', '2.1.0')).toBe(false);
  expect(isOlder('2.39', '2.39.1')).toBe(true);
  expect(isOlder('2.39', '2.38')).toBe(false);
});
