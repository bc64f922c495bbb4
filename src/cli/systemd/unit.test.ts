import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { canBeStarted, unitStateOf, unitText } from './unit.ts';

const plain = { program: '/usr/bin/node', args: ['/opt/drover/main.js', '--data', '/home/me/data'], env: {} };
const hasVerify = spawnSync('systemd-analyze', ['--version']).status === 0;

it('is known again as ours, and as changed after one letter', () => {
  const text = unitText(plain);
  expect(unitStateOf(text)).toBe('ours');
  expect(unitStateOf(unitText({ ...plain, env: { A: 'b' } }))).toBe('ours');
  expect(unitStateOf(text.replace('RestartSec=10', 'RestartSec=11'))).toBe('changed');
  expect(unitStateOf(`${text}\n`)).toBe('changed');
  expect(unitStateOf(text.slice(text.indexOf('\n') + 1))).toBe('foreign');
  expect(unitStateOf('')).toBe('foreign');
});

it('keeps every letter of the arguments', () => {
  const args = ['/a b/"c"/$d/%e/f\\g', 'line\nbreak', "it's"];
  const lines = unitText({ program: '/opt/$x/100%/node', args, env: { NAME: 'a "b" %h' } }).split('\n');
  expect(lines).toContain(`ExecStart="/opt/$x/100%%/node" "/a b/\\"c\\"/$$d/%%e/f\\\\g" "line\\nbreak" "it's"`);
  expect(lines).toContain('Environment="NAME=a \\"b\\" %%h"');
});

it.each(['/a"b', "/a'b", '/a\\b', '/a\nb', 'node'])('systemd does not start %j', (program) => {
  expect(canBeStarted(program)).toBe(false);
});

describe.runIf(hasVerify)('as systemd itself reads it', () => {
  let temp: Awaited<ReturnType<typeof createTempFolder>>;
  beforeEach(async () => {
    temp = await createTempFolder();
  });
  afterEach(() => temp.remove());

  async function verify(text: string) {
    const file = join(temp.path, 'drover.service');
    await writeFile(file, text);
    const runtime = join(temp.path, 'runtime');
    await mkdir(runtime, { recursive: true, mode: 0o700 });
    const { status, stderr } = spawnSync('systemd-analyze', ['--user', 'verify', file], {
      env: { PATH: process.env.PATH, HOME: temp.path, XDG_RUNTIME_DIR: runtime },
      encoding: 'utf8',
    });
    return { status, stderr };
  }

  it('has no faults, and names the program', async () => {
    const folder = join(temp.path, 'a b$c%d');
    await mkdir(folder);
    const program = join(folder, 'node');
    await copyFile('/bin/true', program);
    const text = unitText({ program, args: ['/x/$HOME/%h/"main".js'], env: { ELECTRON_RUN_AS_NODE: '1' } });
    expect(await verify(text)).toEqual({ status: 0, stderr: '' });
    const missing = await verify(text.replace('/node"', '/node2"'));
    expect(missing.status).not.toBe(0);
    expect(missing.stderr).toContain(`${program}2 is not executable`);
  });
});
