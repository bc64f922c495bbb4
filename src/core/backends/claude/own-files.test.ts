import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../../test/support/temp.ts';
import { ownFiles } from './own-files.ts';

let home: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  home = await createTempFolder();
});
afterEach(() => home.remove());

const own = (tool: string, file: string) =>
  ownFiles({ env: { HOME: home.path, CLAUDE_CODE_TMPDIR: home.path }, cwd: '/w/s', sessionId: 'one' })(tool, {
    file_path: join(home.path, file),
  });

test('the plan may be written and read before its folder is there; nothing else may be written', () => {
  expect(own('Write', '.claude/plans/a.md')).toBe(true);
  expect(own('Read', '.claude/plans/a.md')).toBe(true);
  expect(own('Write', '.claude/plans/a.sh')).toBe(false);
  expect(own('Write', '.claude/settings.md')).toBe(false);
  expect(own('Write', '.claude/plans/../settings.md')).toBe(false);
  expect(own('Bash', '.claude/plans/a.md')).toBe(false);
});

test('what the session keeps may be read, of this session alone, and through no link', () => {
  expect(own('Read', '.claude/projects/-w-s/one/tool-results/a.txt')).toBe(true);
  expect(own('Read', '.claude/projects/-w-s/two/tool-results/a.txt')).toBe(false);
  expect(own('Read', '.claude/.credentials.json')).toBe(false);
  mkdirSync(join(home.path, '.claude/projects/-w-s/one'), { recursive: true });
  mkdirSync(join(home.path, '.ssh'));
  symlinkSync(join(home.path, '.ssh'), join(home.path, '.claude/projects/-w-s/one/link'));
  expect(own('Read', '.claude/projects/-w-s/one/link/id_ed25519')).toBe(false);
});
