import { chmod, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { createRepository } from '../../../test/support/repository.ts';
import { diffText } from '../../cli/printing/diff.ts';
import { parseDiff } from './parse-diff.ts';

const folder = gitFolder();
const printed = (text: string) => diffText({ path: '', files: parseDiff(text), cut: false, words: null });

describe('what git writes', () => {
  test('is read with its numbers, lines and ends', () => {
    const [file, ...others] = parseDiff(
      'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@ main\n one\n-two\n--- three\n+2\n+++ 3\n\\ No newline at end of file\n@@ -9 +9 @@\n nine\n',
    );
    expect(others).toEqual([]);
    expect(file).toMatchObject({
      ...{ status: 'modified', oldPath: 'x', newPath: 'x', oldMode: '100644', newMode: '100644', notes: [] },
      hunks: [
        {
          ...{ before: { line: 1, lines: 3 }, after: { line: 1, lines: 3 }, heading: 'main' },
          lines: [
            { kind: 'same', text: 'one' },
            { kind: 'removed', text: 'two' },
            { kind: 'removed', text: '-- three' },
            { kind: 'added', text: '2' },
            { kind: 'added', text: '++ 3', unended: true },
          ],
        },
        { before: { line: 9, lines: 1 }, after: { line: 9, lines: 1 }, heading: '' },
      ],
    });
    expect(parseDiff('')).toEqual([]);
  });

  test('of odd names, renames, modes, binary files and conflicts too', () => {
    const one = (text: string) => parseDiff(text)[0];
    expect(
      one('diff --git "a/\\303\\266 \\"\\t\\\\" "b/\\303\\266 \\"\\t\\\\"\ndeleted file mode 100755\n'),
    ).toMatchObject({
      ...{ status: 'deleted', oldPath: 'ö "\t\\', newPath: null, oldMode: '100755', newMode: null },
    });
    expect(
      one('diff --git a/a b b/c\nsimilarity index 90%\nrename from a b\nrename to "c\\n"\nindex 1..2 100644\n'),
    ).toMatchObject({ status: 'renamed', oldPath: 'a b', newPath: 'c\n', notes: [] });
    expect(one('diff --git a/x y b/x y\nold mode 100644\nnew mode 100755\n')).toMatchObject({
      ...{ status: 'modified', newPath: 'x y', oldMode: '100644', newMode: '100755' },
    });
    expect(one('diff --git a/x b/x\nnew file mode 100644\nBinary files /dev/null and b/x differ\n')).toMatchObject({
      ...{ status: 'added', oldPath: null, newPath: 'x', binary: true },
    });
    expect(parseDiff('* Unmerged path x\ndiff --git a/x b/x\nindex 1..2 100644\n')).toMatchObject([
      { status: 'noted', notes: ['* Unmerged path x'] },
      { status: 'modified', notes: [] },
    ]);
  });

  test('can be written again as it was, whatever the files hold', async () => {
    const repo = await createRepository(folder.path, {
      files: { 'a.txt': 'a\n', 'ö "x".sh': 'one\n', link: 'no link\n' },
    });
    await chmod(join(repo.path, 'ö "x".sh'), 0o755);
    await unlink(join(repo.path, 'link'));
    await symlink('a.txt', join(repo.path, 'link'));
    // Without the line break at its end, which the last line of a file may lack.
    const all = async () => {
      const text = await repo.git('diff', '--no-renames', 'HEAD');
      return text === '' ? '' : `${text}\n`;
    };
    const modes = await all();
    expect(parseDiff(modes).map(({ status }) => status)).toEqual(['deleted', 'added', 'modified']);
    expect(printed(modes)).toBe(modes);
    const line = fc.constantFrom(
      '',
      'a',
      'b',
      '-- a',
      '++ b',
      '@@ -1 +1 @@',
      'diff --git a/x b/x',
      '\\ No',
      ' x\r',
      '\tü',
    );
    const content = fc.tuple(fc.array(line, { maxLength: 12 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(content, content, async ([before, endsBefore], [after, ends]) => {
        await writeFile(join(repo.path, 'a.txt'), before.join('\n') + (endsBefore ? '\n' : ''));
        await repo.git('add', 'a.txt');
        await writeFile(join(repo.path, 'a.txt'), after.join('\n') + (ends ? '\n' : ''));
        const text = await repo.git('diff', '--unified=1', '--', 'a.txt');
        const whole = text === '' ? '' : `${text}\n`;
        expect(printed(whole)).toBe(whole);
        const files = parseDiff(whole);
        for (const { hunks } of files) {
          for (const hunk of hunks) {
            const count = (but: string) => hunk.lines.filter(({ kind }) => kind !== but).length;
            expect([count('added'), count('removed')]).toEqual([hunk.before.lines, hunk.after.lines]);
          }
        }
        // Cut after any line it is the beginning of the same.
        const cut = whole.split('\n').slice(0, 7).join('\n');
        expect(`${cut}\n`.startsWith(printed(cut)) || cut === '').toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
