import type { TerminalCarrier } from '../core-api.ts';
import type { TerminalSize } from './pty-size.ts';
import { createScreen, type LongSnapshot, type Screen } from './screen.ts';
import { createSifter, type Sifter } from './sift.ts';
import { createViewer, type Piece, type Viewer } from './viewer.ts';
import type { Xterm } from './xterm.ts';

/** Output that the screen has not taken yet: above, the program is made to wait, below, it goes on. */
const HIGH_BYTES = 1024 * 1024;
const LOW_BYTES = 256 * 1024;

interface StageOptions {
  xterm: Xterm;
  size: TerminalSize;
  /** What the screen answers to a program that asks. */
  answer(bytes: string): void;
  title(title: string): void;
  /** The screen is behind (true), or has caught up. */
  flow(isBehind: boolean): void;
}

/** The screen of a terminal and everybody who looks at it. */
export interface Stage {
  /** Output of a program. */
  output(bytes: Uint8Array): void;
  /** Text of Drover's own, after all output so far. What a program left half said is dropped. */
  say(text: string): void;
  /** The size, from the place of the output so far on. */
  resize(size: TerminalSize): void;
  /** Something to be told after the output so far. */
  tell(piece: Exclude<Piece, Uint8Array>): void;
  /** Shows the screen to one more, and from then on what follows; then the screen again with its scrollback. */
  attach(carrier: TerminalCarrier, scrollback: number | undefined): Attached;
  viewers(): number;
  /** When all output so far is on the screen. */
  settled(): Promise<void>;
  /** Whether a program has a screen of its own, as editors have. */
  isAlternate(): boolean;
  snapshot: Screen['snapshot'];
  text: Screen['text'];
  close(): void;
}

export interface Attached {
  ack(at: number): void;
  /** The screen with so many lines of scrollback, when they have been read; without any, the screen at once. */
  again(scrollback: number): void;
  detach(): void;
}

export function createStage({ xterm, size, answer, title, flow }: StageOptions): Stage {
  const screen = createScreen(xterm, { size, answer, title });
  let sifter: Sifter = createSifter();
  const viewers = new Map<Viewer, TerminalCarrier>();
  /** What the screen has not taken yet, in order. */
  const open: Piece[] = [];
  /** Bytes for viewers that are on the screen. */
  let shownAt = 0;
  let openBytes = 0;
  /** How the program ended, while none has been started since. */
  let exited: Piece | null = null;
  let isBehind = false;
  let isClosed = false;
  /** The scrollback that is being read; kept while it is wanted. */
  let reading: { lines: number | undefined; of: LongSnapshot } | null = null;
  let isReadingSoon = false;

  function put(data: Uint8Array | string, piece: Piece): void {
    const weight = data.length;
    open.push(piece);
    openBytes += weight;
    for (const viewer of viewers.keys()) viewer.push(piece);
    screen.write(data, () => {
      open.shift();
      openBytes -= weight;
      if (piece instanceof Uint8Array) shownAt += piece.length;
      else if (piece.type === 'resized') screen.resize(piece);
      else exited = piece;
      serve();
      pace();
    });
    pace();
  }

  function pace(): void {
    if (!isBehind && openBytes > HIGH_BYTES) isBehind = true;
    else if (isBehind && openBytes < LOW_BYTES) isBehind = false;
    else return;
    flow(isBehind);
  }

  /** Gives a screen to those who want one: at a place where the screen is whole. */
  function serve(): void {
    const wanting = [...viewers.keys()].filter((viewer) => viewer.wantsScreen());
    // In a screen of the size before, it would be old at once.
    if (wanting.length > 0 && !open.some((piece) => !(piece instanceof Uint8Array) && piece.type === 'resized')) {
      const snapshot = screen.snapshot({ scrollback: 0 });
      for (const viewer of wanting) {
        viewer.show(snapshot, shownAt, false);
        if (exited !== null) viewer.push(exited);
        for (const piece of open) viewer.push(piece);
      }
    }
    readSoon();
  }

  /** Reads the scrollback for those who want it, in pieces and only while there is no output: nobody waits for that. */
  function readSoon(): void {
    if (isReadingSoon || isClosed || open.length > 0 || !someWantScrollback()) return;
    isReadingSoon = true;
    setImmediate(() => {
      isReadingSoon = false;
      if (!isClosed && open.length === 0) read();
    });
  }

  function read(): void {
    const [wanted] = wantingScrollback();
    if (wanted === undefined) return;
    const { lines } = wanted;
    if (reading === null || reading.lines !== lines) {
      reading?.of.close();
      reading = { lines, of: screen.longSnapshot({ scrollback: lines }) };
    }
    const snapshot = reading.of.step();
    if (snapshot !== null) {
      reading.of.close();
      reading = null;
      for (const { viewer, lines: same } of wantingScrollback()) {
        if (same === lines) viewer.show(snapshot, shownAt, true);
      }
    }
    readSoon();
  }

  const wantingScrollback = () =>
    [...viewers.keys()].flatMap((viewer) => {
      const wanted = viewer.wantsScrollback();
      return wanted === null ? [] : [{ viewer, lines: wanted.lines }];
    });
  const someWantScrollback = () => {
    for (const viewer of viewers.keys()) if (viewer.wantsScrollback() !== null) return true;
    return false;
  };

  const serveSoon = () => {
    if (open.length === 0) serve();
  };

  return {
    output(bytes) {
      const sifted = sifter.push(bytes);
      if (sifted.screen.length > 0) put(sifted.screen, sifted.clients);
    },
    say(text) {
      exited = null;
      sifter = createSifter();
      const bytes = Buffer.from(text);
      put(bytes, bytes);
    },
    resize: (next) => put('', { type: 'resized', ...next }),
    tell: (piece) => put('', piece),
    attach(carrier, scrollback) {
      const viewer = createViewer({ carrier, scrollback, wants: serveSoon });
      viewers.set(viewer, carrier);
      serveSoon();
      return {
        ack: viewer.ack,
        again: viewer.again,
        detach() {
          viewers.delete(viewer);
          if (someWantScrollback()) return;
          reading?.of.close();
          reading = null;
        },
      };
    },
    viewers: () => viewers.size,
    settled: () => (open.length === 0 ? Promise.resolve() : new Promise((resolve) => screen.write('', resolve))),
    isAlternate: screen.isAlternate,
    snapshot: screen.snapshot,
    text: screen.text,
    close() {
      isClosed = true;
      reading?.of.close();
      for (const carrier of viewers.values()) carrier.close();
      viewers.clear();
      screen.close();
    },
  };
}
