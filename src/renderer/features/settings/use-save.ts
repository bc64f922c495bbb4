import { useEffect, useRef, useState } from 'react';
import { wordsOf } from '../../state/act.ts';

const SHOWN_MS = 2500;

export type SaveState =
  | { readonly kind: 'quiet' | 'saving' | 'saved' }
  | { readonly kind: 'refused'; readonly words: string };

export interface Save<T> {
  readonly state: SaveState;
  /** What is being written or was written just now: it is shown before the settings have come back with it. */
  readonly pending: T | undefined;
  /** Returns whether it was accepted. */
  save(value: T): Promise<boolean>;
  /** Says why a value is not even sent. */
  refuse(words: string): void;
  quiet(): void;
}

/** Writes at once and says how it went, beside the field. */
export function useSave<T>(write: (value: T) => Promise<unknown>): Save<T> {
  const [state, setState] = useState<SaveState>({ kind: 'quiet' });
  const [pending, setPending] = useState<T | undefined>(undefined);
  const turn = useRef(0);
  useEffect(() => {
    if (state.kind !== 'saved') return;
    const timer = setTimeout(() => {
      setState({ kind: 'quiet' });
      setPending(undefined);
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return {
    state,
    pending,
    async save(value) {
      turn.current += 1;
      const mine = turn.current;
      setState({ kind: 'saving' });
      setPending(value);
      try {
        await write(value);
        if (turn.current === mine) setState({ kind: 'saved' });
        return true;
      } catch (error) {
        if (turn.current === mine) {
          setState({ kind: 'refused', words: wordsOf(error) });
          setPending(undefined);
        }
        return false;
      }
    },
    refuse(words) {
      turn.current += 1;
      setState({ kind: 'refused', words });
    },
    quiet: () => setState((now) => (now.kind === 'refused' ? { kind: 'quiet' } : now)),
  };
}
