import { useEffect, useRef } from 'react';
import { keyCounts } from './answers.logic.ts';

export interface AnswerKeysOptions {
  /** `after-focus`: only once this window has had the focus for a while. */
  mode: 'always' | 'after-focus' | 'never';
  keys: readonly { key: string; run(): void }[];
}

/** One key answers, unless it is typed into a field, is held down, or was begun for another window. */
export function useAnswerKeys({ mode, keys }: AnswerKeysOptions): void {
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(() => {
    if (mode === 'never') return;
    // What has only just come into sight has not been read: a second press of the key for the one before is no answer.
    // It is in sight with the next frame, and a key was pressed when its event says so: a busy page comes to it later.
    let shownAt: number | null = null;
    const frame = requestAnimationFrame(() => {
      shownAt = performance.now();
    });
    let focusedAt = document.hasFocus() ? performance.now() : null;
    const onFocus = () => {
      focusedAt = performance.now();
    };
    const onBlur = () => {
      focusedAt = null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      if (isField(event.target) || document.querySelector('[role="dialog"]')) return;
      const pressedAt = event.timeStamp;
      if (!keyCounts(shownAt, pressedAt) || (mode === 'after-focus' && !keyCounts(focusedAt, pressedAt))) return;
      const found = newest.current.find(({ key }) => key === event.key.toLowerCase());
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      found.run();
    };
    window.addEventListener('focus', onFocus);
    window.addEventListener('blur', onBlur);
    // Before the keys of the window, which has its own use for some of them.
    document.addEventListener('keydown', onKeyDown, true);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('focus', onFocus);
      window.removeEventListener('blur', onBlur);
      document.removeEventListener('keydown', onKeyDown, true);
    };
  }, [mode]);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // Nothing is typed into the options of a question.
  if (target.closest('[data-question]') && target.matches('[type=radio], [type=checkbox]')) return false;
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
}
