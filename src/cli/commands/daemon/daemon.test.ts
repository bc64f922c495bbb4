import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeDrover, type FakeDrover } from '../../../../test/support/fake-drover.ts';
import { cleanEnvironment } from '../../../../test/support/host.ts';
import { runCli } from '../../../../test/support/run-cli.ts';
import { createTempFolder } from '../../../../test/support/temp.ts';
import { unitStateOf } from '../../systemd/unit.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let drover: FakeDrover;
let config: string;
let unit: string;
let link: string;
let bin: string;

/** In place of systemctl, which this test must never reach: writes its calls down, and makes and takes the link. */
const STAND_IN = `#!/bin/sh
echo "$*" >> "$STAND_IN/calls"
if [ -e "$STAND_IN/fails-$2" ]; then cat "$STAND_IN/fails-$2" >&2; exit 1; fi
case "$2" in
  enable) mkdir -p "$(dirname "$LINK")"; ln -sf "$UNIT" "$LINK" ;;
  disable) rm -f "$LINK" ;;
esac
`;

beforeEach(async () => {
  temp = await createTempFolder();
  drover = await createFakeDrover(temp.path);
  config = join(temp.path, 'config');
  unit = join(config, 'systemd', 'user', 'drover.service');
  link = join(config, 'systemd', 'user', 'default.target.wants', 'drover.service');
  bin = join(temp.path, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'systemctl'), STAND_IN);
  await chmod(join(bin, 'systemctl'), 0o755);
});
afterEach(async () => {
  await drover.stop();
  await temp.remove();
});

const cli = (args: string[], env: Record<string, string> = {}) =>
  runCli(args, {
    dataFolder: drover.dataFolder,
    env: { PATH: `${bin}:/bin:/usr/bin`, XDG_CONFIG_HOME: config, STAND_IN: bin, UNIT: unit, LINK: link, ...env },
  });
const install = (env?: Record<string, string>) => cli(['daemon', 'install'], env);
const uninstall = () => cli(['daemon', 'uninstall']);
const fails = (verb: string, words: string) => writeFile(join(bin, `fails-${verb}`), words);
async function calls(): Promise<string[]> {
  const file = join(bin, 'calls');
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  await rm(file);
  return lines;
}
/** Every file in the configuration of the person. */
const written = async () =>
  (await readdir(config, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((one) => !one.isDirectory())
    .map((one) => join(one.parentPath, one.name));

describe('install', () => {
  it('writes the unit and no other file, has systemd read and enable it, and says so', async () => {
    const done = await install();
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toBe(
      [
        `Wrote ${unit}`,
        'Ran systemctl --user daemon-reload',
        'Ran systemctl --user enable drover.service',
        '',
        'Drover starts when you log in, and works without the window.',
        'To start it now: systemctl --user start drover.service',
        '',
      ].join('\n'),
    );
    expect(await calls()).toEqual(['--user daemon-reload', '--user daemon-reload', '--user enable drover.service']);
    expect((await written()).sort()).toEqual([link, unit].sort());
    const text = await readFile(unit, 'utf8');
    expect(unitStateOf(text)).toBe('ours');
    expect(text).toMatch(
      new RegExp(`^ExecStart="/.*node" "/.*daemon/main\\.(ts|js)" "--data" "${drover.dataFolder}"$`, 'm'),
    );
  });

  it('names a command that starts Drover on the data folder', async () => {
    const other = join(temp.path, 'other');
    await cli(['daemon', 'install', '--data', other]);
    const [, line = ''] = /^ExecStart=(.*)$/m.exec(await readFile(unit, 'utf8')) ?? [];
    const [program = '', ...args] = [...line.matchAll(/"([^"\\$%]*)"/g)].map(([, word = '']) => word);
    const child = spawn(program, args, { env: cleanEnvironment(temp.path), stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(said.toString()).toMatch(/^Drover listens on /);
    expect(said.toString()).toContain(`(data folder ${other})`);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('again replaces what it wrote, for another data folder too', async () => {
    await install();
    const other = join(temp.path, 'other');
    expect((await cli(['daemon', 'install', '--data', other])).code).toBe(0);
    expect(await readFile(unit, 'utf8')).toContain(`"${other}"`);
  });

  it('leaves a file of others, a masked unit and a changed one as they are', async () => {
    await mkdir(join(config, 'systemd', 'user'), { recursive: true });
    await writeFile(unit, '[Service]\nExecStart=/mine\n');
    const refused = await install();
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`${unit} was not written by Drover`);
    expect((await uninstall()).code).toBe(3);
    expect(await readFile(unit, 'utf8')).toBe('[Service]\nExecStart=/mine\n');

    await rm(unit);
    await symlink('/dev/null', unit);
    expect((await install()).stderr).toContain('was not written by Drover');
    await rm(unit);
    expect(await calls()).toEqual([]);

    await install();
    const mine = `${await readFile(unit, 'utf8')}Nice=5\n`;
    await writeFile(unit, mine);
    for (const act of [install, uninstall]) expect((await act()).stderr).toContain('was changed since Drover wrote it');
    expect(await readFile(unit, 'utf8')).toBe(mine);
  });

  it('writes nothing where there is no systemctl, or no systemd of this login', async () => {
    const none = await install({ PATH: join(temp.path, 'nothing') });
    expect(none.code).toBe(3);
    expect(none.stderr).toContain('there is no systemctl in the PATH. Nothing was written.');
    await fails('daemon-reload', 'Failed to connect to bus: No medium found\n');
    const unreached = await install();
    expect(unreached.stderr).toContain('Failed to connect to bus: No medium found. Nothing was written.');
    expect(await written()).toEqual([]);
  });

  it('takes the file back when systemd does not enable it', async () => {
    await fails('enable', 'Unit is bad\n');
    const refused = await install();
    expect(refused).toMatchObject({ code: 3 });
    expect(refused.stderr).toContain('Unit is bad');
    expect(await written()).toEqual([]);
  });
});

describe('uninstall', () => {
  it('disables and removes what was installed, and says so', async () => {
    await install();
    await calls();
    const done = await uninstall();
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toContain(`Removed ${unit}`);
    expect(await calls()).toEqual(['--user disable drover.service', '--user daemon-reload']);
    expect(await written()).toEqual([]);
    expect(await uninstall()).toMatchObject({ code: 0, stdout: `There is no ${unit}.\n` });
  });

  it('removes it also where systemd cannot be reached, and says that', async () => {
    await install();
    for (const verb of ['disable', 'daemon-reload']) await fails(verb, 'No bus\n');
    const done = await uninstall();
    expect(done.code).toBe(0);
    expect(done.stderr).toContain('No bus');
    expect(await written()).toEqual([]);
  });
});

it('the status says what starts Drover at login', async () => {
  expect((await cli(['status'])).stdout).not.toContain('At login');
  await install();
  expect((await cli(['status'])).stdout).toContain(`At login   systemd starts it (${unit})\n`);
  expect(JSON.parse((await cli(['status', '--json'])).stdout)).toMatchObject({ startedBy: unit });
  await uninstall();
  expect(JSON.parse((await cli(['status', '--json'])).stdout)).toMatchObject({ startedBy: null });
});
