import type { LoggedPause, PauseEvent } from '../pause/state.ts';
import { SURFACE_WORDS } from './decided.ts';

const WORDS = { 'drover.paused': 'Paused', 'drover.resumed': 'Resumed' } satisfies Record<PauseEvent['type'], string>;

/** Who paused or resumed everything, and where: `Paused by you in the tray`. */
export function describePause({ by, event }: Pick<LoggedPause, 'by' | 'event'>): string {
  const where = event.from === null ? '' : ` ${SURFACE_WORDS[event.from]}`;
  return `${WORDS[event.type]} ${by === 'user' ? 'by you' : 'by Drover'}${where}`;
}
