import { describe, expect, it } from 'vitest';
import { revealHidden } from './text.ts';

describe('revealHidden', () => {
  it.each([
    ['\u001b[31mred', '⟨ESC⟩[31mred'],
    ['a\u202egnp.exe', 'a⟨RLO⟩gnp.exe'],
    ['zero\u200bwidth', 'zero⟨ZWSP⟩width'],
    ['a\u200db', 'a⟨ZWJ⟩b'],
    ['bell\u0007', 'bell⟨BEL⟩'],
    ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
    ['half\ud800', 'half⟨U+D800⟩'],
    ['carriage\rreturn', 'carriage⟨CR⟩return'],
  ])('names what cannot be seen in %j', (text, shown) => {
    expect(revealHidden(text)).toBe(shown);
  });

  it('leaves what can be seen, tabs and newlines', () => {
    const text = 'a\tb\nä € 😀 👩‍💻 — 中文 می‌خواهم <b>&';
    expect(revealHidden(text)).toBe(text);
  });
});
