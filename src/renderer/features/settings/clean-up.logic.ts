import type { Leftover, LeftoverSize } from '../../../contract/clean-up/state.ts';
import { leftoverWords } from '../../../contract/words/clean-up.ts';
import { age, bytes } from '../../../contract/words/measure.ts';
import { labels } from './labels.ts';

/** Names one leftover among all of them. */
export const keyOf = ({ kind, id }: Pick<Leftover, 'kind' | 'id'>) => `${kind} ${id}`;

/** A leftover with its size as far as it is known. */
export type MeasuredLeftover = Leftover & { readonly complete: boolean };

/** The leftovers with what was measured since, by the id of the workspace. */
export function withSizes(
  leftovers: readonly Leftover[],
  sizes: ReadonlyMap<string, LeftoverSize>,
): MeasuredLeftover[] {
  return leftovers.map((one) => {
    const size = one.kind === 'workspace' ? sizes.get(one.id) : undefined;
    if (size === undefined) return { ...one, complete: true };
    return { ...one, bytes: size.bytes, complete: size.complete, stays: one.stays ?? size.stays };
  });
}

/** What goes unless the person says otherwise: workspaces. Outputs and screens are nowhere else. */
export function selectedAtFirst(leftovers: readonly Leftover[]): ReadonlySet<string> {
  return new Set(leftovers.filter(({ kind, stays }) => kind === 'workspace' && stays === null).map(keyOf));
}

export function sumOf(leftovers: readonly Pick<Leftover, 'bytes'>[]): number {
  return leftovers.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
}

/** How much room the tasks of each project take, the most first. */
export function useOfProjects(
  leftovers: readonly Leftover[],
  nameOf: (projectId: string) => string,
): { name: string; bytes: number }[] {
  const uses = new Map<string, number>();
  for (const { projectId, bytes: size } of leftovers) uses.set(projectId, (uses.get(projectId) ?? 0) + (size ?? 0));
  return [...uses]
    .map(([projectId, size]) => ({ name: nameOf(projectId), bytes: size }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** What a leftover is, below the title of its task. */
export function aboutLeftover({ kind, name, terminals, lastChange }: Leftover, now: number): string {
  return [
    leftoverWords(kind, name),
    ...(terminals > 0 ? [labels.withTerminals(terminals)] : []),
    ...(lastChange !== null && now - lastChange > 60_000 ? [labels.unchanged(age(lastChange, now))] : []),
  ].join(' · ');
}

/** How much room it takes, in words. */
export function sizeOfLeftover({ bytes: size, complete }: MeasuredLeftover): string {
  if (size === null) return labels.notMeasured;
  return complete ? bytes(size) : labels.atLeast(bytes(size));
}
