import type { CleanedUp, Leftover } from '../../contract/clean-up/state.ts';
import { LEFTOVER_WORDS, staysWords } from '../../contract/words/clean-up.ts';
import { age, bytes, plural } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

/** What would be removed, what stays and why, and how much room all of it takes in each project. */
export function leftoverLines(
  view: View,
  leftovers: readonly Leftover[],
  projects: ReadonlyMap<string, string>,
): string[] {
  const going = leftovers.filter(({ stays }) => stays === null);
  const staying = leftovers.filter(({ stays }) => stays !== null);
  return [
    ...part(view, 'Can be removed', going, ({ title }) => title ?? 'a deleted task'),
    ...part(view, 'Stays', staying, ({ stays }) => (stays === null ? '' : staysWords(stays))),
    ...totals(leftovers, projects),
  ];
}

function part(view: View, title: string, all: readonly Leftover[], about: (one: Leftover) => string): string[] {
  if (all.length === 0) return [];
  const lines = table(
    view,
    [
      { title: 'ID' },
      { title: 'WHAT' },
      { title: 'SIZE', align: 'right' },
      { title: 'CHANGED', align: 'right' },
      { title: title === 'Stays' ? 'WHY' : 'TASK', flexible: true },
    ],
    all.map((one) => [
      { text: one.id },
      { text: LEFTOVER_WORDS[one.kind].toLowerCase() },
      { text: one.bytes === null ? '' : bytes(one.bytes) },
      { text: one.lastChange === null ? '' : age(one.lastChange, view.now) },
      { text: safeLine(about(one)) },
    ]),
  );
  return [view.paint('bold', `${title}: ${all.length}, ${bytes(sum(all))}`), ...lines, ''];
}

function totals(all: readonly Leftover[], projects: ReadonlyMap<string, string>): string[] {
  return [...new Set(all.map(({ projectId }) => projectId))].map((projectId) => {
    const own = all.filter((one) => one.projectId === projectId);
    return `${safeLine(projects.get(projectId) ?? projectId)}: ${bytes(sum(own))}`;
  });
}

const sum = (all: readonly { bytes: number | null }[]) => all.reduce((total, one) => total + (one.bytes ?? 0), 0);

/** What became of each, and how much room that gave. */
export function cleanedUpLines(done: readonly CleanedUp[]): string[] {
  const removed = done.flatMap((one) => (one.removed ? [one] : []));
  return [
    ...done.map((one) =>
      one.removed
        ? `${one.id}  ${LEFTOVER_WORDS[one.kind].toLowerCase()} removed${one.bytes === null ? '' : `, ${bytes(one.bytes)}`}`
        : `${one.id}  ${LEFTOVER_WORDS[one.kind].toLowerCase()} kept. ${safeLine(one.words)}`,
    ),
    ...(removed.length > 1 ? [`${plural(removed.length, 'leftover')} removed, ${bytes(sum(removed))}`] : []),
  ];
}
