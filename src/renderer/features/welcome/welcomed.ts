import { readStored, writeStored } from '../../ui/stored.ts';
import { createValue } from '../../ui/value.ts';

const KEY = 'welcomed';

/** Whether the first steps are behind this person; then they come only when asked for. */
export const welcomed = createValue(readStored(KEY) === 'yes');

export function endWelcome(): void {
  writeStored(KEY, 'yes');
  welcomed.set(true);
}
