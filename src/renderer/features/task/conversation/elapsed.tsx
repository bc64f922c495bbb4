import { span } from '../../../../contract/words/measure.ts';
import { useNow } from '../../../state/hooks.ts';

/** How long ago something began, counting; nothing in its first second. */
export function Elapsed({ since }: { since: number }) {
  const took = useNow(true) - since;
  return took < 1000 ? null : <span>{span(took)}</span>;
}
