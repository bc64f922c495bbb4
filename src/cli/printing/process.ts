import type { TaskProcess } from '../../contract/process/state.ts';
import { bytes, duration } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

export function processTable(view: View, processes: readonly TaskProcess[]): string[] {
  if (processes.length === 0) return [];
  return table(
    view,
    [
      { title: 'PID' },
      { title: 'CPU TIME' },
      { title: 'MEMORY' },
      { title: 'PORTS' },
      { title: 'COMMAND', flexible: true },
    ],
    processes.map(({ pid, cpuMs, memory, ports, command }) => [
      { text: String(pid) },
      { text: cpuMs === null ? '' : duration(cpuMs) },
      { text: memory === null ? '' : bytes(memory) },
      { text: ports.map(({ address, port }) => safeLine(`${address}:${port}`)).join(', ') },
      { text: safeLine(command) },
    ]),
  );
}
