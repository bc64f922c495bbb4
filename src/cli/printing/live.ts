import type { LiveDelta } from '../../contract/live.ts';
import type { LongText } from '../../contract/run/long-text.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { LogPrinter } from './event.ts';
import { createSafeStream, type SafeStream } from './sanitise.ts';
import type { View } from './view.ts';
import { cut } from './width.ts';

/** Prints a log as it streams: growing text at once, everything else when it is settled. Gives text to write. */
export interface LivePrinter {
  delta(delta: LiveDelta): string;
  event(event: LoggedEvent): string;
  /** Ends what is open, such as a line without its end. */
  end(): string;
}

interface OpenEntry {
  id: string;
  kind: 'text' | 'thinking';
  safe: SafeStream;
}

const CLEAR_LINE = '\r\u001b[K';

/**
 * For terminals only. The entry that is settled brings the whole text: what was streamed of it is not printed again,
 * only what is missing at its end. Text that does not continue what was streamed (some was dropped on the way) is
 * printed once more, whole. The newest tool call without a result stands on the last line until something follows.
 */
export function createLivePrinter(view: () => View, log: LogPrinter): LivePrinter {
  let entry: OpenEntry | null = null;
  /** What has been streamed of the entries that are not settled yet, as it came. */
  const streamed = new Map<string, string>();
  let atLineStart = true;
  let status = false;

  const clearStatus = () => {
    const text = status ? CLEAR_LINE : '';
    status = false;
    return text;
  };

  const show = (safe: string, kind: OpenEntry['kind']): string => {
    if (safe === '') return '';
    const { paint } = view();
    let text = '';
    for (const [i, line] of safe.split('\n').entries()) {
      if (i > 0) {
        text += '\n';
        atLineStart = true;
      }
      if (line === '') continue;
      text += `${atLineStart ? '  ' : ''}${kind === 'thinking' ? paint('dim', line) : line}`;
      atLineStart = false;
    }
    return text;
  };

  const breakLine = () => {
    const text = atLineStart ? '' : '\n';
    atLineStart = true;
    return text;
  };

  const leave = () => {
    const text = entry ? show(entry.safe.end(), entry.kind) : '';
    entry = null;
    return text + breakLine();
  };

  const enter = (id: string, kind: OpenEntry['kind']) => {
    const text = leave();
    entry = { id, kind, safe: createSafeStream() };
    return text;
  };

  const statusLine = () => {
    const open = log.open();
    if (open === null) return '';
    status = true;
    return view().paint('dim', cut(`  … ${open}`, view().columns - 1));
  };

  return {
    delta({ entryId, kind, text }) {
      if (kind === 'tool-output') return '';
      let out = clearStatus();
      if (entry?.id !== entryId) out += enter(entryId, kind);
      streamed.set(entryId, (streamed.get(entryId) ?? '') + text);
      return out + show(entry?.safe.push(text) ?? '', kind);
    },
    event(logged) {
      const { event } = logged;
      let out = clearStatus();
      if (event.type === 'entry.text' || event.type === 'entry.thinking') {
        const missing = missingPart(event, streamed.get(event.entryId));
        streamed.delete(event.entryId);
        if (missing !== null) {
          const kind = event.type === 'entry.text' ? 'text' : 'thinking';
          if (missing !== '' && entry?.id !== event.entryId) out += enter(event.entryId, kind);
          out += show(entry?.safe.push(missing) ?? '', kind);
          return out + leave() + statusLine();
        }
        out += leave();
      }
      if (event.type === 'turn.settled') streamed.clear();
      const lines = log.lines(logged);
      if (lines.length > 0) out += leave();
      return `${out}${lines.map((line) => `${line}\n`).join('')}${entry === null ? statusLine() : ''}`;
    },
    end() {
      return clearStatus() + leave();
    },
  };
}

/** What of a settled text has not been streamed; null when it has to be printed whole. */
function missingPart({ content }: { content: LongText }, shown: string | undefined): string | null {
  if (shown === undefined) return null;
  // Of a long text the event has only the beginning, and more than that may have been streamed.
  if (content.blob !== null && shown.startsWith(content.text)) return '';
  return content.text.startsWith(shown) ? content.text.slice(shown.length).replace(/\s+$/, '') : null;
}
