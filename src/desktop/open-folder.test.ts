import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../test/support/temp.ts';
import { until } from '../../test/support/until.ts';
import type { FolderPlace } from '../contract/desktop.ts';
import type { Argv } from '../contract/project/state.ts';
import { createOpenFolder, type OpenFolder } from './open-folder.ts';
import { argumentsOf, OPENERS } from './openers.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let programs: string;
let workspace: string;
beforeEach(async () => {
  folder = await createTempFolder();
  programs = path.join(folder.path, 'bin');
  // A name that any shell would choke on.
  workspace = path.join(folder.path, `it's; $(touch evil) "w"`);
  await mkdir(programs);
  await mkdir(workspace);
});
afterEach(() => folder.remove());

/** A program that writes down how it was started: its folder, arguments and environment. */
async function program(name: string, exitCode = 0): Promise<string> {
  const file = path.join(programs, name);
  const noted = path.join(folder.path, `${name}.noted`);
  const script = `#!/bin/sh\n{ pwd; for a in "$@"; do echo "arg=$a"; done; /usr/bin/env; } > '${noted}.part'\n/bin/mv '${noted}.part' '${noted}'\nexit ${exitCode}\n`;
  await writeFile(file, script);
  await chmod(file, 0o755);
  return noted;
}

const SCREEN = { DISPLAY: ':7' };
function opener(
  options: { env?: Record<string, string>; editor?: Argv; terminal?: Argv; platform?: NodeJS.Platform } = {},
) {
  const { env = SCREEN, editor = null, terminal = null, platform = 'linux' } = options;
  const open = createOpenFolder({
    environment: async () => ({
      PATH: `${programs}${path.delimiter}/usr/bin${path.delimiter}/bin`,
      HOME: folder.path,
      DROVER_RUN: 'a00000001.1',
      DROVER_TASK_TOKEN: 'secret',
      ELECTRON_RUN_AS_NODE: '1',
      ...env,
    }),
    platform,
  });
  const chosen = { editor, terminal, files: null };
  return (at: string, place: FolderPlace) => open(at, place, chosen[place]);
}

async function notes(file: string): Promise<string[]> {
  return (await until(() => readFile(file, 'utf8').catch(() => null), file)).split('\n');
}

describe('a program that is found', () => {
  test('is started in the folder, with it as one argument, and without what belongs to Drover', async () => {
    await program('kate');
    const noted = await program('codium');
    const opened = await opener()(workspace, 'editor');
    expect(opened).toEqual({ ok: true, value: { words: `Opened ${workspace} in VSCodium.` } });
    const lines = await notes(noted);
    expect(lines[0]).toBe(workspace);
    expect(lines.filter((line) => line.startsWith('arg='))).toEqual([`arg=${workspace}`]);
    expect(lines).toContain('DISPLAY=:7');
    expect(lines.filter((line) => /^(DROVER_|ELECTRON_)/.test(line))).toEqual([]);
  });

  test('each kind of terminal is told the folder in its own way', async () => {
    const said = Object.fromEntries(OPENERS.terminal.linux.map((one) => [one.program, argumentsOf(one, '/w')]));
    expect(said).toMatchObject({
      'x-terminal-emulator': [],
      'gnome-terminal': ['--working-directory=/w'],
      konsole: ['--workdir', '/w'],
      wezterm: ['start', '--cwd', '/w'],
    });
    const noted = await program('konsole');
    // The system's own terminals come after ours in PATH, but x-terminal-emulator would be preferred where there is one.
    const only = opener({ env: { ...SCREEN, PATH: programs } });
    expect(await only(workspace, 'terminal')).toMatchObject({ ok: true });
    expect((await notes(noted)).slice(0, 3)).toEqual([workspace, 'arg=--workdir', `arg=${workspace}`]);
  });
});

describe('the program of a setting', () => {
  test('comes first, with its own arguments before the folder', async () => {
    await program('code');
    const noted = await program('my-editor');
    const opened = await opener({ editor: ['my-editor', '--new window'] })(workspace, 'editor');
    expect(opened).toMatchObject({ ok: true, value: { words: `Opened ${workspace} in my-editor.` } });
    expect((await notes(noted)).slice(1, 3)).toEqual(['arg=--new window', `arg=${workspace}`]);
  });

  test('is refused by name when it is not there', async () => {
    await program('code');
    expect(await opener({ editor: ['gone'] })(workspace, 'editor')).toMatchObject({
      rejection: {
        code: 'unavailable',
        message: expect.stringContaining('the program gone of the setting desktop.editor'),
      },
    });
  });
});

describe('refused with what to do', () => {
  test('without a screen, without a program, without the folder, and when the program fails at once', async () => {
    const message = async (done: ReturnType<OpenFolder>) => {
      const outcome = await done;
      return outcome.ok ? outcome.value.words : outcome.rejection.message;
    };
    const noted = await program('code');
    expect(await message(opener({ env: {} })(workspace, 'editor'))).toBe(
      `Drover has no screen here to open ${workspace} on.`,
    );
    await expect(readFile(noted)).rejects.toThrow();
    await rm(path.join(programs, 'code'));
    const env = { ...SCREEN, PATH: programs };
    expect(await message(opener({ env })(workspace, 'editor'))).toBe(
      'No program was found here that opens a folder as an editor. Set desktop.editor to the program you want, with its arguments.',
    );
    await program('xdg-open', 4);
    expect(
      await message(opener({ env: { WAYLAND_DISPLAY: 'w', PATH: `${programs}:/bin:/usr/bin` } })(workspace, 'files')),
    ).toBe('the file manager could not be started: it ended with exit code 4.');
    const gone = path.join(folder.path, 'gone');
    expect(await message(opener()(gone, 'files'))).toBe(`The folder ${gone} does not exist.`);
  });
});
