import { useEffect, useRef } from 'react';
import { go } from '../../app/window-state.ts';
import { type NeedRow, stepFrom } from './needs.logic.ts';

interface MoveKeysOptions {
  rows: readonly NeedRow[];
  shown: string | null;
  onOpen(): void;
}

const TYPING = 'textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable=true]';
const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1 };

/** J and K go through what needs a person, Enter opens the task of it. Returns what moves by a number of steps. */
export function useMoveKeys({ rows, shown, onOpen }: MoveKeysOptions): (steps: number) => NeedRow | null {
  function move(steps: number): NeedRow | null {
    const next = stepFrom(rows, shown, steps);
    if (next) go({ place: 'needs-you', needId: next.id });
    return next;
  }
  const newest = useRef({ move, onOpen });
  newest.current = { move, onOpen };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
      const target = event.target instanceof HTMLElement ? event.target : document.body;
      if (target.closest(TYPING) || document.querySelector('[role=dialog], [role=menu]')) return;
      const steps = STEPS[event.key];
      if (steps !== undefined) newest.current.move(steps);
      // Elsewhere it presses what has the focus.
      else if (event.key === 'Enter' && (target === document.body || target.closest('[data-need]'))) {
        newest.current.onOpen();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, []);
  return move;
}
