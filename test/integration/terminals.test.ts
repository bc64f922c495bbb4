import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Pty, startPty } from '../../src/core/terminals/pty.ts';
import { drover, startDaemon, type TestDaemon } from '../support/daemon.ts';
import { cleanEnvironment } from '../support/host.ts';
import { CLI } from '../support/programs.ts';
import { createRepository } from '../support/repository.ts';
import { createTempFolder } from '../support/temp.ts';

/** The terminals of a real Drover, used by the command on a terminal of its own. */
let folder: Awaited<ReturnType<typeof createTempFolder>>;
let data: string;
let daemon: TestDaemon;
let project: string;
beforeEach(async () => {
  folder = await createTempFolder();
  data = join(folder.path, 'data');
  project = (await createRepository(folder.path)).path;
  daemon = await startDaemon(data, folder.path, { SHELL: '/bin/bash', PS1: '$ ' });
  await run('project', 'add', project);
  await run('config', 'set', 'shell.program', 'bash --norc --noprofile');
});
afterEach(async () => {
  await daemon.stop();
  await folder.remove();
});

const run = (...args: string[]) => drover(data, folder.path, args, { cwd: project });

/** The command on a terminal of its own. */
function onTerminal(...args: string[]): { pty: Pty; until(wanted: RegExp): Promise<void>; text(): string } {
  const pty = startPty({
    program: process.execPath,
    args: [CLI, ...args],
    cwd: project,
    env: { ...cleanEnvironment(folder.path), DROVER_DATA: data },
    cols: 100,
    rows: 30,
  });
  let text = '';
  const looking = new Set<() => void>();
  pty.onData((bytes) => {
    text += Buffer.from(bytes).toString();
    for (const look of looking) look();
  });
  return {
    pty,
    text: () => text,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!wanted.test(text)) return;
          looking.delete(look);
          resolve();
        };
        looking.add(look);
        look();
      }),
  };
}

test('a terminal is opened, used, left, come back to with its size, and closed', async () => {
  const first = onTerminal('terminal', 'open', '--attach', '--name', 'work');
  await first.until(/\$ /);
  first.pty.write('stty size; pwd\r');
  await first.until(new RegExp(`30 100[\\s\\S]*${project}`));
  first.pty.resize({ cols: 70, rows: 20 });
  first.pty.write('sleep 0.3; stty size\r');
  await first.until(/20 70/);
  first.pty.write('\x1d');
  expect(await first.pty.exited).toEqual({ code: 0, signal: null });
  expect(first.text()).toMatch(/Detached\. `drover terminal attach k[0-9a-z]{8}` attaches again\./);

  const [terminal] = JSON.parse((await run('terminal', 'list', '--json')).stdout) as { id: string; name: string }[];
  const id = terminal?.id ?? '';
  expect(terminal).toMatchObject({ name: 'work', size: { cols: 70, rows: 20 }, folder: project });
  expect((await run('terminal', 'send', id, '--enter', 'echo "from"-afar')).code).toBe(0);
  const again = onTerminal('terminal', 'attach', id, '--detach-key', 'ctrl-q');
  await again.until(/from-afar/);
  again.pty.write('cat\r');
  await expect
    .poll(async () => (await run('terminal', 'close', id)).stderr)
    .toContain('cat runs in the terminal “work”');
  expect((await run('terminal', 'read', id, '--lines', '100')).stdout).toContain('from-afar');
  again.pty.write('\x11');
  expect((await again.pty.exited).code).toBe(0);
  expect((await run('terminal', 'close', id, '--force')).stdout).toBe(`${id} work is closed.\n`);
  expect((await run('terminal', 'list')).stdout).toContain('There are no terminals');
});

test('the command puts its terminal back, whatever ends it', async () => {
  const open = onTerminal('terminal', 'open', '--attach');
  await open.until(/\$ /);
  open.pty.write('exit 3\r');
  await open.until(/The shell ended with 3\./);
  expect((await open.pty.exited).code).toBe(0);
  expect(open.text()).toContain('\x1b[?25h');

  const killed = onTerminal('terminal', 'open', '--attach');
  await killed.until(/\$ /);
  process.kill(killed.pty.pid, 'SIGTERM');
  expect((await killed.pty.exited).code).toBe(143);
  expect(killed.text()).toContain('\x1b[?25h');

  const lost = onTerminal('terminal', 'open', '--attach');
  await lost.until(/\$ /);
  await daemon.stop();
  expect((await lost.pty.exited).code).not.toBe(0);
  expect(lost.text()).toContain('The terminal was closed, or the connection was lost.');
});

test('what cannot be is a sentence', async () => {
  expect((await run('terminal', 'attach', 'k00000000')).stderr).toContain('There is no terminal k00000000.');
  expect((await run('terminal', 'attach', 'work')).stderr).toContain('is not a terminal id');
  expect((await run('terminal', 'open', '--attach', '--detach-key', 'ctrl-m')).stderr).toContain(
    'is not a key that detaches',
  );
  expect((await run('terminal', 'open', '--task', 'a00000000')).stderr).toContain('There is no task a00000000.');
  const opened = JSON.parse((await run('terminal', 'open', '--json')).stdout) as { id: string };
  expect((await run('terminal', 'attach', opened.id)).stderr).toContain('To attach needs a terminal.');
});
