import type { ResourceLimit } from '../../../contract/process/limit-names.ts';
import { readSize, writeSize } from '../../../contract/words/size.ts';
import { readTime, writeTime } from '../../ui/time.logic.ts';

/** A limit as a person types it; null where nothing or `none` is typed, undefined where it cannot be read. */
export function readLimit(name: ResourceLimit, text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '' || isNone(typed)) return null;
  const value = READERS[name](typed);
  return value === null || value <= 0 ? undefined : value;
}

/** Whether a person has typed that there is no limit, other than leaving it to somebody else. */
export function isNone(text: string): boolean {
  return ['none', 'no limit', 'unlimited'].includes(text.trim().toLowerCase());
}

/** The same to be typed again; empty where there is none. */
export function writeLimit(name: ResourceLimit, value: number | null | undefined): string {
  return value == null ? '' : WRITERS[name](value);
}

const READERS: Record<ResourceLimit, (text: string) => number | null> = {
  maxMemory: readSize,
  maxProcesses: (text) => (/^\d{1,6}$/.test(text) ? Number(text) : null),
  maxCpuMs: readTime,
};

const WRITERS: Record<ResourceLimit, (value: number) => string> = {
  maxMemory: writeSize,
  maxProcesses: String,
  maxCpuMs: writeTime,
};
