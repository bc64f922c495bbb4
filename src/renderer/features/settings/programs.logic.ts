import type { FoundOpener } from '../../../contract/system/state.ts';
import { labels } from './labels.ts';

export const AUTOMATIC = 'automatic';
export const CUSTOM = 'custom';

/** The choices of the menu: what is found by itself, what was found here, and any other command. */
export function programOptions(programs: readonly FoundOpener[]): { value: string; label: string }[] {
  return [
    { value: AUTOMATIC, label: labels.automatic },
    ...programs.map(({ name, argv }) => ({ value: JSON.stringify(argv), label: name })),
    { value: CUSTOM, label: labels.custom },
  ];
}

/** What stands in the menu for a stored command; `CUSTOM` for one that is none of those offered. */
export function chosenProgram(programs: readonly FoundOpener[], argv: readonly string[] | null): string {
  if (argv === null) return AUTOMATIC;
  const text = JSON.stringify(argv);
  return programs.some((one) => JSON.stringify(one.argv) === text) ? text : CUSTOM;
}
