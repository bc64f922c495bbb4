import type { Autonomy } from '../../../contract/agent/state.ts';

/** How far an agent may go without asking, a line each. */
export const AUTONOMY_WORDS: Record<Autonomy, { label: string; words: string }> = {
  plan: { label: 'Plan', words: 'Reads only, and shows a plan before anything is changed.' },
  ask: { label: 'Ask', words: 'Asks before every change.' },
  edit: { label: 'Edit', words: 'Edits files in its workspace freely, asks before commands.' },
  auto: { label: 'Auto', words: 'Works freely inside its workspace, asks for what leaves it, such as a push.' },
};
