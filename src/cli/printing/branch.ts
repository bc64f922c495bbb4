import type { Branch } from '../../contract/project/state.ts';
import { age } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

/** Branches and tags as a table, in the order given. */
export function branchTable(view: View, branches: readonly Branch[]): string[] {
  return table(
    view,
    [{ title: 'NAME', flexible: true }, { title: 'KIND' }, { title: 'AGE', align: 'right' }],
    branches.map(({ name, kind, current, committedAt }) => [
      current ? { text: `${safeLine(name)} (checked out)`, style: 'green' } : { text: safeLine(name) },
      { text: kind },
      { text: age(committedAt, view.now) },
    ]),
  );
}
