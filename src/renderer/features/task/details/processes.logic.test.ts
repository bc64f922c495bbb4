import { expect, test } from 'vitest';
import type { TaskProcess, TaskProcesses } from '../../../../contract/process/state.ts';
import { addressOf, cpuBetween, percent, sumOf } from './processes.logic.ts';

const one = (pid: number, cpuMs: number | null, startTime = 's'): TaskProcess => ({
  ...{ pid, startTime, parent: 1, command: 'node', cpuMs, memory: 1, ports: [] },
});
const look = (at: number, ...processes: TaskProcess[]): TaskProcesses => ({ at, processes, portsKnown: true });

test('what a process uses is what was added between two looks at the very same one', () => {
  const now = look(3000, one(1, 1500), one(2, 50), one(3, 10, 'other'), one(4, null));
  const cpu = cpuBetween(look(1000, one(1, 500), one(3, 5), one(4, null)), now);
  expect(now.processes.map(cpu)).toEqual([0.5, null, null, null]);
  expect(now.processes.map(cpuBetween(null, now))).toEqual([null, null, null, null]);
  expect(sumOf(now.processes.map(cpu))).toBe(0.5);
  expect(sumOf([null, null])).toBeNull();
  expect(percent(1.234)).toBe('123 %');
});

test('only what listens on this machine has an address here', () => {
  expect(addressOf({ port: 3000, address: '127.0.0.1' })).toBe('http://127.0.0.1:3000/');
  expect(addressOf({ port: 3000, address: '0.0.0.0' })).toBe('http://127.0.0.1:3000/');
  expect(addressOf({ port: 3000, address: '::' })).toBe('http://[::1]:3000/');
  expect(addressOf({ port: 3000, address: '192.168.1.5' })).toBeNull();
});
