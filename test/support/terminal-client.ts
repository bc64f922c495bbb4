import { type AttachedTerminal, attachTerminal, type TerminalWay } from '../../src/contract/connection/terminal-way.ts';
import { mendXterm } from '../../src/contract/terminal/mended-xterm.ts';
import type { TerminalCarrier, TerminalLine } from '../../src/core/core-api.ts';
import { loadXterm } from '../../src/core/terminals/xterm.ts';
import { shownOf } from './terminal-rows.ts';

const xterm = await loadXterm();

export interface TerminalClient extends AttachedTerminal {
  /** Everything that came after the first screen, and the screens. */
  bytes(): Buffer;
  screens: {
    text: string;
    at: number;
    cols: number;
    rows: number;
    available: number;
    scrollback: number;
    follows?: true;
  }[];
  exits: { code: number | null; signal: string | null }[];
  refusals: string[];
  isClosed(): boolean;
  /** The screen as a person would see it, with colours and cursor. */
  shown(): string;
  /** Whether it has made its lines fit another size by itself, since the host has sent the screen. */
  isReflowed(): boolean;
  /** Its own screen. */
  readonly terminal: InstanceType<typeof xterm.Terminal>;
  /** What it shows as text. */
  text(): string;
  /** The screen and the lines just above, as text. */
  newest(): string;
  /** Resolves when the screen, or the lines just above, show it. */
  until(wanted: RegExp): Promise<RegExpExecArray>;
  /** The output is not taken until `resume`. */
  hold(): void;
  resume(): void;
}

const NEWEST = 60;

/** A client with a real screen, as the window has one, over any way. */
export function clientOf(
  way: TerminalWay,
  options: { terminalId: string; size?: { cols: number; rows: number }; scrollback?: number },
): TerminalClient {
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, scrollback: 10_000, allowProposedApi: true });
  terminal.loadAddon(new xterm.UnicodeGraphemesAddon() as never);
  terminal.unicode.activeVersion = '15-graphemes';
  mendXterm(terminal);
  const pieces: Uint8Array[] = [];
  const looking = new Set<() => void>();
  let isLookingSoon = false;
  const look = () => {
    if (isLookingSoon || looking.size === 0) return;
    isLookingSoon = true;
    setImmediate(() => {
      isLookingSoon = false;
      for (const one of looking) one();
    });
  };
  let isClosed = false;
  let isReflowed = false;
  let held: Promise<void> | null = null;
  let release = () => {};
  const put = (data: string | Uint8Array) =>
    new Promise<void>((resolve) =>
      terminal.write(data, () => {
        resolve();
        look();
      }),
    );
  const textFrom = (from: number) => {
    const { active } = terminal.buffer;
    const lines: string[] = [];
    for (let y = Math.max(0, from); y < active.length; y += 1) {
      lines.push(active.getLine(y)?.translateToString(true) ?? '');
    }
    return lines.join('\n').trimEnd();
  };
  const text = () => textFrom(0);
  // Looked at for every piece, so only where something may be new.
  const newest = () => textFrom(terminal.buffer.active.baseY - NEWEST);
  const screens: TerminalClient['screens'] = [];
  const exits: TerminalClient['exits'] = [];
  const refusals: string[] = [];
  const attached = attachTerminal(way, options, {
    async screen(screen) {
      await held;
      isReflowed = false;
      screens.push(screen);
      pieces.length = 0;
      terminal.reset();
      terminal.resize(screen.cols, screen.rows);
      await put(screen.text);
    },
    async output(bytes) {
      await held;
      pieces.push(bytes);
      await put(bytes);
    },
    resized({ cols, rows }) {
      isReflowed = true;
      terminal.resize(cols, rows);
    },
    exited: (exit) => {
      exits.push(exit);
      look();
    },
    refused: (message) => {
      refusals.push(message);
      look();
    },
    closed() {
      isClosed = true;
      look();
    },
  });
  return {
    ...attached,
    terminal,
    isReflowed: () => isReflowed,
    bytes: () => Buffer.concat(pieces),
    screens,
    exits,
    refusals,
    isClosed: () => isClosed,
    shown: () => shownOf(terminal),
    text,
    newest,
    until: (wanted) =>
      new Promise((resolve) => {
        const one = () => {
          const found = wanted.exec(newest());
          if (found === null) return;
          looking.delete(one);
          resolve(found);
        };
        looking.add(one);
        one();
      }),
    hold() {
      held ??= new Promise((resolve) => {
        release = resolve;
      });
    },
    resume() {
      held = null;
      release();
    },
  };
}

/** A way without a carrier: messages are handed over in the next turn of the event loop, as by a port. */
export function wayTo(serve: (carrier: TerminalCarrier) => TerminalLine): TerminalWay {
  let listener: { message(data: string | Uint8Array): void; closed(): void } | null = null;
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    setImmediate(() => {
      listener?.closed();
      line.closed();
    });
  };
  const line = serve({
    send: (message) => setImmediate(() => listener?.message(message)),
    close,
  });
  return {
    send: (message) => setImmediate(() => isOpen && line.receive(message)),
    close,
    listen(told) {
      listener = told;
    },
  };
}
