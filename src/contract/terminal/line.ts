/**
 * The way of the bytes of one terminal between a client and the host, beside the list of calls: a message port in the
 * desktop app, the WebSocket `/terminal` elsewhere. Text messages are JSON as below. Binary messages are bytes: what was
 * typed from the client to the host, output the other way.
 *
 * The client sends `attach` first. The host answers with `screen`, from which everything in it and `at` are known, and
 * then with output from exactly there; `screen` may come again at any time and replaces everything before: with the
 * scrollback, once that has been read, because the client was too slow, or because the size is another and the client
 * lacks lines that it would take. Questions that programs ask of a terminal are answered by the host alone
 * and taken out of the output, so that there is one answer however many clients there are.
 */
export type TerminalRequest =
  | {
      type: 'attach';
      terminalId: string;
      /** The size of the client's view, which the terminal may take: see `focus`. Left out: it keeps its size. */
      size?: { cols: number; rows: number } | undefined;
      /** So many lines of scrollback, after the screen; left out: as many as fit in `SCREEN_BYTES`. */
      scrollback?: number | undefined;
    }
  /** How far the client has come: the position after the last byte that it has put on its screen. */
  | { type: 'ack'; at: number }
  | { type: 'resize'; cols: number; rows: number }
  /**
   * A person has turned to this client: of several, the terminal has the size of the one that was turned to or typed in
   * last; while there was none, of the one that said its size last.
   */
  | { type: 'focus' }
  /** Asks for a new `screen` with so many lines of scrollback; it comes when they have been read. */
  | { type: 'scrollback'; lines: number };

export type TerminalReply =
  | {
      type: 'screen';
      /** What to write to an empty screen of this size. */
      text: string;
      cols: number;
      rows: number;
      /** Position of the first byte of output after it, in bytes since the host has had the terminal. */
      at: number;
      /** Lines of scrollback in `text`, and how many the host has. */
      scrollback: number;
      available: number;
      /** Another one follows soon, with the scrollback. */
      follows?: true;
    }
  /** Output that follows is for another size. */
  | { type: 'resized'; cols: number; rows: number }
  /** After the last byte of output; more follows when the terminal is restarted. */
  | { type: 'exited'; code: number | null; signal: string | null }
  /** There is no such terminal (any more), or its shell cannot be started: a sentence. The line is closed after it. */
  | { type: 'refused'; message: string };

/** The size of a screen with as much scrollback as fits; the one that comes first has none. */
export const SCREEN_BYTES = 100 * 1024;

/** So many bytes may be under way to a client that has not acknowledged them. */
export const WINDOW_BYTES = 512 * 1024;

/** A client acknowledges when it has put at least so many bytes on its screen since the last time, or has put all. */
export const ACK_BYTES = 64 * 1024;

/** The longest message of a client. */
export const MAX_INPUT_BYTES = 1024 * 1024;
