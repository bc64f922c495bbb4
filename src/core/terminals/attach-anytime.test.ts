import { describe, expect, test } from 'vitest';
import { clientOf, type TerminalClient, wayTo } from '../../../test/support/terminal-client.ts';
import { rowsOf, shownOf } from '../../../test/support/terminal-rows.ts';
import type { TerminalRequest } from '../../contract/terminal/line.ts';
import { mendXterm } from '../../contract/terminal/mended-xterm.ts';
import type { TerminalSize } from '../../contract/terminal/state.ts';
import { createSifter } from './sift.ts';
import { type Attached, createStage, type Stage } from './stage.ts';
import { loadXterm } from './xterm.ts';

const xterm = await loadXterm();
/** `DROVER_SEED=7` plays one again; `DROVER_ROUNDS` plays more of them. */
const SEED = Number(process.env.DROVER_SEED ?? Math.floor(Math.random() * 2 ** 31));
const ROUNDS = Number(process.env.DROVER_ROUNDS ?? 12);
const PATIENCE = 60_000;

function randomOf(seed: number) {
  let state = seed;
  const below = (most: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const oneOf = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  return { below, oneOf };
}
type Random = ReturnType<typeof randomOf>;

const WORDS = [
  'a',
  'The quick brown fox',
  '日本語',
  'naïve',
  '🚀',
  'é',
  ' ',
  '\t',
  '한글',
  '-'.repeat(50),
  'z'.repeat(130),
];
const STYLES = [
  '0',
  '1',
  '3;4',
  '7',
  '31',
  '42',
  '1;97;104',
  '38;5;200',
  '48;5;22',
  '38;2;1;2;3',
  '48;2;9;8;7',
  '9',
  '53',
];

/**
 * As `clear` does it. The library keeps a saved cursor where it was of lines that are gone; so a new one is saved.
 */
const CLEAR = '\x1b[H\x1b[2J\x1b[3J\x1b7';

/** A program's own screen; what another one has saved of the cursor there before is not known to who attaches later. */
const OWN_SCREEN = '\x1b[?1049h\x1b7';

/** Behind the last place of a line nothing is erased: where no letter is left no other leads there. */
const ASIDE = '\x1b[D';

/** Something that a program might print. */
function printed({ below, oneOf }: Random): string {
  const csi = (rest: string) => `\x1b[${rest}`;
  switch (below(22)) {
    case 0:
      return csi(`${below(9)}${oneOf(['A', 'B', 'C', 'D'])}`);
    case 1:
      return csi(`${1 + below(30)};${1 + below(100)}H`);
    case 2:
      return `${ASIDE}${csi(`${below(3)}${oneOf(['K', 'J'])}`)}`;
    case 3:
      return `${ASIDE}${csi(`${1 + below(4)}${oneOf(['L', 'M', 'P', '@', 'X'])}`)}`;
    case 4:
      return oneOf([OWN_SCREEN, csi('?1049l'), csi('?1049l')]);
    case 5:
      return oneOf([csi(`${1 + below(5)};${8 + below(10)}r`), csi('r'), csi('r')]);
    case 6:
      return oneOf([csi('?2004h'), csi('?1006h'), csi('?25l'), csi('?25h'), csi('?1h'), csi('?1002h'), csi('?1002l')]);
    case 7:
      return below(12) === 0 ? oneOf(['\x1bc', CLEAR]) : '\r\n';
    case 8:
      return oneOf(['\x1bM', '\x1bD', '\r', '\b', '\x1b7', '\x1b8']);
    case 9:
    case 10:
    case 11:
      return csi(`${oneOf(STYLES)}m`);
    case 12:
      return `${oneOf(WORDS)}\r\n`.repeat(below(40));
    default:
      return oneOf(WORDS) + oneOf(['', '\r\n', csi('0m\r\n')]);
  }
}

function attach(stage: Stage, scrollback: number | undefined): TerminalClient {
  return clientOf(
    wayTo((carrier) => {
      let attached: Attached | null = null;
      return {
        receive(message) {
          const request = JSON.parse(String(message)) as TerminalRequest;
          if (request.type === 'attach') attached = stage.attach(carrier, request.scrollback);
          else if (request.type === 'ack') attached?.ack(request.at);
          else if (request.type === 'scrollback') attached?.again(request.lines);
        },
        closed: () => attached?.detach(),
      };
    }),
    { terminalId: 'k00000001', ...(scrollback !== undefined && { scrollback }) },
  );
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function play(seed: number): Promise<void> {
  const random = randomOf(seed);
  const { below, oneOf } = random;
  const first = { cols: 80, rows: 24 };
  const stage = createStage({ xterm, size: first, answer() {}, title() {}, flow() {} });
  const reference = new xterm.Terminal({ ...first, scrollback: 10_000, allowProposedApi: true });
  reference.loadAddon(new xterm.UnicodeGraphemesAddon() as never);
  reference.unicode.activeVersion = '15-graphemes';
  mendXterm(reference);
  const sifter = createSifter();
  const write = (data: Uint8Array) => new Promise<void>((resolve) => reference.write(data, resolve));
  const print = (bytes: Uint8Array) => {
    stage.output(bytes);
    return write(sifter.push(bytes).screen);
  };
  const clients: TerminalClient[] = [];
  let held = Buffer.alloc(0);

  for (let step = 0; step < 250; step += 1) {
    switch (below(9)) {
      case 0:
        await write(new Uint8Array());
        // A program with a screen of its own would draw that again, which this one does not.
        if (below(3) === 0 && reference.buffer.active.type === 'normal') {
          const size: TerminalSize = { cols: 2 + below(120), rows: 2 + below(40) };
          stage.resize(size);
          reference.resize(size.cols, size.rows);
        }
        break;
      case 1:
        if (clients.length < 6) clients.push(attach(stage, oneOf([undefined, undefined, 0, 10, 10_000])));
        break;
      case 2:
        if (below(3) === 0) clients.splice(below(clients.length + 1), 1)[0]?.close();
        break;
      case 3: {
        const client = clients[below(clients.length + 1)];
        oneOf([
          () => client?.hold(),
          () => client?.resume(),
          () => client?.resume(),
          () => client?.scrollback(oneOf([0, 50, 10_000])),
        ])();
        break;
      }
      case 4:
        for (let count = below(6); count > 0; count -= 1) await turn();
        break;
      default: {
        let text = '';
        for (let count = below(12); count > 0; count -= 1) text += printed(random);
        held = Buffer.concat([held, Buffer.from(text)]);
        const end = below(3) === 0 ? below(held.length + 1) : held.length;
        const bytes = held.subarray(0, end);
        held = held.subarray(end);
        print(bytes);
      }
    }
  }
  await print(held);
  await stage.settled();

  clients.push(attach(stage, undefined), attach(stage, 10_000), attach(stage, 0));
  for (const client of clients) client.resume();
  const told = `seed ${seed}`;
  const until = (value: () => unknown) => expect.poll(value, { timeout: PATIENCE, message: told });
  for (const client of clients) await until(client.shown).toBe(shownOf(reference));
  const rows = rowsOf(reference);
  const whole = clients.at(-2);
  // Of the oldest nobody knows what it continues, and that of a screen without what is above it may have moved since.
  await until(() => whole && rowsOf(whole.terminal).slice(1)).toEqual(rows.slice(1));
  const letters = (all: readonly string[]) => all.map((row) => row.slice(1));
  for (const client of clients) {
    // What it made of the lines above by itself may differ: the library looks at what no longer shows.
    if (client.isReflowed()) continue;
    const own = letters(rowsOf(client.terminal));
    expect(own, told).toEqual(letters(rows.slice(-own.length)));
  }
  for (const client of clients) client.close();
  stage.close();
  reference.dispose();
}

describe(`whenever somebody attaches, from seed ${SEED}`, () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    test(`they see what the host has, ${round + 1}`, { timeout: 4 * PATIENCE }, () => play(SEED + round));
  }
});
