import type { Tone } from '../../../contract/words/event.ts';

/** The colour of what is said; plain words have none of their own. */
export const TONE_COLORS: Record<Tone, string | undefined> = {
  plain: undefined,
  good: 'var(--drover-teal)',
  warning: 'var(--drover-orange)',
  problem: 'var(--drover-red)',
};
