import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identify, isAlive } from './identity.ts';
import { sweep } from './kill-tree.ts';
import { type CommandOptions, runCommand } from './run-command.ts';

const run = (script: string, options: Partial<CommandOptions> = {}) =>
  runCommand({
    argv: [process.execPath, '-e', script],
    cwd: '/',
    env: { PATH: process.env.PATH ?? '' },
    timeoutMs: 30_000,
    maxOutputBytes: 4096,
    ...options,
  });

test('gives the exit code and both outputs in order', async () => {
  const script = `const { writeSync } = require('fs');
    process.stdout.write('one ', () => setTimeout(() => { process.stderr.write('two '); process.exitCode = 3; }, 50));`;
  const chunks: string[] = [];
  const result = await run(script, { onOutput: (chunk) => chunks.push(chunk.toString()) });
  expect(result).toMatchObject({ exitCode: 3, signal: null, output: 'one two ', truncated: false, timedOut: false });
  expect(chunks.join('')).toBe('one two ');
});

test('never lets a shell see the arguments', async () => {
  const hostile = ['$(id)', '`id`', ';', "'", '\n', '🐄', '--', '-x'];
  const argv = [process.execPath, '-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...hostile];
  expect(JSON.parse((await run('', { argv })).output)).toEqual(hostile);
});

test('has no input to wait for', async () => {
  expect(await run(`process.stdin.on('end', () => process.exit(5)).resume()`)).toMatchObject({ exitCode: 5 });
});

test('keeps the end of 200 MB of output in bounded memory', async () => {
  const script = `const chunk = 'x'.repeat(1024 * 1024); let left = 200;
    const more = () => { while (left-- > 0) if (!process.stdout.write(chunk)) return process.stdout.once('drain', more);
      process.stdout.write('the end'); }; more();`;
  const before = process.memoryUsage().rss;
  let peak = 0;
  let bytes = 0;
  const result = await run(script, {
    onOutput: (chunk) => {
      bytes += chunk.length;
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  });
  expect(bytes).toBe(200 * 1024 * 1024 + 7);
  expect(result).toMatchObject({ exitCode: 0, truncated: true });
  expect(result.output).toHaveLength(4096);
  expect(result.output.endsWith('xthe end')).toBe(true);
  expect(peak - before).toBeLessThan(80 * 1024 * 1024);
});

const CHILD_THAT_STAYS = `const child = require('child_process').spawn('sleep', ['60'], OPTIONS);
  process.stdout.write(child.pid + '\\n', () => AFTER);`;

async function pidOf(output: string) {
  const identity = identify(Number(output.split('\n')[0]));
  return identity !== null && isAlive(identity);
}

test('kills the whole tree when time is up', async () => {
  const script = CHILD_THAT_STAYS.replace('OPTIONS', `{ detached: true, stdio: 'ignore' }`).replace('AFTER', '0');
  const result = await run(`${script} setInterval(() => {}, 1000)`, { timeoutMs: 1500 });
  expect(result).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGTERM' });
  expect(Number(result.output)).toBeGreaterThan(0);
  expect(await pidOf(result.output)).toBe(false);
});

test('kills the whole tree when aborted', async () => {
  const abort = new AbortController();
  const script = CHILD_THAT_STAYS.replace('OPTIONS', `{ stdio: 'inherit' }`).replace('AFTER', '0');
  const result = await run(`${script} setInterval(() => {}, 1000)`, {
    signal: abort.signal,
    onOutput: () => abort.abort(),
  });
  expect(result).toMatchObject({ aborted: true, timedOut: false, exitCode: null });
  expect(await pidOf(result.output)).toBe(false);
  expect(await run('', { signal: AbortSignal.abort() })).toMatchObject({ aborted: true, exitCode: null });
});

test.each([
  ['holds the output open', `{ stdio: 'inherit' }`],
  ['is silent', `{ stdio: 'ignore' }`],
])('ends what a finished command left when it %s', async (_, options) => {
  const script = CHILD_THAT_STAYS.replace('OPTIONS', options).replace('AFTER', 'process.exit(4)');
  const result = await run(script);
  expect(result.exitCode).toBe(4);
  expect(await pidOf(result.output)).toBe(false);
});

test('leaves the run alone whose marker it carries', async () => {
  const marker = `command-${process.pid}`;
  const agent = run(`console.log('up'); setInterval(() => {}, 1000)`, { marker });
  const result = await run('setInterval(() => {}, 1000)', { marker, timeoutMs: 300 });
  expect(result.timedOut).toBe(true);
  let over = false;
  void agent.then(() => {
    over = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  await sweep(marker, 0);
  expect((await agent).signal).toBe('SIGKILL');
});

test('a program or folder that is not there is a result in words', async () => {
  expect(await run('', { argv: ['no-such-program'] })).toMatchObject({
    exitCode: null,
    problem: expect.stringContaining('no-such-program'),
  });
  expect(await run('', { cwd: join('/', 'no', 'folder') })).toMatchObject({
    problem: expect.stringContaining('no such folder'),
  });
});
