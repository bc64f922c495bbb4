import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { findProgram } from './find-program.ts';
import { isAlive } from './identity.ts';
import { StartFailure } from './spawn-tree.ts';
import { startProcess } from './start-process.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  folder = await createTempFolder();
});
afterAll(() => folder.remove());

const env = { PATH: process.env.PATH ?? '' };
const node = (script: string, ...args: string[]) => ({
  program: process.execPath,
  args: ['-e', script, ...args],
  cwd: folder.path,
  env,
});

test('passes arguments, folder, environment and input as they are', async () => {
  const hostile = ['--', '$(touch x)', 'a\'b"c', 'line\nbreak', '🐄', '-n', ''];
  const script = `process.stdin.pipe(process.stdout); process.stdin.on('end', () => {
    console.error(JSON.stringify([process.argv.slice(1), process.cwd(), process.env.A, process.env.DROVER_RUN, Object.keys(process.env).length]));
  })`;
  const child = await startProcess({ ...node(script, ...hostile), env: { A: 'é' }, marker: 'm1' });
  child.stdin.end('in and out');
  let printed = '';
  for await (const chunk of child.stdout) printed += chunk;
  const { stderr, code } = await child.closed;
  expect(printed).toBe('in and out');
  expect(JSON.parse(stderr)).toEqual([hostile.slice(1), folder.path, 'é', 'm1', 2]);
  expect(code).toBe(0);
  expect(isAlive(child.identity)).toBe(false);
});

test('leads a process group of its own', async () => {
  const child = await startProcess({ program: 'ps', args: ['-o', 'pgid=', '-p', String(process.pid)], cwd: '/', env });
  let group = '';
  for await (const chunk of child.stdout) group += chunk;
  expect(Number(group)).not.toBe(child.identity.pid);
  expect(Number(group)).toBeGreaterThan(0);
});

test('gives the code, the signal and the last 8 KB of stderr', async () => {
  const script = `process.stderr.write('x'.repeat(100_000) + 'é'.repeat(5000) + 'the end', () => process.exit(7))`;
  const child = await startProcess(node(script));
  child.stdout.resume();
  const exit = await child.closed;
  expect(exit).toMatchObject({ code: 7, signal: null });
  expect(exit.stderr.endsWith('éthe end')).toBe(true);
  expect(exit.stderr).not.toContain('�');
  expect(Buffer.byteLength(exit.stderr)).toBeLessThanOrEqual(8192);
});

test('swallows writing to a program that has gone', async () => {
  const child = await startProcess(node('process.stdin.destroy(); process.exit(0)'));
  child.stdout.resume();
  child.stdin.write('x'.repeat(1024 * 1024));
  await child.closed;
  child.stdin.write('more');
  child.stdin.end();
});

test('closes although a process it left keeps its output open', async () => {
  const script = `require('child_process').spawn('sleep', ['60'], { stdio: 'inherit', detached: true }); process.exit(3)`;
  const child = await startProcess({ ...node(script), marker: `linger-${process.pid}` });
  child.stdout.resume();
  expect(await child.closed).toMatchObject({ code: 3 });
});

test.each([
  ['a program that is not there', () => ({ program: 'no-such-program' }), 'program-missing', /no-such-program/],
  ['a folder that is gone', () => ({ cwd: join(folder.path, 'gone') }), 'folder-missing', /no such folder/],
  ['arguments that are too long', () => ({ args: ['x'.repeat(4_000_000)] }), 'too-long', /too long/],
  ['an argument with a NUL', () => ({ args: ['a\0b'] }), 'failed', /cannot be started/],
])('rejects for %s', async (_, change, code, words) => {
  const failure = await startProcess({ ...node(''), ...change() }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartFailure);
  expect(failure).toMatchObject({ code, message: expect.stringMatching(words) });
});

test('rejects for a script whose interpreter is missing', async () => {
  const path = join(folder.path, 'script');
  await writeFile(path, '#!/no/such/interpreter\n', { mode: 0o755 });
  await expect(startProcess({ ...node(''), program: path })).rejects.toThrow(/interpreter/);
});

test('findProgram takes the first executable file in an absolute folder', async () => {
  const bin = join(folder.path, 'bin');
  const other = join(folder.path, 'other');
  await mkdir(join(bin, 'folder'), { recursive: true });
  await mkdir(other);
  await writeFile(join(bin, 'tool'), '', { mode: 0o644 });
  await writeFile(join(other, 'tool'), '', { mode: 0o755 });
  await symlink(join(other, 'tool'), join(other, 'linked'));
  const path = `:relative:${bin}:${other}`;
  expect(findProgram('tool', path)).toBe(join(other, 'tool'));
  expect(findProgram('linked', path)).toBe(join(other, 'linked'));
  expect(findProgram('folder', path)).toBeNull();
  expect(findProgram('../other/tool', path)).toBeNull();
  expect(findProgram(join(other, 'tool'), undefined)).toBe(join(other, 'tool'));
  expect(findProgram(join(bin, 'tool'), undefined)).toBeNull();
  for (const name of ['', 'a\0b', '.', 'gone']) expect(findProgram(name, path)).toBeNull();
});
