import type { ResourceLimit } from '../../../contract/process/limit-names.ts';

/** What people read of the limits on what a task may use. */
export const labels = {
  none: 'No limit',
  names: {
    maxMemory: 'Memory limit',
    maxProcesses: 'Process limit',
    maxCpuMs: 'Processor time limit',
  },
  hints: {
    maxMemory: 'Of all its processes together',
    maxProcesses: 'At the same time',
    maxCpuMs: 'Of a whole run',
  },
  unreadable: {
    maxMemory: 'Write a size such as 4 GB or 512 MB, or none.',
    maxProcesses: 'Write a number from 1 to 100000, or none.',
    maxCpuMs: 'Write a time such as 30 min or 2 h, or none.',
  },
} as const satisfies Record<string, string | Record<ResourceLimit, string>>;
