import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createTempFolder } from '../../test/support/temp.ts';
import { foundOpeners } from './found-openers.ts';

test('only what is there is offered, once by its name, with a command that takes a folder', async () => {
  const bin = await createTempFolder();
  try {
    for (const name of ['zeditor', 'zed', 'code', 'gnome-terminal', 'wezterm', 'xterm']) {
      await writeFile(path.join(bin.path, name), '#!/bin/sh\n');
      await chmod(path.join(bin.path, name), 0o755);
    }
    expect(foundOpeners({ PATH: bin.path }, 'linux')).toEqual({
      editor: [
        { name: 'Visual Studio Code', argv: ['code'] },
        { name: 'Zed', argv: ['zed'] },
      ],
      terminal: [
        { name: 'GNOME Terminal', argv: ['gnome-terminal', '--working-directory'] },
        { name: 'WezTerm', argv: ['wezterm', 'start', '--cwd'] },
      ],
    });
    expect(foundOpeners({ PATH: path.join(bin.path, 'none') }, 'linux')).toEqual({ editor: [], terminal: [] });
  } finally {
    await bin.remove();
  }
});
