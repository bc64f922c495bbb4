import type { QueuedMessage } from '../../contract/run/state.ts';
import { plural } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { cut } from './width.ts';

const ID_SHOWN = 8;
const TEXT_SHOWN = 60;

/** Queued messages, a line each: the beginning of the id, by which commands find it, and of the text. */
export function messageLines(messages: readonly QueuedMessage[]): string[] {
  return messages.map(({ id, text, attachments = [] }) => {
    const files = attachments.length > 0 ? `  (${plural(attachments.length, 'file')})` : '';
    return `${safeLine(id.slice(0, ID_SHOWN))}  ${cut(safeLine(text), TEXT_SHOWN)}${files}`;
  });
}
