import { useEffect, useRef, useState } from 'react';
import { wordsOf } from '../../../state/act.ts';
import { createAsker } from './ask-again.ts';

/** The answer to a question, asked again whenever `now` is another. A new `key` is a new question. */
export function useAnswer<T>(
  key: string,
  now: string,
  ask: () => Promise<T>,
): { answer: T | null; problem: string | null } {
  const [state, setState] = useState<{ key: string; answer: T | null; problem: string | null } | null>(null);
  const asking = useRef(ask);
  asking.current = ask;
  const asker = useRef<ReturnType<typeof createAsker> | null>(null);
  useEffect(() => {
    let over = false;
    asker.current = createAsker(() =>
      asking.current().then(
        (answer) => {
          if (!over) setState({ key, answer, problem: null });
        },
        (error: unknown) => {
          if (!over) setState({ key, answer: null, problem: wordsOf(error) });
        },
      ),
    );
    return () => {
      over = true;
      asker.current?.close();
    };
  }, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something may have changed.
  useEffect(() => asker.current?.ask(), [key, now]);
  return state?.key === key ? state : { answer: null, problem: null };
}
