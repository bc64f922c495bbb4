import { describe, expect, test } from 'vitest';
import { createSifter } from './sift.ts';

const BROKEN_OFF = new RegExp(`${'\x1b'}(\\[[\\d;]*)?$`);

function sift(text: string, sizes: () => number = () => text.length) {
  const bytes = Buffer.from(text);
  const sifter = createSifter();
  const screen: Buffer[] = [];
  const clients: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const next = at + Math.max(1, sizes());
    const piece = sifter.push(bytes.subarray(at, next));
    screen.push(Buffer.from(piece.screen));
    clients.push(Buffer.from(piece.clients));
    at = next;
  }
  const all = (pieces: Buffer[]) => Buffer.concat(pieces).toString();
  return { screen: all(screen), clients: all(clients), pieces: clients };
}

describe('output', () => {
  test.each([
    ['text, colours and links', 'a\x1b[1;31mb\x1b]8;;https://x/?a=;?\x1b\\c\x1b]8;;\x07\x1b(B\x1b7 é🙂\r\n'],
    ['titles, also with a question mark', '\x1b]0;what;?\x07\x1b]2;b\x1b\\'],
    ['modes and the keyboard', '\x1b[?2004h\x1b[>1u\x1b[?25l\x1b[ q\x1b[22;0t\x1b[S\x1b[!p'],
  ])('of %s reaches all as it is', (_, text) => {
    expect(sift(text)).toMatchObject({ screen: text, clients: text });
  });

  test.each([
    '\x1b[c',
    '\x1b[>c',
    '\x1b[0c',
    '\x1b[6n',
    '\x1b[?6n',
    '\x1b[?2026$p',
    '\x1b[>q',
    '\x1b[?u',
    '\x1b[14t',
    '\x1bZ',
  ])('that asks the terminal (%j) reaches the screen of the host alone', (question) => {
    expect(sift(`a${question}b`)).toMatchObject({ screen: `a${question}b`, clients: 'ab' });
  });
  test.each(['\x1b]10;?\x07', '\x1b]4;1;?\x1b\\', '\x1bP$qm\x1b\\', '\x1bP+q544e\x1b\\'])(
    'that asks by a string (%j) reaches the screen of the host alone',
    (question) => {
      expect(sift(`a${question}b`)).toMatchObject({ screen: `a${question}b`, clients: 'ab' });
    },
  );

  test.each([
    ['the clipboard', '\x1b]52;c;aGk=\x07'],
    ['the clipboard, with zeros and another end', '\x1b]0052;c;aGk=\x1b\\'],
    ['the clipboard, by an 8-bit end', '\x1b]52;c;aGk=\u009c'],
    ['files', '\x1b]1337;File=inline=1:aGk=\x07'],
    ['a picture', '\x1bPq#0;2;0;0;0~~\x1b\\'],
    ['another program around', '\x1bPtmux;\x1b\x1b\\'],
    ['graphics', '\x1b_Gi=1,a=q;AAAA\x1b\\'],
    ['8-bit controls', '\u009b'],
    ['an answer back', '\x05'],
  ])('for %s reaches nobody', (_, hostile) => {
    const { screen, clients } = sift(`a${hostile}b`);
    expect(clients.replaceAll('\x1b\\', '')).toBe('ab');
    expect(screen.replaceAll('\x1b\\', '')).toBe('ab');
  });

  test('in pieces of any size gives the same, each piece whole', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const random = (most: number) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return (state >> 8) % most;
    };
    const parts = [
      'ab',
      'é',
      '🙂',
      '\x1b[1;31m',
      '\x1b]0;t🙂\x07',
      '\x1b[6n',
      '\x1b]52;c;x\x1b\\',
      '\x1bPq1\x1b\\',
      '\x1b7',
      '\n',
      '\x1b(B',
      '\x1b\x1b[m',
    ];
    const text = Array.from({ length: 2000 }, () => parts[random(parts.length)]).join('');
    const whole = sift(text);
    const cut = sift(text, () => random(7));
    expect([seed, cut.clients === whole.clients, cut.screen === whole.screen]).toEqual([seed, true, true]);
    for (const piece of cut.pieces) {
      expect(piece.toString(), `seed ${seed}`).not.toContain('\ufffd');
      expect(piece.toString(), `seed ${seed}`).not.toMatch(BROKEN_OFF);
    }
  });

  test('that never ends a string costs no memory, and what follows its end is shown', () => {
    const sifter = createSifter();
    let bytes = 0;
    const push = (text: string) => {
      const { clients, screen } = sifter.push(Buffer.from(text));
      bytes += clients.length + screen.length;
    };
    push('\x1b]0;');
    for (let i = 0; i < 1000; i += 1) push('x'.repeat(10_000));
    expect(bytes).toBe(0);
    expect(Buffer.from(sifter.push(Buffer.from('x\x07after')).clients).toString()).toBe('after');
  });

  test('that is no UTF-8 passes and is not held for ever', () => {
    const sifter = createSifter();
    expect([...sifter.push(Buffer.from([0xff, 0x80, 0x80, 0x80, 0x80])).clients]).toEqual([
      0xff, 0x80, 0x80, 0x80, 0x80,
    ]);
    expect([...sifter.push(Buffer.from([0xe2, 0x82])).clients]).toEqual([]);
    expect([...sifter.push(Buffer.from([0x41])).clients]).toEqual([0xe2, 0x82, 0x41]);
  });
});
