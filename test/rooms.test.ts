import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { complaintsAbout, complaintsAboutAll, importsOf, phantoms, roomOf } from './rooms/imports.ts';
import { ROOMS } from './rooms/table.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

describe('the rooms', () => {
  it('are kept by every file', () => {
    const { files, complaints } = complaintsAboutAll(SRC, ROOMS);
    expect(complaints).toEqual([]);
    expect(files).toBeGreaterThan(50);
  });

  it('form a house without a circle: a room only imports rooms named before it', () => {
    const wrong = ROOMS.flatMap(({ room, rooms }, index) =>
      rooms
        .filter((other) => !ROOMS.slice(0, index).some((earlier) => earlier === roomOf(other, ROOMS)))
        .map((other) => `${room} → ${other}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep Electron out of everything but the app, and React out of everything but the window', () => {
    const withPackage = (name: string) =>
      ROOMS.filter(({ packages }) => packages.includes(name)).map(({ room }) => room);
    expect(withPackage('electron')).toEqual(['main', 'preload']);
    expect(withPackage('react').filter((room) => !/^renderer(\/|$)/.test(room))).toEqual([]);
    expect(withPackage('react')).toContain('renderer/ui');
    expect(ROOMS.find(({ room }) => room === 'contract')?.packages).not.toContain('node:*');
  });
});

describe('the check of the rooms', () => {
  const check = (path: string, source: string) => complaintsAbout(path, source, ROOMS);

  it.each([
    ['a clean import', 'core/tasks/decide.ts', "import { fold } from '../../contract/task/fold.ts';", 0],
    ['a client reaching into the core', 'cli/main.ts', "import { createCore } from '../core/core.ts';", 1],
    ['a type import', 'contract/ids.ts', "import type { Core } from '../core/core-api.ts';", 1],
    ['an inline type import', 'contract/ids.ts', "type Core = import('../core/core-api.ts').Core;", 1],
    ['a type of a module', 'contract/ids.ts', "let core: typeof import('../core/core.ts');", 1],
    ['a dynamic import', 'cli/main.ts', "const core = await import('../core/core.ts');", 1],
    ['an export from', 'contract/ids.ts', "export * from '../core/base/ids.ts';", 1],
    ['a named export from', 'contract/ids.ts', "export { newId } from '../core/base/ids.ts';", 1],
    ['an import for its effect', 'preload/preload.ts', "import 'node:fs';", 1],
    ['a require', 'cli/main.ts', "const db = require('better-sqlite3');", 1],
    ['Node in the contract', 'contract/ids.ts', "import { randomBytes } from 'node:crypto';", 1],
    ['a Node module without its prefix', 'contract/ids.ts', "import { randomBytes } from 'crypto';", 1],
    ['Electron in the core', 'core/core.ts', "import { app } from 'electron';", 1],
    [
      'a part of the look that reads text',
      'renderer/ui/link.tsx',
      "import { visible } from '../../contract/text.ts';",
      0,
    ],
    [
      'a part of the look that knows tasks',
      'renderer/ui/link.tsx',
      "import type { Task } from '../../contract/task/state.ts';",
      1,
    ],
    [
      'a part of the look that knows where the window is',
      'renderer/ui/link.tsx',
      "import { go } from '../app/window-state.ts';",
      1,
    ],
    [
      'a backend that knows the tasks',
      'core/backends/demo/backend.ts',
      "import { decide } from '../../tasks/decide.ts';",
      1,
    ],
    [
      'a backend that knows the loop',
      'core/backends/demo/backend.ts',
      "import { conduct } from '../../loop/conduct.ts';",
      1,
    ],
    ['a loop that knows one backend', 'core/loop/run-task.ts', "import { x } from '../backends/claude/backend.ts';", 1],
    ['a noun that knows another', 'core/projects/add.ts', "import { make } from '../workspaces/make.ts';", 1],
    ['the core knowing its carriage', 'core/core.ts', "import { serve } from '../server/server.ts';", 1],
    ['a way out of src', 'core/core.ts', "import pkg from '../../package.json';", 1],
    ['a file in no room', 'helpers/things.ts', '', 1],
    [
      'words in a string or a comment',
      'contract/ids.ts',
      "const a = \"import x from 'electron'\"; // import 'electron'",
      0,
    ],
  ])('sees %s', (_what, path, source, complaints) => {
    expect(check(path, source)).toHaveLength(complaints);
  });

  it('says which file, which import and which rule', () => {
    expect(check('cli/main.ts', "import { createCore } from '../core/core.ts';")).toEqual([
      'src/cli/main.ts imports ../core/core.ts, but cli may not import core/core.ts',
    ]);
  });

  it('sees what the table says of nothing', () => {
    const rooms = [
      { room: 'cli', rooms: [], packages: ['node:*', 'commander'] },
      { room: 'attic', rooms: [], packages: [] },
    ];
    expect(phantoms([{ path: 'cli/main.ts', source: "import 'node:fs';" }], rooms)).toEqual([
      'the table lets cli import commander, which no file of it does',
      'the table names the room attic, which holds no file',
    ]);
  });

  it('does not guess: a computed name and a file that does not parse are errors', () => {
    expect(() => importsOf('cli/main.ts', 'await import(name);')).toThrow(/computed name/);
    expect(() => importsOf('cli/main.ts', 'import {')).toThrow(/does not parse/);
  });

  it('puts a file into the room with the longest name', () => {
    expect(roomOf('core/tasks/decide.ts', ROOMS)?.room).toBe('core/tasks');
    expect(roomOf('core/core.ts', ROOMS)?.room).toBe('core/core.ts');
    expect(roomOf('core/something.ts', ROOMS)).toBeNull();
    expect(roomOf('corex/something.ts', ROOMS)).toBeNull();
  });
});
