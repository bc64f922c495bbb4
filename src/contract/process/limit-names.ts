import type { ResourceLimits } from './limits.ts';

/** The limits on what a run may use. Apart from the schemas, because the command begins without them. */
export const RESOURCE_LIMITS = ['maxMemory', 'maxProcesses', 'maxCpuMs'] as const satisfies (keyof ResourceLimits)[];
export type ResourceLimit = (typeof RESOURCE_LIMITS)[number];
