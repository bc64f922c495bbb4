import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { describeOwner, describeSystemError, otherOwner } from './system-error.ts';

function failure(code: string, at?: string): Error {
  return Object.assign(new Error(`${code}: …`), { code, ...(at === undefined ? {} : { path: at }) });
}

test.each([
  ['EACCES', /cannot be used: its rights do not let this user write there.*chmod/],
  ['EPERM', /cannot be used/],
  ['EROFS', /read-only.*--data/],
  ['ENOSPC', /^The disk is full: .*Free some space/],
  ['EDQUOT', /share of the disk.*Free some space/],
  ['ENOTDIR', /is no folder\. Move it away/],
  ['EISDIR', /is a folder, and should be a file/],
  ['EMFILE', /too many files are open.*ulimit/],
  ['EIO', /the disk reports an error/],
])('%s is told with the path and what to do', async (code, words) => {
  const temp = await createTempFolder();
  const at = path.join(temp.path, 'sub', 'file');
  await mkdir(path.dirname(at));
  for (const said of [describeSystemError(failure(code, at)), describeSystemError(failure(code), at)]) {
    expect(said).toMatch(words);
    expect(said).toContain(at);
  }
  await temp.remove();
});

test('what is not about a file, or a mistake of ours, has no such words', () => {
  expect(describeSystemError(failure('EACCES'))).toBeNull();
  expect(describeSystemError(failure('ENOENT', '/x'))).toBeNull();
  expect(describeSystemError(new Error('oops'), '/x')).toBeNull();
  expect(describeSystemError('oops')).toBeNull();
  expect(describeSystemError(failure('ENOSPC'))).toMatch(/^The disk is full/);
});

test('a file that was to be renamed is named as it was to be', () => {
  const error = Object.assign(failure('EACCES', '/a/x.123'), { dest: '/a/x' });
  expect(describeSystemError(error)).toMatch(/^\/a\/x cannot be used/);
});

test('another owner is named, with the way back', () => {
  const own = process.getuid?.() ?? 0;
  expect(otherOwner(own)).toBeNull();
  expect(otherOwner(4711)).toBe('another user (4711)');
  expect(describeOwner("/it's/here", 'root')).toBe(
    `/it's/here belongs to root (was Drover started with sudo once?). Run “sudo chown -R ${own} '/it'\\''s/here'”, or name another data folder with --data.`,
  );
});
