import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteCommand, quoteCommands, splitCommand, splitCommands } from './argv.ts';

describe('splitCommand', () => {
  it.each([
    ['npm test', ['npm', 'test']],
    ['  npm \t run   lint ', ['npm', 'run', 'lint']],
    [`grep 'a b' "c d" e\\ f`, ['grep', 'a b', 'c d', 'e f']],
    [`echo "" ''`, ['echo', '', '']],
    [`echo a"b"'c'\\d`, ['echo', 'abcd']],
    [`echo "say \\"hi\\" \\\\ \\n"`, ['echo', 'say "hi" \\ \\n']],
    [`sh -c 'npm test | tail > out; echo $HOME'`, ['sh', '-c', 'npm test | tail > out; echo $HOME']],
    ['git diff HEAD~1 --name=a#b file!', ['git', 'diff', 'HEAD~1', '--name=a#b', 'file!']],
    [`node -e "a; b && c * 2"`, ['node', '-e', 'a; b && c * 2']],
    ['test 日本', ['test', '日本']],
  ])('%s', (text, words) => {
    expect(splitCommand(text)).toEqual({ ok: true, argv: words });
  });

  it.each(['|', '&', ';', '<', '>', '(', ')', '$', '`', '*', '?', '[', '{', '~', '#', '!'])(
    'refuses %s outside of quotes and says how to get a shell',
    (sign) => {
      expect(splitCommand(`npm test ${sign}x`)).toEqual({
        ok: false,
        problem: `The command “npm test ${sign}x” needs a shell because of “${sign}”, and Drover runs programs without one. Quote it, or ask for a shell: sh -c 'npm test ${sign}x'`,
      });
    },
  );

  it.each([
    ["echo 'open", "The command “echo 'open” has a quote (') that is not closed."],
    ['echo \\', 'The command “echo \\” ends in a backslash that escapes nothing.'],
    ['', 'The command is empty.'],
    ['   ', 'The command is empty.'],
    ["''", 'The command is empty.'],
    [
      'a\nb',
      "The command “a\nb” needs a shell because of its line break, and Drover runs programs without one. Quote it, or ask for a shell: sh -c 'a\nb'",
    ],
  ])('refuses %j', (text, message) => {
    expect(splitCommand(text)).toEqual({ ok: false, problem: message });
  });

  it('reads back whatever was quoted', () => {
    const words = fc.tuple(fc.string({ minLength: 1, unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })));
    fc.assert(
      fc.property(words, ([program, args]) => {
        expect(splitCommand(quoteCommand([program, ...args]))).toEqual({ ok: true, argv: [program, ...args] });
      }),
    );
  });
});

describe('splitCommands', () => {
  it('reads one command per line, whatever ends the line', () => {
    expect(splitCommands('npm ci\n\n  npm run "a b"\r\n')).toEqual({
      ok: true,
      commands: [
        ['npm', 'ci'],
        ['npm', 'run', 'a b'],
      ],
    });
    expect(splitCommands(quoteCommands([['a', 'b c'], ['d']]))).toEqual({ ok: true, commands: [['a', 'b c'], ['d']] });
    expect(splitCommands('')).toEqual({ ok: true, commands: [] });
  });

  it('says what is wrong with the first that cannot be split', () => {
    expect(splitCommands('npm ci\nnpm ci && npm test')).toMatchObject({ ok: false });
    expect(splitCommands('npm ci\necho "')).toEqual({
      ok: false,
      problem: 'The command “echo "” has a quote (") that is not closed.',
    });
  });
});
