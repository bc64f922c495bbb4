import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { identify, isAlive } from '../core/process/identity.ts';

const SHUTDOWN = new URL('shutdown.ts', import.meta.url).href;
const SCOPE = new URL('../core/base/scope.ts', import.meta.url).href;

/** A program that takes over its ending, runs `body` and stays. Its first line is printed when it is ready. */
async function program(body: string) {
  const text = `
    import { takeOverShutdown } from '${SHUTDOWN}';
    import { createScope } from '${SCOPE}';
    import { spawn } from 'node:child_process';
    const scope = createScope();
    const shutdown = takeOverShutdown(scope);
    const say = (...words) => console.log(...words);
    const write = (message, fields) => say('log:', message, fields?.error?.message ?? '');
    const logger = { info: write, error: write };
    shutdown.logTo(logger, async () => say('log closed'));
    scope.add(() => say('closed'));
    setInterval(() => {}, 60_000);
    ${body}
    say('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let stderr = '';
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, lines, stderr }));
  await expect.poll(() => [...lines, stderr].join('\n')).toMatch(/ready|Error/);
  return { child, lines, ended };
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s closes everything, the log last, and exits with 0',
  async (signal) => {
    const { child, ended } = await program('');
    child.kill(signal);
    expect(await ended).toEqual({
      code: 0,
      lines: ['ready', 'log: ending ', 'closed', 'log: ended ', 'log closed'],
      stderr: '',
    });
  },
);

test('a second signal exits at once, and takes every process below with it', async () => {
  const { child, lines, ended } = await program(`
    const shell = spawn('sh', ['-c', 'sleep 1000 & echo $!; wait'], { detached: true });
    shell.stdout.once('data', (pid) => say('pids', shell.pid, String(pid).trim()));
    scope.add(() => new Promise(() => {}));`);
  await expect.poll(() => lines.some((line) => line.startsWith('pids'))).toBe(true);
  const pids =
    lines
      .find((line) => line.startsWith('pids'))
      ?.split(' ')
      .slice(1)
      .map(Number) ?? [];
  const identities = pids.map(identify);
  expect(identities).not.toContain(null);
  child.kill('SIGTERM');
  await expect.poll(() => lines.includes('log: ending ')).toBe(true);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(130);
  for (const identity of identities) await expect.poll(() => identity !== null && isAlive(identity)).toBe(false);
});

test.each([
  ['an error nobody caught', "setTimeout(() => { throw new Error('oops'); }, 20);"],
  ['a rejection nobody caught', "setTimeout(() => void Promise.reject(new Error('oops')), 20);"],
])('%s is logged, closes everything and exits with 4, without a stack trace', async (_, body) => {
  const { ended } = await program(body);
  expect(await ended).toEqual({
    code: 4,
    lines: ['ready', 'log: a mistake of Drover ends it oops', 'closed', 'log: ended ', 'log closed'],
    stderr: 'Drover stopped because of an internal error; the log file has the details.\n',
  });
});

test('what the system refuses is a sentence with the path, and exits with 3', async () => {
  const { ended } = await program(
    "setTimeout(() => { throw Object.assign(new Error('EROFS'), { code: 'EROFS', path: '/data/x' }); }, 20);",
  );
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([3, expect.stringMatching(/^\/data\/x cannot be written: .*read-only.*\n$/)]);
});

test('what fails while closing is logged, the rest is closed, and the exit code says so', async () => {
  const { child, ended } = await program("scope.add(() => { throw new Error('stuck'); });");
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({
    code: 4,
    lines: ['ready', 'log: ending ', 'closed', 'log: ending failed stuck', 'log: ended ', 'log closed'],
  });
});
