import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { clientOf, type TerminalClient, wayTo } from '../../../test/support/terminal-client.ts';
import { reject } from '../../contract/rejection.ts';
import { SCREEN_BYTES } from '../../contract/terminal/line.ts';
import type { Terminal } from '../../contract/terminal/state.ts';
import { silentLogger } from '../base/logger.ts';
import { agentOf, PERSON } from '../core-api.ts';
import { bearsEntry, processTable } from '../process/process-table.ts';
import { createTerminalCalls, mayUseTerminals } from './calls.ts';
import { serveTerminal } from './serve.ts';
import { createTerminals, type TerminalPlace, type Terminals } from './terminals.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let terminals: Terminals;
let shell: [string, ...string[]];
beforeEach(async () => {
  folder = await createTempFolder();
  await mkdir(join(folder.path, 'home'));
  shell = ['bash', '--norc', '--noprofile'];
  terminals = open();
});
afterEach(async () => {
  await terminals.end();
  expect(marked()).toEqual([]);
  await folder.remove();
});

function open(): Terminals {
  return createTerminals({
    dataFolder: folder.path,
    now: () => Date.now(),
    environment: async () => ({
      PATH: process.env.PATH ?? '',
      HOME: join(folder.path, 'home'),
      PS1: '$ ',
      BASH_SILENCE_DEPRECATION_WARNING: '1',
    }),
    shell: () => ({ argv: shell, where: 'the setting shell.program' }),
    changed() {},
    logger: silentLogger,
  });
}

const place = (): TerminalPlace => ({ projectId: 'p00000001', taskId: null, workspaceId: null, folder: folder.path });

async function opened(wanted: Partial<{ name: string; cols: number; rows: number }> = {}): Promise<Terminal> {
  const made = await terminals.open(place(), wanted);
  if (!made.ok) throw new Error(made.rejection.message);
  return made.value;
}

function attach(
  id: string,
  options: { size?: { cols: number; rows: number }; scrollback?: number } = {},
): TerminalClient {
  return clientOf(
    wayTo((carrier) => serveTerminal(terminals, carrier)),
    { terminalId: id, ...options },
  );
}

/** Everything that was started in a terminal of this folder. */
const marked = () =>
  terminals
    .list({})
    .flatMap(({ id }) => processTable().filter(({ pid }) => bearsEntry(pid, `DROVER_TERMINAL=${folder.path}:${id}`)));

describe('a terminal', () => {
  test('is a shell in its folder, and shows every client the same', async () => {
    const { id, name, size, state } = await opened();
    expect([name, size, state.kind]).toEqual(['Terminal 1', { cols: 80, rows: 24 }, 'running']);
    const one = attach(id);
    await one.until(/\$$/);
    one.input('pwd; echo "a b" | cat\r');
    await one.until(/a b\n\$$/);
    expect(one.text()).toContain(folder.path);
    const two = attach(id);
    await two.until(/a b\n\$$/);
    expect(two.shown()).toBe(one.shown());
    two.input('exit 3\r');
    await expect.poll(() => [one.exits, two.exits]).toEqual([[{ code: 3, signal: null }], [{ code: 3, signal: null }]]);
    const late = attach(id);
    await expect.poll(() => late.exits).toEqual([{ code: 3, signal: null }]);
    expect(late.text()).toContain('a b');
  });
});

const QUICKLY = { interval: 5, timeout: 60_000 };

describe('the bytes of a terminal', () => {
  /** What a program prints when it counts from 1; bash adds carriage returns. */
  const counted = (to: number) => Array.from({ length: to }, (_, i) => `line ${i + 1}\r\n`).join('');

  test('reach each client from the place of its screen on, without a gap or a repeat', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const random = (most: number) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return (state >> 8) % most;
    };
    const { id } = await opened();
    const quick = attach(id);
    await quick.until(/\$$/);
    const total = 40_000;
    const all = counted(total);
    quick.input(
      `clear; for ((i=1;i<${total};i+=1000)); do seq -f 'line %.0f' $i $((i+999)); sleep 0.02; done; echo the end\r`,
    );
    const slow = attach(id);
    const later: TerminalClient[] = [];
    for (let i = 0; i < 6; i += 1) {
      const wanted = (i * total) / 8 + random(total / 8);
      await expect.poll(() => Number(/line (\d+)\n\D*$/.exec(quick.newest())?.[1]), QUICKLY).toBeGreaterThan(wanted);
      if (i % 2 === 0) slow.hold();
      else slow.resume();
      const joined = attach(id);
      later.push(joined);
      if (i > 2) later.shift()?.close();
    }
    slow.resume();
    const clients = [quick, slow, ...later];
    await Promise.all(clients.map((client) => client.until(/\nthe end\n\$$/)));
    for (const client of clients) {
      const bytes = client.bytes().toString();
      const at = bytes.search(/line \d+\r\n/);
      const end = bytes.lastIndexOf('the end');
      const lines = bytes.slice(at, end);
      expect(all.endsWith(lines), `seed ${seed}`).toBe(true);
      expect(client.shown(), `seed ${seed}`).toBe(quick.shown());
    }
  });

  test('cost no memory when there are many, and Ctrl-C ends them at once', async () => {
    const { id } = await opened();
    const client = attach(id);
    await client.until(/\$$/);
    client.hold();
    client.input('yes 0123456789012345678901234567890123456789 | head -c 20000000; echo done\r');
    const before = process.memoryUsage().rss;
    const watcher = attach(id);
    await watcher.until(/done\n\$$/);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    client.resume();
    await client.until(/done\n\$$/);
    expect(client.shown()).toBe(watcher.shown());
    expect(client.screens.length).toBeGreaterThan(1);

    watcher.input('yes\r');
    await watcher.until(/y\ny\ny\n/);
    watcher.input('\x03');
    watcher.input('echo "stop"ped\r');
    await watcher.until(/stopped/);
  });

  test('without a line end, or with what reaches for the clipboard, do no harm', async () => {
    const { id } = await opened();
    const client = attach(id);
    await client.until(/\$$/);
    client.input(
      `head -c 10000000 /dev/zero | tr '\\0' x; printf '\\033]52;c;aGk=\\007\\033]0;a\\001b\\tc\\007'; echo; echo done\r`,
    );
    await client.until(/done\n\$$/);
    expect(client.bytes().includes(']52')).toBe(false);
    await expect.poll(() => terminals.list({})[0]?.title).toBe('abc');
  });

  test('that ask the terminal are answered once, with no client or several', async () => {
    const { id } = await opened();
    const ask = `read -rsd c -t 5 -p $'\\033[c' answer; printf 'got %q\\n' "$answer"; read -rsd c -t 0.5 again || echo "no more $again"\r`;
    const sent = terminals.find(id);
    if (!sent.ok) throw new Error('there is no terminal');
    const first = attach(id);
    await first.until(/\$$/);
    first.close();
    sent.value.write(ask);
    const one = attach(id);
    const two = attach(id);
    await one.until(/got .*\nno more *\n/);
    one.input(`clear\r${ask}`);
    await two.until(/got .*\nno more *\n\$$/);
    expect(two.text().match(/got \$?'?\S*1;2/g)?.length).toBe(1);
  });

  test('begin with a small screen, and bring more of what was before on demand', async () => {
    const { id } = await opened();
    const client = attach(id);
    await client.until(/\$$/);
    client.input('for ((i=1;i<=20000;i++)); do echo "line $i"; done; echo done\r');
    await client.until(/done\n\$$/);
    const late = attach(id);
    await late.until(/done\n\$$/);
    const [screen] = late.screens;
    // What is to be seen comes first, and by itself.
    expect(Buffer.byteLength(screen?.text ?? '')).toBeLessThan(10_000);
    expect(screen).toMatchObject({ scrollback: 0, available: 10_000, follows: true });
    await expect.poll(() => late.screens.length, QUICKLY).toBe(2);
    const [, second] = late.screens;
    expect(Buffer.byteLength(second?.text ?? '')).toBeLessThanOrEqual(SCREEN_BYTES);
    expect(second?.scrollback).toBeGreaterThan(1_000);
    expect(second?.scrollback).toBeLessThan(10_000);
    late.scrollback(10_000);
    await expect.poll(() => late.text().split('\n').length, QUICKLY).toBeGreaterThan(10_000);
    expect(late.screens.at(-1)).toMatchObject({ scrollback: 10_000, available: 10_000 });
    expect(late.shown()).toBe(client.shown());
  });
});

describe('the size', () => {
  test('follows the client that says one, for all, within what is possible', async () => {
    const { id } = await opened({ cols: 0, rows: 10_000 });
    expect(terminals.list({})[0]?.size).toEqual({ cols: 2, rows: 500 });
    const one = attach(id, { size: { cols: 100, rows: 30 } });
    await one.until(/\$$/);
    const two = attach(id);
    await two.until(/\$$/);
    expect(two.screens[0]).toMatchObject({ cols: 100, rows: 30 });
    two.resize({ cols: 60, rows: 20 });
    two.input('stty size\r');
    await one.until(/20 60/);
    await two.until(/20 60\n\$$/);
    expect(one.shown()).toBe(two.shown());
    // Who has typed has it, until another one is turned to; who leaves gives it back.
    const size = () => terminals.list({})[0]?.size;
    one.resize({ cols: 70, rows: 25 });
    const looker = attach(id, { size: { cols: 50, rows: 15 } });
    await looker.until(/20 60\n\$$/);
    expect(size()).toEqual({ cols: 60, rows: 20 });
    looker.focus();
    await expect.poll(size).toEqual({ cols: 50, rows: 15 });
    looker.close();
    await expect.poll(size).toEqual({ cols: 60, rows: 20 });
    await expect.poll(() => one.shown() === two.shown()).toBe(true);
  });
});

describe('a screen', () => {
  test('of a program in full screen is shown with its modes, and the shell is put back by a restart', async () => {
    const { id } = await opened();
    const one = attach(id);
    await one.until(/\$$/);
    one.input(`printf '\\033[?1049h\\033[?1006h\\033[?25l\\033[2;5r\\033[3;3Hinside'; cat\r`);
    await one.until(/inside/);
    const two = attach(id);
    await two.until(/inside/);
    expect(two.screens[0]?.text).toMatch(/\?1049h[\s\S]*\[2;5r[\s\S]*\?1006h[\s\S]*\?25l$/);
    const busy = await terminals.restart(id, false);
    expect(busy).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
    expect(!busy.ok && busy.rejection.message).toBe(
      'cat runs in the terminal “Terminal 1”. End it first, or restart the terminal by force.',
    );
    expect((await terminals.restart(id, true)).ok).toBe(true);
    await two.until(/A new shell, above is the old screen\]\n\$$/);
    const three = attach(id);
    await three.until(/\$$/);
    for (const mode of ['?1049h', '?1006h', '?25l', '2;5r'])
      expect(three.screens[0]?.text).not.toContain(`\x1b[${mode}`);
  });
});

describe('ends', () => {
  test('a program that runs is told before it is closed, and all that was started goes with it', async () => {
    const { id } = await opened();
    const client = attach(id);
    await client.until(/\$$/);
    client.input(
      `(setsid bash -c 'trap "" HUP TERM; echo "stray $$"; while :; do sleep 1; done' &); trap "" HUP TERM; sleep 1000\r`,
    );
    await client.until(/stray \d+/);
    const found = terminals.find(id);
    await expect.poll(() => found.ok && found.value.foreground()).toBe('sleep');
    expect(await terminals.close(id, false)).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
    const entry = `DROVER_TERMINAL=${folder.path}:${id}`;
    expect(processTable().some(({ pid }) => bearsEntry(pid, entry))).toBe(true);
    expect((await terminals.close(id, true)).ok).toBe(true);
    expect(processTable().filter(({ pid }) => bearsEntry(pid, entry))).toEqual([]);
    await expect.poll(() => client.isClosed()).toBe(true);
    expect(terminals.list({})).toEqual([]);
    expect(readdirSync(join(folder.path, 'terminals'))).toEqual([]);
  });

  test.each([
    [
      'that does not exist',
      ['no-such-shell'],
      'The program no-such-shell of the setting shell.program was not found or cannot be executed.',
    ],
  ])('a shell %s is a sentence, and leaves nothing', async (_, argv, words) => {
    shell = argv as [string, ...string[]];
    expect(await terminals.open(place(), {})).toEqual({
      ok: false,
      rejection: { code: 'unavailable', message: words },
    });
    expect(terminals.list({})).toEqual([]);
  });

  test('a shell that ends at once is shown as ended, with its code', async () => {
    shell = ['bash', '-c', 'echo sorry; exit 9'];
    const { id } = await opened();
    const client = attach(id);
    await expect.poll(() => client.exits).toEqual([{ code: 9, signal: null }]);
    expect(client.text()).toContain('sorry');
    await expect.poll(() => terminals.list({})[0]?.state).toMatchObject({ kind: 'exited', code: 9 });
  });

  test('a folder that is gone is a sentence', async () => {
    const gone = join(folder.path, 'gone');
    expect(await terminals.open({ ...place(), folder: gone }, {})).toMatchObject({
      rejection: { message: expect.stringContaining(`${gone}: there is no such folder.`) },
    });
  });

  test.each([
    ['no terminal', JSON.stringify({ type: 'attach', terminalId: 'k00000000' }), ['There is no terminal k00000000.']],
    ['what is no request', '{"type":"attach"}', []],
    ['no JSON', 'hello', []],
    ['bytes first', new Uint8Array([1]), []],
  ])('a client that sends %s is let go', async (_, message, refusals) => {
    const heard: string[] = [];
    const closed = new Promise<void>((resolve) => {
      const line = serveTerminal(terminals, { send: (text) => void heard.push(String(text)), close: resolve });
      line.receive(message);
    });
    await closed;
    expect(heard.map((text) => (JSON.parse(text) as { message: string }).message)).toEqual(refusals);
  });
});

describe('another start', () => {
  test('brings the old screen back under a new shell, marked as such', async () => {
    const { id } = await opened({ name: 'work' });
    const client = attach(id);
    await client.until(/\$$/);
    client.input('echo before; cd /\r');
    await client.until(/before\n\$$/);
    await terminals.end();
    expect(client.isClosed() || (await expect.poll(() => client.isClosed()).toBe(true))).toBeTruthy();
    expect(statSync(join(folder.path, 'terminals', `${id}.screen`)).mode & 0o777).toBe(0o600);
    terminals = open();
    expect(terminals.list({})).toMatchObject([{ id, name: 'work', state: { kind: 'asleep' } }]);
    const again = attach(id);
    await again.until(/before\n[\s\S]*Drover has ended since: a new shell, above is the old screen\]\n\$$/);
    again.input('pwd\r');
    await again.until(new RegExp(`${folder.path}\\n\\$$`));
  });

  test('ends what a Drover that was killed has left, before a new shell is started', async () => {
    const { id } = await opened();
    const client = attach(id);
    await client.until(/\$$/);
    client.input('setsid bash -c \'trap "" HUP TERM; while :; do sleep 1; done\' & echo "le"ft\r');
    await client.until(/left\n/);
    const entry = `DROVER_TERMINAL=${folder.path}:${id}`;
    // The shell does not wait for what it starts in the background.
    const left = () => processTable().filter(({ pid }) => bearsEntry(pid, entry));
    await expect.poll(() => left().length).toBeGreaterThanOrEqual(2);
    // Soon after, and not only in good order at the end.
    const screen = join(folder.path, 'terminals', `${id}.screen`);
    await expect.poll(() => existsSync(screen) && readFileSync(screen, 'utf8'), { timeout: 30_000 }).toContain('left');
    // As after SIGKILL: another one finds the files and the processes, and nobody has ended anything.
    const killed = terminals;
    terminals = open();
    await terminals.recover();
    expect(left()).toEqual([]);
    await killed.end();
    const again = attach(id);
    await again.until(/a new shell/);
  });
});

test('each is in its place among the others', async () => {
  const [a, b, c] = [await opened(), await opened(), await opened({ name: 'x' })];
  const names = () => terminals.list({ projectId: 'p00000001' }).map(({ name }) => name);
  expect(names()).toEqual(['Terminal 1', 'Terminal 2', 'x']);
  expect(terminals.reorder(c.id, a.id).ok).toBe(true);
  expect(names()).toEqual(['x', 'Terminal 1', 'Terminal 2']);
  expect(terminals.reorder(a.id, null).ok).toBe(true);
  expect(names()).toEqual(['x', 'Terminal 2', 'Terminal 1']);
  expect(terminals.reorder(b.id, 'k00000000')).toMatchObject({ ok: false });
  expect(terminals.list({ taskId: 'a00000001' })).toEqual([]);
});

test('an agent reaches no terminal by any call', async () => {
  const { id } = await opened();
  const refuse = async () => reject('not-found', 'nowhere');
  const calls = createTerminalCalls({
    terminals,
    placeOfTask: refuse,
    placeOfProject: refuse,
    fileInside: refuse,
  });
  for (const [name, call] of Object.entries(calls)) {
    const input = {
      terminalId: id,
      text: 'x',
      name: 'x',
      before: null,
      cols: 9,
      rows: 9,
      lines: 0,
      path: 'x',
    } as never;
    expect([name, await call(input, agentOf('a00000001'))]).toMatchObject([name, { rejection: { code: 'forbidden' } }]);
  }
  expect(mayUseTerminals(PERSON)).toBe(true);
});

test('the terminal of an agent shows what it prints and takes what is typed; starting and ending it is for its task', async () => {
  const typed: string[] = [];
  let print: (bytes: Uint8Array) => void = () => {};
  let exit: (how: { code: number; signal: null }) => void = () => {};
  const show = () =>
    terminals.show({ ...place(), taskId: 'a00000001' }, 'Claude Code', {
      pid: 4242,
      size: { cols: 100, rows: 30 },
      exited: new Promise((resolve) => {
        exit = resolve;
      }),
      onData(listener) {
        print = listener;
      },
      write: (data) => typed.push(Buffer.from(data).toString()),
      resize: ({ cols, rows }) => typed.push(`${cols} by ${rows}`),
    });
  show();
  // Before there is a screen.
  print(Buffer.from('Hello from the agent'));
  const [{ id, ...shown } = { id: '' }] = terminals.list({ taskId: 'a00000001' });
  expect(shown).toMatchObject({ name: 'Claude Code', ofAgent: true, state: { kind: 'running', pid: 4242 } });
  const client = attach(id, { size: { cols: 90, rows: 30 } });
  await client.until(/Hello from the agent/);
  client.input('hi\r');
  await expect.poll(() => typed).toEqual(['90 by 30', 'hi\r']);
  expect(await terminals.restart(id, true)).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
  expect(await terminals.close(id, true)).toMatchObject({ ok: false, rejection: { code: 'wrong-state' } });
  exit({ code: 0, signal: null });
  await expect.poll(() => client.exits).toEqual([{ code: 0, signal: null }]);
  // The next session of the task takes its place.
  show();
  expect(terminals.list({ taskId: 'a00000001' })).toHaveLength(1);
  exit({ code: 0, signal: null });
  const [next] = terminals.list({ taskId: 'a00000001' });
  await expect.poll(() => terminals.close(next?.id ?? '', false)).toMatchObject({ ok: true });
});
