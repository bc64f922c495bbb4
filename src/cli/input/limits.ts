import { RESOURCE_LIMITS, type ResourceLimit } from '../../contract/process/limit-names.ts';
import type { ResourceLimits } from '../../contract/process/limits.ts';
import type { Limits } from '../../contract/task/state.ts';
import { readSize } from '../../contract/words/size.ts';
import { badInput } from '../failure.ts';
import { readDuration, readWhole } from './numbers.ts';

/** The options that set what the processes of a run may use, see `addResourceOptions`. */
export interface ResourceOptions {
  memory?: string;
  processes?: string;
  cpuTime?: string;
}

/** The options that set the limits of a task, see `addLimitOptions`. */
export interface LimitOptions extends ResourceOptions {
  retries?: string;
  firstResponseTimeout?: string;
  turnTimeout?: string;
  inactivityTimeout?: string;
}

/** The limits that were named. Throws `Failure` for what is no number, size or time. */
export function readLimits(options: LimitOptions): Partial<Limits> {
  const { retries, firstResponseTimeout, turnTimeout, inactivityTimeout } = options;
  return {
    ...(retries === undefined ? {} : { maxRetries: readWhole(retries, '--retries', 0, 50) }),
    ...(firstResponseTimeout === undefined
      ? {}
      : { firstResponseMs: readDuration(firstResponseTimeout, '--first-response-timeout') }),
    ...(turnTimeout === undefined ? {} : { turnMs: readDuration(turnTimeout, '--turn-timeout') }),
    ...(inactivityTimeout === undefined
      ? {}
      : { inactivityMs: readDuration(inactivityTimeout, '--inactivity-timeout') }),
    ...readResourceLimits(options),
  };
}

/** Those that were named; `none` is null. Throws `Failure` for what is no number, size or time. */
export function readResourceLimits(options: ResourceOptions): ResourceLimits {
  return Object.fromEntries(
    namedIn(options).map(([name, text]) => [name, text === 'none' ? null : READERS[name].read(text)]),
  );
}

/** What a project says of its limits after those that were named; an empty one is left to the settings. */
export function changedLimits(before: ResourceLimits | undefined, options: ResourceOptions): ResourceLimits {
  const emptied = new Set<string>(namedIn(options).flatMap(([name, text]) => (text === '' ? [name] : [])));
  const given = Object.fromEntries(Object.entries(options).filter(([, text]) => text !== ''));
  const kept = Object.entries(before ?? {}).filter(([name]) => !emptied.has(name));
  return { ...Object.fromEntries(kept), ...readResourceLimits(given) };
}

const READERS: Record<ResourceLimit, { option: keyof ResourceOptions; read(text: string): number }> = {
  maxMemory: { option: 'memory', read: readMemory },
  maxProcesses: { option: 'processes', read: (text) => readWhole(text, '--processes', 1, 100_000) },
  maxCpuMs: { option: 'cpuTime', read: (text) => readDuration(text, '--cpu-time') },
};

function namedIn(options: ResourceOptions): (readonly [ResourceLimit, string])[] {
  return RESOURCE_LIMITS.flatMap((name) => {
    const text = options[READERS[name].option];
    return text === undefined ? [] : [[name, text] as const];
  });
}

function readMemory(text: string): number {
  const bytes = readSize(text);
  if (bytes === null) throw badInput(`--memory must be a size such as 4GB or 512MB, or none, not “${text}”.`);
  return bytes;
}
