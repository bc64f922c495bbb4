import { expect, it } from 'vitest';
import { problemOfFolder } from './folder.logic.ts';

it.each(['/home/you/code', '~/code', ' /srv/a b ', 'C:\\code\\x', 'd:/code', '\\\\server\\share'])(
  '%s may be one',
  (path) => {
    expect(problemOfFolder(path)).toBeNull();
  },
);

it.each([
  ['', 'Give the folder'],
  ['code/project', 'full path'],
  ['~you/code', 'full path'],
  ['https://example.com/a.git', 'Clone it first'],
  ['git@example.com:a/b.git', 'Clone it first'],
])('“%s” is refused with what to do', (path, words) => {
  expect(problemOfFolder(path)).toContain(words);
});
