import { useNow } from '../../state/hooks.ts';
import { agoWords, isYoung } from './card.logic.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long ago something happened; it is drawn again each second while it is young, and then each minute. */
export function Ago({ at }: { at: number }) {
  const minute = useNow(true, MINUTE);
  const second = useNow(isYoung(at, Date.now()), SECOND);
  return agoWords(at, Math.max(minute, second));
}
