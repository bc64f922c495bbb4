import { useEffect, useRef } from 'react';

/** Keeps the focus on a message that its own buttons or keys have moved. */
export function useMovedFocus(messages: readonly { id: string }[]) {
  const list = useRef<HTMLUListElement>(null);
  const moved = useRef<{ id: string; by: -1 | 1 } | null>(null);
  const order = messages.map(({ id }) => id).join(' ');
  useEffect(() => {
    const { current } = moved;
    moved.current = null;
    if (current === null) return;
    const item = list.current?.children[order.split(' ').indexOf(current.id)];
    const button =
      item?.querySelector<HTMLElement>(`[data-move="${current.by}"]:not(:disabled)`) ??
      item?.querySelector<HTMLElement>('[data-move]:not(:disabled)');
    button?.focus();
  }, [order]);
  return {
    list,
    focusAfter(id: string, by: -1 | 1): void {
      moved.current = { id, by };
    },
  };
}
