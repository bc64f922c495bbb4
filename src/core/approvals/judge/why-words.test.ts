import { expect, it } from 'vitest';
import { modeAsks, riskOf, whatOf } from './why-words.ts';

it.each([
  ['`curl`, network access', 'Auto mode asks before network access (`curl`).'],
  ['network access', 'Auto mode asks before network access.'],
  ['`apt`, changing this machine', 'Auto mode asks before changing this machine (`apt`).'],
  [
    '`git push`, which reaches beyond the workspace',
    'Auto mode asks before running `git push`, which reaches beyond the workspace.',
  ],
  ['a command that cannot be understood', 'Auto mode asks before running a command that cannot be understood.'],
  [
    'an argument that is only known when the command runs (`$x`)',
    'Auto mode asks before using an argument that is only known when the command runs (`$x`).',
  ],
  ['the tool x, which Drover does not know', 'Auto mode asks before using the tool x, which Drover does not know.'],
  [
    'reading /etc/hosts, which is outside the workspace',
    'Auto mode asks before reading /etc/hosts, which is outside the workspace.',
  ],
])('%s is told in one sentence', (why, words) => {
  expect(modeAsks('auto', why)).toBe(words);
});

it('names a risk in a few words, without the name that is marked', () => {
  expect(riskOf('`curl`, network access')).toBe('Network access');
  expect(riskOf('an argument that is only known when the command runs (`$x`)')).toBe(
    'An argument that is only known when the command runs',
  );
  expect(whatOf('`a`, `b`, network access')).toBe('`a`, `b`, network access');
});
