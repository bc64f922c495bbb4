import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import type { Result } from '../../contract/rejection.ts';
import type { ProcessIdentity } from '../../contract/run/state.ts';
import { createId } from '../base/ids.ts';
import { PERSON } from '../core-api.ts';
import { identify, isAlive } from '../process/identity.ts';
import { createProcessCalls } from './calls.ts';
import { readPs } from './measure.ts';
import { readListening } from './ports-of.ts';

/** Of no other test: some end whatever bears the run of their task. */
const TASK = createId('a');
const OTHER = createId('a');
const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
});

/** Prints its first line when it is ready. */
async function run(script: string, env: Record<string, string>): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ['-e', script], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return { child, line: String(chunk).trim() };
}

const LISTENS = `const s = require('net').createServer().listen(0, '127.0.0.1', () => console.log(s.address().port))`;
/** Ends with whoever has started it. */
const INNER = `${LISTENS}; process.stdin.resume(); process.stdin.on('end', () => process.exit());`;
const WAITS = `console.log('ready'); setInterval(() => {}, 1e6)`;

function who(child: ChildProcess): ProcessIdentity {
  const found = identify(child.pid ?? 0);
  if (found === null) throw new Error('it has ended');
  return found;
}

function calls(agent: ProcessIdentity | null) {
  const run = agent === null ? null : ({ process: agent } as never);
  return createProcessCalls({
    task: (id) => (id === TASK ? { id, run } : null),
    isTerminalOf: (id, mark) => mark === `terminal of ${id}`,
  });
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.rejection.message);
  return result.value;
}

test.runIf(process.platform === 'linux')(
  'the agent, what it has started, its terminals and what bears its run are shown with what they use, and nothing else',
  async () => {
    const nested = `
      const { spawn } = require('child_process');
      const inner = spawn(process.execPath, ['-e', ${JSON.stringify(INNER)}], { env: {}, stdio: ['pipe', 'pipe', 'inherit'] });
      inner.stdout.once('data', (port) => console.log(inner.pid + ' ' + String(port).trim()));
      setInterval(() => {}, 1e6);`;
    const [agent, terminal, left, other] = await Promise.all([
      run(nested, {}),
      run(WAITS, { DROVER_TERMINAL: `terminal of ${TASK}` }),
      run(WAITS, { DROVER_RUN: `${TASK}.2`, SECRET: 'x' }),
      run(WAITS, { DROVER_RUN: `${OTHER}.1`, DROVER_TERMINAL: `terminal of ${OTHER}` }),
    ]);
    const [inner = 0, port = 0] = agent.line.split(' ').map(Number);
    const api = calls(who(agent.child));
    const { processes, portsKnown } = value(await api.list({ taskId: TASK }, PERSON));
    const pids = [agent.child.pid, inner, terminal.child.pid, left.child.pid];
    expect(new Set(processes.map(({ pid }) => pid))).toEqual(new Set(pids));
    expect(other.child.pid).toBeDefined();
    expect(portsKnown).toBe(true);
    const listens = processes.find(({ pid }) => pid === inner);
    expect(listens).toMatchObject({ ports: [{ port, address: '127.0.0.1' }], parent: agent.child.pid });
    expect(listens?.memory).toBeGreaterThan(1024 * 1024);
    expect(listens?.cpuMs).toBeGreaterThanOrEqual(0);
    expect(processes.filter((one) => one.agent).map(({ pid }) => pid)).toEqual([agent.child.pid]);
    expect(JSON.stringify(processes)).not.toContain('SECRET');

    // The port is free again, and nothing else has ended.
    const freed = { taskId: TASK, pid: inner, startTime: listens?.startTime ?? '' };
    expect(value(await api.end(freed, PERSON))).toEqual({ ended: true });
    const { processes: after } = value(await api.list({ taskId: TASK }, PERSON));
    expect(after.filter((one) => one.pid === inner || one.ports.length > 0)).toEqual([]);
    for (const { child } of [agent, terminal, left, other]) expect(isAlive(who(child))).toBe(true);
  },
);

describe.runIf(process.platform === 'linux')('ending a process', () => {
  test('is refused for the agent, for a process of somebody else and for a pid that another has by now', async () => {
    const [agent, other] = await Promise.all([run(WAITS, {}), run(WAITS, { DROVER_RUN: `${OTHER}.1` })]);
    const api = calls(who(agent.child));
    const end = (one: ProcessIdentity) => api.end({ taskId: TASK, ...one }, PERSON);
    expect(await end(who(agent.child))).toMatchObject({ rejection: { code: 'wrong-state' } });
    expect(await end(who(other.child))).toMatchObject({ rejection: { code: 'forbidden' } });
    expect(await end({ pid: process.pid, startTime: identify(process.pid)?.startTime ?? '' })).toMatchObject({
      rejection: { code: 'forbidden' },
    });
    expect(value(await end({ ...who(agent.child), startTime: 'earlier' }))).toEqual({ ended: true });
    for (const { child } of [agent, other]) expect(isAlive(who(child))).toBe(true);
    expect(await api.list({ taskId: 'a00000009' }, PERSON)).toMatchObject({ rejection: { code: 'not-found' } });
  });

  test('ends one that does not care for SIGTERM', async () => {
    const { child } = await run(`process.on('SIGTERM', () => {}); ${WAITS}`, { DROVER_RUN: `${TASK}.1` });
    const identity = who(child);
    expect(value(await calls(null).end({ taskId: TASK, ...identity }, PERSON))).toEqual({ ended: true });
    await until(() => !isAlive(identity), 'its end');
  });
});

test('what listens is read with its address, of both kinds', () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  const line = (address: string, state: string, inode: number) =>
    `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0 0 10 0`;
  const table = [
    head,
    line('0100007F:0BB8', '0A', 11),
    line('00000000:1F90', '0A', 12),
    line('0100007F:0BB9', '01', 13),
    line('00000000000000000000000001000000:0BBA', '0A', 14),
    line('0000000000000000FFFF00000100007F:0BBB', '0A', 15),
    'nonsense',
  ].join('\n');
  expect([...readListening(table)]).toEqual([
    ['11', { port: 3000, address: '127.0.0.1' }],
    ['12', { port: 8080, address: '0.0.0.0' }],
    ['14', { port: 3002, address: '::1' }],
    ['15', { port: 3003, address: '127.0.0.1' }],
  ]);
});

test('what ps tells is read', () => {
  const text = '  12   0:01.50  2048 node server.js\n 13 1-02:03:04 10 sh -c x  y\nnonsense\n';
  expect([...readPs(text)]).toEqual([
    [12, { command: 'node server.js', cpuMs: 1500, memory: 2048 * 1024, reapedMs: 0 }],
    [13, { command: 'sh -c x  y', cpuMs: 93_784_000, memory: 10 * 1024, reapedMs: 0 }],
  ]);
});
