import type { LongText } from '../../../../contract/run/long-text.ts';
import type { LoggedEvent, TaskEvent } from '../../../../contract/task/events.ts';
import { describeEvent } from '../../../../contract/words/event.ts';
import { isSpoken } from './spoken.logic.ts';

/** What a conversation shows of an event: words that are here, and texts of which the rest may be stored elsewhere. */
interface Shown {
  words: string;
  texts: readonly LongText[];
}

function shownOf(event: TaskEvent, textOf: TextOf): Shown | null {
  switch (event.type) {
    case 'item.changed':
      return { words: `${textOf(event.itemId)} ${event.reason ?? ''}`, texts: [] };
    case 'item.noted':
      return { words: `${textOf(event.itemId)} ${event.note.text}`, texts: [] };
    case 'turn.requested':
      return { words: '', texts: [event.prompt] };
    case 'entry.text':
    case 'entry.thinking':
    case 'entry.typed':
      return { words: '', texts: [event.content] };
    case 'tool.called':
      return { words: event.name, texts: [event.input] };
    case 'tool.settled':
      return { words: '', texts: [event.output] };
    case 'check.settled':
      return { words: event.command.join(' '), texts: [event.output] };
    case 'turn.settled':
      return event.error ? { words: event.error.words, texts: [] } : null;
    default:
      return isSpoken(event) ? { words: describeEvent(event).words, texts: [] } : null;
  }
}

/** Looks through a log from its end backwards, page by page. */
export interface Search {
  /**
   * The events of a page in which the words occur, newest first, as the sequence numbers of the rows that show them: a
   * result is shown with its call. `whole` gives what is stored of a long text, in parts.
   */
  take(page: readonly LoggedEvent[], whole: Whole): Promise<number[]>;
}
/** The text of an item, by its id; empty where it is not known. */
type TextOf = (itemId: string) => string;
export type Whole = (taskId: string, text: LongText) => AsyncIterable<string>;

/** `query` is found wherever it occurs; case does not matter. */
export function createSearch(query: string, textOf: TextOf = () => ''): Search {
  const wanted = query.toLowerCase();
  /** Calls whose result has the words, and which come in an older page or earlier in this one. */
  const calls = new Set<string>();
  /** Reports to the checklist are shown only where they were refused. */
  const refused = new Set<string>();

  async function fits(taskId: string, event: TaskEvent, whole: Whole): Promise<boolean> {
    const shown = shownOf(event, textOf);
    if (shown === null) return false;
    if (shown.words.toLowerCase().includes(wanted)) return true;
    for (const text of shown.texts) {
      if (text.text.toLowerCase().includes(wanted)) return true;
      if (text.blob !== null && (await occursIn(whole(taskId, text), wanted))) return true;
    }
    return false;
  }

  return {
    async take(page, whole) {
      const found: number[] = [];
      for (let at = page.length - 1; at >= 0; at -= 1) {
        const logged = page[at];
        if (!logged) continue;
        const { seq, taskId, event } = logged;
        const here = await fits(taskId, event, whole);
        if (event.type === 'tool.settled') {
          if (here) calls.add(event.callId);
          if (!event.ok) refused.add(event.callId);
        } else if (event.type === 'tool.called' && event.call?.kind === 'checklist' && !refused.has(event.callId)) {
          // Said by what it changed.
        } else if (here || (event.type === 'tool.called' && calls.has(event.callId))) {
          found.push(seq);
        }
        if (event.type === 'tool.called') calls.delete(event.callId);
      }
      return found;
    },
  };
}

async function occursIn(parts: AsyncIterable<string>, wanted: string): Promise<boolean> {
  let end = '';
  for await (const part of parts) {
    const text = (end + part).toLowerCase();
    if (text.includes(wanted)) return true;
    end = text.slice(text.length - wanted.length + 1);
  }
  return false;
}
