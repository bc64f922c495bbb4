import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RUN_MODULE = fileURLToPath(new URL('../../scripts/lib/run.mjs', import.meta.url));

/** Says when it is ready and when a signal comes; when its input ends, it ends with the number of signals. */
const COUNTER = `
  let count = 0;
  process.on('SIGTERM', () => { count += 1; console.log('signal'); });
  process.stdin.on('end', () => process.exit(10 + count)).resume();
  console.log('ready');`;

function runner(child: string, options: string) {
  const script = `
    import { runToEnd } from ${JSON.stringify(RUN_MODULE)};
    process.exitCode = await runToEnd(process.execPath, ['--eval', ${JSON.stringify(child)}], ${options});`;
  const started = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  return { started, ended: once(started, 'exit'), line: async () => (await lines.next()).value as string };
}

it('gives a program that is apart each signal once, however often and to whom it is sent', async () => {
  const { started, ended, line } = runner(COUNTER, '{ apart: true }');
  const pid = started.pid ?? 0;
  expect(await line()).toBe('ready');
  process.kill(-pid, 'SIGTERM');
  process.kill(pid, 'SIGTERM');
  expect(await line()).toBe('signal');
  process.kill(pid, 'SIGTERM');
  started.stdin.end();
  expect(await ended).toEqual([11, null]);
});

it('passes on exit codes, and says which signal ended a program', async () => {
  expect(await runner('process.exit(7)', '{}').ended).toEqual([7, null]);
  expect(await runner("process.kill(process.pid, 'SIGKILL')", '{}').ended).toEqual([137, null]);
});

it('answers 127 for a program that is not there', async () => {
  const script = `
    import { runToEnd } from ${JSON.stringify(RUN_MODULE)};
    process.exitCode = await runToEnd('/no/such/program', []);`;
  const started = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [words] = await once(started.stderr.setEncoding('utf8'), 'data');
  expect(words).toContain('/no/such/program did not start');
  expect(await once(started, 'exit')).toEqual([127, null]);
});
