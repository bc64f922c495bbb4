import { RESOURCE_LIMITS, type ResourceLimit } from '../process/limit-names.ts';
import type { ResourceLimits } from '../process/limits.ts';
import { bytes, duration, plural } from './measure.ts';
import { writeSize } from './size.ts';

/** What was used of it, and how much may be. */
export interface Exceeded {
  limit: ResourceLimit;
  used: number;
  most: number;
}

/** Why a run was ended, in a sentence: `It used 4.2 GB of memory; its limit is 4 GB.` */
export function exceededWords({ limit, used, most }: Exceeded): string {
  switch (limit) {
    case 'maxMemory':
      return `It used ${bytes(used)} of memory; its limit is ${writeSize(most)}.`;
    case 'maxProcesses':
      return `It had ${plural(used, 'process', 'processes')}; its limit is ${most}.`;
    case 'maxCpuMs':
      return `It used ${duration(used)} of processor time; its limit is ${duration(most)}.`;
  }
}

/** Those that are set, in a line: `4 GB of memory, 50 processes, 2 h of processor time`; empty where none is. */
export function limitsWords(limits: ResourceLimits): string {
  return RESOURCE_LIMITS.flatMap((name) => {
    const most = limits[name];
    return most == null ? [] : [ONE[name](most)];
  }).join(', ');
}

const ONE: Record<ResourceLimit, (most: number) => string> = {
  maxMemory: (most) => `${writeSize(most)} of memory`,
  maxProcesses: (most) => plural(most, 'process', 'processes'),
  maxCpuMs: (most) => `${duration(most)} of processor time`,
};
