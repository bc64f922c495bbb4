import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { clientOf, wayTo } from '../../../test/support/terminal-client.ts';
import { silentLogger } from '../base/logger.ts';
import { findProgram } from '../process/find-program.ts';
import { serveTerminal } from './serve.ts';
import { createTerminals, type Terminals } from './terminals.ts';

const SHELLS = ['bash', 'zsh', 'fish'];
const missing = SHELLS.filter((name) => findProgram(name, process.env.PATH) === null);
if (missing.length > 0) console.log(`Terminals are not tested with ${missing.join(' and ')}: not installed here.`);

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let terminals: Terminals;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(async () => {
  await terminals.end();
  await folder.remove();
});

/** Of a person who has only said what the prompt is, so that a test knows it. */
async function openWith(shell: string): Promise<void> {
  const home = join(folder.path, 'home');
  await mkdir(join(home, '.config', 'fish'), { recursive: true });
  await writeFile(join(home, '.bash_profile'), "PS1='ready> '\n");
  await writeFile(join(home, '.zshrc'), "PROMPT='ready> '\n");
  const fish = ['function fish_prompt', "  echo -n 'ready> '", 'end', "set -g fish_greeting ''", ''];
  await writeFile(join(home, '.config', 'fish', 'config.fish'), fish.join('\n'));
  terminals = createTerminals({
    dataFolder: folder.path,
    now: () => Date.now(),
    environment: async () => ({ PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8' }),
    shell: () => ({ argv: [shell], where: 'the setting shell.program' }),
    changed() {},
    logger: silentLogger,
  });
}

describe.each(SHELLS.filter((name) => !missing.includes(name)))('%s as a login shell', (shell) => {
  test('edits, takes what is pasted as one, runs jobs, is interrupted, resized, restarted and ends', async () => {
    await openWith(shell);
    const place = { projectId: 'p00000001', taskId: null, workspaceId: null, folder: folder.path };
    const opened = await terminals.open(place, { cols: 120, rows: 20 });
    if (!opened.ok) throw new Error(opened.rejection.message);
    const { id, program } = opened.value;
    expect(program).toMatch(new RegExp(`/${shell}$`));
    const client = clientOf(
      wayTo((carrier) => serveTerminal(terminals, carrier)),
      { terminalId: id },
    );
    await client.until(/ready>$/);

    // Left, and more into the middle of the line, with what is wide.
    client.input("printf '%s\\n' 'a日b'; pwd");
    client.input('\x1b[D\x1b[D\x1b[D/bin/\r');
    await client.until(/a日b\n\S+\nready>$/);
    client.input("\x1b[200~printf '<%s>\\n' pasted\nprintf '<%s>\\n' twice\x1b[201~");
    await client.until(/twice$/);
    expect(client.text()).not.toContain('<pasted>');
    client.input('\r');
    await client.until(/<pasted>\n(?:ready>[^\n]*\n)?<twice>\nready>$/);

    client.input('sleep 3000\r');
    const runs = () => {
      const found = terminals.find(id);
      return found.ok ? found.value.foreground() : null;
    };
    await expect.poll(runs, { timeout: 30_000 }).toBe('sleep');
    expect(await terminals.close(id, false)).toMatchObject({
      rejection: { message: expect.stringContaining('sleep runs') },
    });
    client.input('\x03');
    await client.until(/ready>$/);

    client.resize({ cols: 100, rows: 30 });
    client.input('stty size\r');
    await client.until(/30 100\nready>$/);
    client.input('exit 3\r');
    await expect.poll(() => client.exits).toEqual([{ code: 3, signal: null }]);
    expect((await terminals.restart(id, false)).ok).toBe(true);
    await client.until(/A new shell, above is the old screen\]\nready>$/);
    client.input("printf '%s\\n' again\r");
    await client.until(/\nagain\nready>$/);
  });
});
