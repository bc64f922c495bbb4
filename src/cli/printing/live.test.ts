import { describe, expect, it } from 'vitest';
import type { TaskEvent } from '../../contract/task/events.ts';
import { createLogPrinter } from './event.ts';
import { createLivePrinter } from './live.ts';
import { noPaint } from './paint.ts';

const RUN = 'a00000001.1';

function createPrinter() {
  const view = () => ({ paint: noPaint, columns: 40, now: 0 });
  const printer = createLivePrinter(view, createLogPrinter(view));
  let text = '';
  let seq = 0;
  return {
    delta(entryId: string, piece: string, kind: 'text' | 'thinking' | 'tool-output' = 'text') {
      text += printer.delta({ taskId: 'a00000001', entryId, kind, text: piece });
    },
    event(event: TaskEvent) {
      seq += 1;
      text += printer.event({ seq, at: 0, taskId: 'a00000001', event });
    },
    text(entryId: string, content: string, blob: string | null = null) {
      const body = { text: content, bytes: content.length, blob };
      this.event({ type: 'entry.text', runId: RUN, entryId, content: body, parent: null });
    },
    note(words: string) {
      this.event({ type: 'notice.recorded', runId: RUN, level: 'info', code: 'x', words });
    },
    printed(): string {
      const all = text + printer.end();
      text = '';
      return all;
    },
  };
}

describe('the live log', () => {
  it('prints text as it comes and does not repeat it when it is settled', () => {
    const log = createPrinter();
    log.delta('e1', 'Hello ');
    log.delta('e1', 'world\nand');
    log.delta('e1', ' all');
    log.text('e1', 'Hello world\nand all\n');
    log.note('next');
    expect(log.printed()).toBe('  Hello world\n  and all\nnext\n');
  });

  it('prints what was missing at the end', () => {
    const log = createPrinter();
    log.delta('e1', 'Hello ');
    log.text('e1', 'Hello world\nand all');
    expect(log.printed()).toBe('  Hello world\n  and all\n');
  });

  it('prints a text whole that was not streamed, or streamed with gaps', () => {
    const log = createPrinter();
    log.text('e0', 'All at once');
    log.delta('e1', 'world');
    log.text('e1', 'Hello world');
    expect(log.printed()).toBe('  All at once\n  world\n  Hello world\n');
  });

  it('keeps apart what streams at the same time, and repeats none of it', () => {
    const log = createPrinter();
    log.delta('e1', 'one ');
    log.delta('e2', 'TWO ');
    log.delta('e1', 'more');
    log.text('e1', 'one more.');
    log.text('e2', 'TWO too');
    expect(log.printed()).toBe('  one \n  TWO \n  more.\n  too\n');
  });

  it('goes on with an entry that an event broke into', () => {
    const log = createPrinter();
    log.delta('e1', 'one ');
    log.note('meanwhile');
    log.delta('e1', 'two');
    log.text('e1', 'one two');
    expect(log.printed()).toBe('  one \nmeanwhile\n  two\n');
  });

  it('does not repeat a long text of which the event has only the beginning', () => {
    const log = createPrinter();
    log.delta('e1', 'beginning and rest');
    log.text('e1', 'beginning', 'blob-1');
    expect(log.printed()).toBe('  beginning and rest\n');
  });

  it('makes what streams safe, also where it is cut', () => {
    const log = createPrinter();
    log.delta('e1', 'a\u001b');
    log.delta('e1', ']0;owned\u0007b\r');
    log.text('e1', 'a\u001b]0;owned\u0007b\rc');
    expect(log.printed()).toBe('  ab\n  c\n');
  });

  it('shows the newest open tool call on the last line and clears it', () => {
    const log = createPrinter();
    const input = { text: '{"command":"npm test"}', bytes: 1, blob: null };
    log.event({ type: 'tool.called', runId: RUN, callId: '1', name: 'Bash', input, parent: null });
    log.delta('1', 'ignored', 'tool-output');
    const output = { text: '', bytes: 0, blob: null };
    log.event({ type: 'tool.settled', runId: RUN, callId: '1', ok: true, output, durationMs: 5 });
    expect(log.printed()).toBe('  … Bash  npm test\r\u001b[K  ✓ Bash  npm test  5 ms\n');
  });

  it('ends an open line', () => {
    const log = createPrinter();
    log.delta('e1', 'half a');
    expect(log.printed()).toBe('  half a\n');
  });
});
