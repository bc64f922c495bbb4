import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TerminalWay } from '../../../contract/connection/terminal-way.ts';
import type { TerminalReply } from '../../../contract/terminal/line.ts';
import { type AttachState, keepAttached } from './keep-attached.ts';

type Listener = Parameters<TerminalWay['listen']>[0];

/** Ways whose host is the test, and a canvas that draws when it is told to. */
function scene(hasFocus = false) {
  const ways: { sent: unknown[]; listener: Listener }[] = [];
  const states: AttachState['kind'][] = [];
  const did: string[] = [];
  const drawing: (() => void)[] = [];
  const attached = keepAttached({
    terminalId: 'k00000001',
    canvas: {
      show({ text, cols, rows }, done) {
        did.push(`${text} of ${cols}x${rows}`);
        drawing.push(done);
      },
      resize: (cols, rows) => did.push(`${cols}x${rows}`),
      write(data, done) {
        did.push(typeof data === 'string' ? data : `${data.length} bytes`);
        drawing.push(done);
      },
    },
    fitting: () => ({ cols: 100, rows: 30 }),
    hasFocus: () => hasFocus,
    openWay() {
      const sent: unknown[] = [];
      return {
        send: (message) => sent.push(typeof message === 'string' ? JSON.parse(message) : message),
        close: () => sent.push('closed'),
        listen: (listener) => ways.push({ sent, listener }),
      };
    },
    onState: ({ kind }) => states.push(kind),
    onScrollback: (shown, available) => did.push(`${shown} of ${available}`),
  });
  const way = () => {
    const last = ways.at(-1);
    if (!last) throw new Error('no way');
    return last;
  };
  const reply = (message: TerminalReply) => way().listener.message(JSON.stringify(message));
  const screen = (at: number, follows?: true) =>
    reply({
      type: 'screen',
      text: 'screen',
      cols: 80,
      rows: 24,
      at,
      scrollback: 5,
      available: 90,
      ...(follows && { follows }),
    });
  /** Draws what waits, and lets what follows from it happen. */
  const draw = async () => {
    for (const done of drawing.splice(0)) done();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { attached, ways, way, states, did, draw, reply, screen };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('begins with the screen, and lets output wait for what was written before', async () => {
  const { way, states, did, draw, reply, screen } = scene();
  expect(way().sent).toEqual([{ type: 'attach', terminalId: 'k00000001', size: { cols: 100, rows: 30 } }]);
  screen(1000);
  way().listener.message(new Uint8Array(50));
  reply({ type: 'resized', cols: 60, rows: 20 });
  await vi.advanceTimersByTimeAsync(0);
  expect(did).toEqual(['5 of 90', 'screen of 80x24']);
  expect(states).toEqual(['connecting', 'attached']);
  await draw();
  expect(did.slice(2)).toEqual(['50 bytes']);
  await draw();
  expect(did.slice(3)).toEqual(['60x20']);
  expect(way().sent.slice(1)).toEqual([{ type: 'ack', at: 1050 }]);
});

it('says how many lines there are when no more of them are under way', async () => {
  const { did, screen, draw } = scene();
  screen(0, true);
  await vi.advanceTimersByTimeAsync(0);
  await draw();
  screen(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(did).toEqual(['screen of 80x24', '5 of 90', 'screen of 80x24']);
});

it('attaches again after a lost way, later and later, from the beginning when a screen has come', async () => {
  const { ways, way, states, screen, draw } = scene();
  way().listener.closed();
  await vi.advanceTimersByTimeAsync(250);
  expect(ways).toHaveLength(2);
  way().listener.closed();
  await vi.advanceTimersByTimeAsync(499);
  expect(ways).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(ways).toHaveLength(3);
  screen(0);
  await draw();
  way().listener.closed();
  await vi.advanceTimersByTimeAsync(250);
  expect(ways).toHaveLength(4);
  expect(states).toEqual(['connecting', 'connecting', 'connecting', 'attached', 'connecting']);
});

it('says each time it attaches that a person is there', async () => {
  const { way } = scene(true);
  expect(way().sent.slice(1)).toEqual([{ type: 'focus' }]);
  way().listener.closed();
  await vi.advanceTimersByTimeAsync(250);
  expect(way().sent.slice(1)).toEqual([{ type: 'focus' }]);
});

it('tries nothing more when it is refused or closed', async () => {
  const refused = scene();
  refused.reply({ type: 'refused', message: 'There is no terminal k00000001.' });
  refused.way().listener.closed();
  const closed = scene();
  closed.way().listener.closed();
  closed.attached.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([refused.ways.length, closed.ways.length]).toEqual([1, 1]);
  expect(refused.states).toEqual(['connecting', 'refused']);
});
