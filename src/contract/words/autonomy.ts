import type { Autonomy } from '../agent/state.ts';

/** How far an agent may go without asking: its name everywhere, and a line on what it means. */
export const AUTONOMY_WORDS: Record<Autonomy, { label: string; words: string }> = {
  plan: { label: 'Plan', words: 'Only reads, and shows a plan before changing anything.' },
  ask: { label: 'Ask', words: 'Asks before every change.' },
  edit: { label: 'Edit', words: 'Edits files in its workspace freely, asks before running commands.' },
  auto: { label: 'Auto', words: 'Works freely in its workspace, asks before anything that leaves it, such as a push.' },
};

/** All autonomies, the most careful first. */
export const AUTONOMIES = Object.keys(AUTONOMY_WORDS) as Autonomy[];

/** Those an agent can continue with after its plan is approved. */
export const AUTONOMIES_AFTER_PLAN = AUTONOMIES.filter((autonomy) => autonomy !== 'plan');
