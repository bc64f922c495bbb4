import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../test/support/temp.ts';
import { until } from '../../test/support/until.ts';
import type { FolderRequest } from '../contract/desktop.ts';
import type { Argv } from '../contract/project/state.ts';
import { accept, reject } from '../contract/rejection.ts';
import { createDesktop } from './desktop.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let asked: string[];
beforeEach(async () => {
  temp = await createTempFolder();
  asked = [];
  await mkdir(path.join(temp.path, 'data'));
  await mkdir(path.join(temp.path, 'a1'));
  for (const name of ['my-editor', 'xdg-open']) {
    await writeFile(path.join(temp.path, name), '#!/bin/sh\n');
    await chmod(path.join(temp.path, name), 0o755);
  }
});
afterEach(() => temp.remove());

function desktop(env: Record<string, string> = { DISPLAY: ':7' }, editor: Argv = ['my-editor']) {
  const noted = <T>(what: string, answer: T) => {
    asked.push(what);
    return answer;
  };
  return createDesktop({
    workspaceFolder: async (id, file) =>
      noted(
        [id, file].filter((part) => part !== undefined).join(' '),
        id === 'gone'
          ? reject('not-found', 'Gone.')
          : accept({ folder: path.join(temp.path, id), ...(file ? { file: path.join(temp.path, id, file) } : {}) }),
      ),
    terminalFile: async (id, file) =>
      noted(`${id} ${file}`, accept({ folder: path.join(temp.path, 'a1'), file: path.join(temp.path, 'a1', file) })),
    dataFolder: async () => noted('data', accept({ folder: path.join(temp.path, 'data') })),
    chosen: async (setting) => noted(setting, accept(editor)),
    environment: async () => ({ PATH: temp.path, ...env }),
    platform: 'linux',
  });
}

test('opens what Drover names, and asks only for what it needs', async () => {
  const open = desktop();
  expect(await open({ what: 'workspace', workspaceId: 'a1', in: 'editor' })).toEqual({
    ok: true,
    value: { words: `Opened ${path.join(temp.path, 'a1')} in my-editor.` },
  });
  expect(asked.splice(0)).toEqual(['a1', 'desktop.editor']);
  expect(await open({ what: 'workspace', workspaceId: 'a1', in: 'editor', path: 'b.txt' })).toEqual({
    ok: true,
    value: { words: `Opened ${path.join(temp.path, 'a1', 'b.txt')} in my-editor.` },
  });
  // Where no file can be shown the folder is.
  expect(await open({ what: 'workspace', workspaceId: 'a1', in: 'files', path: 'b.txt' })).toEqual({
    ok: true,
    value: { words: `Opened ${path.join(temp.path, 'a1')} in the file manager.` },
  });
  expect(asked.splice(0)).toEqual(['a1 b.txt', 'desktop.editor', 'a1']);
  // Whatever else a request holds, the folder is the one that Drover names.
  const odd = { what: 'data', folder: '/etc', workspaceId: 'a1', in: 'terminal' } as FolderRequest;
  expect(await open(odd)).toEqual({
    ok: true,
    value: { words: `Opened ${path.join(temp.path, 'data')} in the file manager.` },
  });
  expect(asked).toEqual(['data']);
});

test('opens a file that a terminal names at its line', async () => {
  const noted = path.join(temp.path, 'noted');
  const script = `#!/bin/sh\nfor a in "$@"; do echo "$a"; done > '${noted}.part'\n/bin/mv '${noted}.part' '${noted}'\n`;
  await writeFile(path.join(temp.path, 'codium'), script);
  await chmod(path.join(temp.path, 'codium'), 0o755);
  const open = desktop({ DISPLAY: ':7' }, ['codium', '--new-window']);
  expect(await open({ what: 'terminal', terminalId: 'k3k9x02bq', path: 'b.txt', line: 12, column: 3 })).toEqual({
    ok: true,
    value: { words: `Opened ${path.join(temp.path, 'a1', 'b.txt')} in codium.` },
  });
  expect(asked).toEqual(['k3k9x02bq b.txt', 'desktop.editor']);
  const told = await until(() => readFile(noted, 'utf8').catch(() => null), noted);
  expect(told.split('\n')).toEqual(['--new-window', '-g', `${path.join(temp.path, 'a1', 'b.txt')}:12:3`, '']);
});

test('passes on why not', async () => {
  expect(await desktop()({ what: 'workspace', workspaceId: 'gone', in: 'terminal' })).toEqual(
    reject('not-found', 'Gone.'),
  );
  expect(asked).toEqual(['gone']);
  expect(await desktop({})({ what: 'data' })).toMatchObject({ rejection: { code: 'unavailable' } });
});
