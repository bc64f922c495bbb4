import type { Tone } from '../../../contract/words/event.ts';
import type { StateTone } from '../../../contract/words/state.ts';

/** The colour of what is said; plain words have none of their own. */
export const TONE_COLORS: Record<Tone, string | undefined> = {
  plain: undefined,
  good: 'var(--drover-done)',
  warning: 'var(--drover-needs)',
  problem: 'var(--drover-danger)',
};

/** The colour of a state, by its role. */
export const STATE_COLORS: Record<StateTone, string> = {
  gray: 'var(--mantine-color-gray-light-color)',
  blue: 'var(--drover-running)',
  orange: 'var(--drover-needs)',
  teal: 'var(--drover-done)',
  red: 'var(--drover-danger)',
};
