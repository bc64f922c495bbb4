import type { LoggedEvent } from '../../../contract/task/events.ts';

/** What an agent said last. */
export interface LastWords {
  readonly text: string;
  readonly at: number;
}

/** The newest thing that the agent itself has said; null where it has said nothing in these events. */
export function lastWords(events: readonly LoggedEvent[]): LastWords | null {
  const said = events.findLast(
    ({ event }) => event.type === 'entry.text' && event.parent === null && event.content.text.trim() !== '',
  );
  return said?.event.type === 'entry.text' ? { text: said.event.content.text.trim(), at: said.at } : null;
}
