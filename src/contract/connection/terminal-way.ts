import { ACK_BYTES, type TerminalReply, type TerminalRequest } from '../terminal/line.ts';

/** What carries the messages of one terminal: text and bytes, in order. What is sent before it is open waits. */
export interface TerminalWay {
  send(message: string | Uint8Array): void;
  close(): void;
  /** Called once; nothing is handed over before. */
  listen(listener: { message(data: string | Uint8Array): void; closed(): void }): void;
}

type ScreenReply = Extract<TerminalReply, { type: 'screen' }>;

/** A screen that shows a terminal. What comes next waits for what is returned. */
export interface TerminalView {
  /** Replaces everything: at the beginning, and whenever the host sends the screen again. */
  screen(screen: ScreenReply): void | Promise<void>;
  output(bytes: Uint8Array): void | Promise<void>;
  resized(size: { cols: number; rows: number }): void;
  exited(exit: { code: number | null; signal: string | null }): void;
  /** It cannot be shown: a sentence. */
  refused(message: string): void;
  /** Drover has ended or closed the terminal, or the connection was lost. Not called after `close`. */
  closed(): void;
}

/** A terminal of the host, shown by a client. */
export interface AttachedTerminal {
  /** What a person types or pastes. */
  input(data: string | Uint8Array): void;
  resize(size: { cols: number; rows: number }): void;
  /** A person has turned to it: the terminal takes its size. */
  focus(): void;
  /** Asks for the screen again, with so many lines of scrollback. */
  scrollback(lines: number): void;
  close(): void;
}

declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/**
 * Attaches to a terminal: its screen comes first, then its output, in order and without a gap or a repeat, as fast as the
 * view takes it. The host hears how far the view has come, so a slow view costs it nothing.
 */
export function attachTerminal(
  way: TerminalWay,
  options: { terminalId: string; size?: { cols: number; rows: number }; scrollback?: number },
  view: TerminalView,
): AttachedTerminal {
  const encoder = new TextEncoder();
  const request = (message: TerminalRequest) => way.send(JSON.stringify(message));
  const waiting: (string | Uint8Array)[] = [];
  let at = 0;
  let acked = 0;
  let isTaking = false;
  let isOver = false;

  async function take(data: string | Uint8Array): Promise<void> {
    if (typeof data !== 'string') {
      await view.output(data);
      at += data.length;
      return;
    }
    const reply = JSON.parse(data) as TerminalReply;
    if (reply.type === 'screen') {
      await view.screen(reply);
      at = reply.at;
      acked = at;
    } else if (reply.type === 'resized') view.resized({ cols: reply.cols, rows: reply.rows });
    else if (reply.type === 'exited') view.exited({ code: reply.code, signal: reply.signal });
    else {
      isOver = true;
      view.refused(reply.message);
    }
  }

  async function takeAll(): Promise<void> {
    if (isTaking) return;
    isTaking = true;
    for (let next = waiting.shift(); next !== undefined && !isOver; next = waiting.shift()) {
      await take(next);
      if (at - acked >= ACK_BYTES || (waiting.length === 0 && at > acked)) {
        acked = at;
        request({ type: 'ack', at });
      }
    }
    isTaking = false;
  }

  way.listen({
    message(data) {
      waiting.push(data);
      void takeAll();
    },
    closed() {
      if (isOver) return;
      isOver = true;
      view.closed();
    },
  });
  request({ type: 'attach', ...options });

  return {
    input: (data) => way.send(typeof data === 'string' ? encoder.encode(data) : data),
    resize: (size) => request({ type: 'resize', ...size }),
    focus: () => request({ type: 'focus' }),
    scrollback: (lines) => request({ type: 'scrollback', lines }),
    close() {
      isOver = true;
      way.close();
    },
  };
}
