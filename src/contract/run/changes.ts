import type { ChangeMembers } from './tool-call.ts';

export interface Change {
  /** Null where the input does not say what was there. */
  before: string | null;
  after: string;
}

/** The changes in an input, at most `most` of them; null when one cannot be read. */
export function changesIn(
  input: Record<string, unknown>,
  { list, before, after }: ChangeMembers,
  most: number,
): Change[] | null {
  const listed = list === undefined ? undefined : input[list];
  const all: unknown[] = Array.isArray(listed) ? listed.slice(0, most) : [input];
  const changes = all.map((one) => readChange(one, before, after));
  return changes.length > 0 && changes.every((one) => one !== null) ? changes : null;
}

function readChange(value: unknown, before: string | undefined, after: string): Change | null {
  if (typeof value !== 'object' || value === null) return null;
  const members = value as Record<string, unknown>;
  const next = members[after];
  if (typeof next !== 'string') return null;
  if (before === undefined) return { before: null, after: next };
  const old = members[before];
  return typeof old === 'string' ? { before: old, after: next } : null;
}
