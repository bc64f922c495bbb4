import { describe, expect, test } from 'vitest';
import { GitError, gitWords } from './git-error.ts';

const said = (...lines: string[]) => gitWords(new GitError(['x'], '/repo', 128, lines.join('\n')));

describe('the words of git', () => {
  test('begin at what failed, whatever stands around it', () => {
    const hints = Array.from({ length: 12 }, (_, index) => `hint: number ${index}`);
    expect(said('Preparing worktree (new branch x)', 'fatal: it broke', ...hints)).toBe('it broke');
    expect(said('warning: old', 'progress 1', 'error: first', 'fatal: then this')).toBe('first then this');
    expect(said('error: would be overwritten:', '\ta.txt', '\tb.txt', 'Aborting')).toBe(
      'would be overwritten: a.txt b.txt Aborting',
    );
    expect(said('a hook said', 'no')).toBe('a hook said no');
    expect(said('')).toBe('git x ended with exit 128');
  });

  test.each([
    ["fatal: Unable to create '/repo/.git/index.lock': Permission denied", '/repo/.git/index.lock'],
    ['error: unable to create file src/a.txt: Permission denied', '/repo/src/a.txt'],
    ["fatal: could not create leading directories of '/data/w': Read-only file system", '/data/w'],
    ['error: unable to write file b.txt: No space left on device', '/repo/b.txt'],
    ['fatal: write error: No space left on device', '/repo'],
  ])('%s is a sentence with the path', (line, path) => {
    const words = said('error: before', line);
    expect(words).toContain(path);
    expect(words).toMatch(/rights|read-only|disk is full/);
    expect(words).not.toContain('--data');
  });

  test('leave refusals of others as they are', () => {
    expect(said('git@host: Permission denied (publickey).', 'fatal: Could not read from remote repository.')).toBe(
      'Could not read from remote repository.',
    );
    expect(said("fatal: cannot exec '.git/hooks/post-checkout': Permission denied")).toContain('cannot exec');
  });
});
