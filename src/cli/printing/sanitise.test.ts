import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../../test/support/cpu-time.ts';
import { createSafeStream, safeBlock, safeLine } from './sanitise.ts';

describe('safeBlock', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m \u001b[1;38;5;12mmore\u001b[m', 'red more'],
    ['cursor and screen', 'a\u001b[2J\u001b[H\u001b[1Ab\u001b[?25l', 'ab'],
    ['a title', '\u001b]0;owned\u0007text', 'text'],
    ['a clipboard write', '\u001b]52;c;aGk=\u001b\\text', 'text'],
    ['a link', '\u001b]8;;https://example.invalid\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['8-bit forms', '\u009b31mred\u009d0;title\u009c', 'red'],
    ['a device string', '\u001bP+q544e\u001b\\x', 'x'],
    ['short sequences', '\u001bc\u001b7\u001b(Bx\u001b=', 'x'],
    ['a sequence without an end', 'x\u001b]0;title', 'x]0;title'],
    ['an escape at the end', 'x\u001b', 'x'],
    ['bells and backspaces', 'safe\b\b\b\b\u0007evil\u0000', 'safeevil'],
    ['overprinting', 'password: hunter2\rpassword: *******', 'password: hunter2\npassword: *******'],
    ['line ends of all kinds', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['bidi overrides and isolates', 'a\u202ecod.exe\u202c\u2066b\u2069\u200f', 'acod.exeb'],
    ['invisible marks', 'a\u200bb\ufeffc\u00add\u2060e', 'abcde'],
    ['hidden tags', 'x\u{e0041}\u{e0042}', 'x'],
    ['half a pair', 'x\ud83dy', 'x\ufffdy'],
    ['tabs', 'a\tb', 'a  b'],
  ])('takes care of %s', (_name, text, safe) => {
    expect(safeBlock(text)).toBe(safe);
  });

  it('leaves words of people as they are', () => {
    const text = 'naïve 日本語 👩‍👩‍👧 🏳️‍🌈 שלום\nنص';
    expect(safeBlock(text)).toBe(text);
  });

  it('never lets a control character through, whatever comes', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(safeBlock(text)).toMatch(/^(?:\P{Cc}|\n)*$/u);
        expect(safeLine(text)).toMatch(/^\P{Cc}*$/u);
      }),
    );
  });

  it('takes no longer than the text is long', () => {
    const began = cpuMs();
    for (const piece of ['\u001b]', '\u001b[0', '\u009d', '\u001bP\u001b', '\u001b[;', '\u001b ', '\r'])
      safeBlock(piece.repeat(200_000));
    expect(cpuMs() - began).toBeLessThan(2000);
  });
});

describe('safeLine', () => {
  it('makes one line of it', () => {
    expect(safeLine('  a\n\n b\tc\u001b[0m \r\n d ')).toBe('a b c d');
    expect(safeLine('two  spaces')).toBe('two spaces');
  });
});

describe('a safe stream', () => {
  it.each([
    ['a sequence', ['a\u001b', '[3', '1mb'], 'ab'],
    ['a title', ['a\u001b]0;ti', 'tle\u0007b'], 'ab'],
    ['the end of a title', ['a\u001b]0;title\u001b', '\\b'], 'ab'],
    ['a line end', ['a\r', '\nb'], 'a\nb'],
    ['a pair', ['a\ud83d', '\ude00b'], 'a😀b'],
  ])('knows %s split over pieces', (_name, pieces, safe) => {
    const stream = createSafeStream();
    expect(pieces.map((piece) => stream.push(piece)).join('') + stream.end()).toBe(safe);
  });

  it('gives at the end what never became a sequence, without its controls', () => {
    const stream = createSafeStream();
    expect(stream.push('a\u001b[3')).toBe('a');
    expect(stream.end()).toBe('[3');
  });

  it('gives nothing twice and loses no words, however the text is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (pieces) => {
        const stream = createSafeStream();
        expect(pieces.map((piece) => stream.push(piece)).join('') + stream.end()).toBe(safeBlock(pieces.join('')));
      }),
    );
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.array(hostileText()), (pieces) => {
        const stream = createSafeStream();
        const text = pieces.map((piece) => stream.push(piece)).join('') + stream.end();
        expect(text).toMatch(/^(?:\P{Cc}|\n)*$/u);
      }),
    );
  });
});

function hostileText() {
  const unit = fc.constantFrom('\u001b', '[', ']', '0', ';', 'm', '\u0007', '\\', '\r', '\n', 'x', '\u009b', '\ud83d');
  return fc.string({ unit });
}
