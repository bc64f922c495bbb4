import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteCommand, splitCommand } from './split-command.ts';

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
    expect(splitCommand(text)).toEqual(words);
  });

  it.each(['|', '&', ';', '<', '>', '(', ')', '$', '`', '*', '?', '[', '{', '~', '#', '!'])(
    'refuses %s outside of quotes and says how to get a shell',
    (sign) => {
      expect(() => splitCommand(`npm test ${sign}x`)).toThrow(
        `The command “npm test ${sign}x” needs a shell because of “${sign}”: Drover runs programs without one. Quote the sign, or ask for a shell: sh -c 'npm test ${sign}x'`,
      );
    },
  );

  it.each([
    ["echo 'open", "The command “echo 'open” has a quote (') that is not closed."],
    ['echo \\', 'The command “echo \\” ends in a backslash that takes nothing.'],
    ['', 'The command is empty.'],
    ['   ', 'The command is empty.'],
    ["''", 'The command is empty.'],
    [
      'a\nb',
      "The command “a\nb” needs a shell because of its line break: Drover runs programs without one. Quote the sign, or ask for a shell: sh -c 'a\nb'",
    ],
  ])('refuses %j', (text, message) => {
    expect(() => splitCommand(text)).toThrow(message);
  });

  it('reads back whatever was quoted', () => {
    const words = fc.tuple(fc.string({ minLength: 1, unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })));
    fc.assert(
      fc.property(words, ([program, args]) => {
        expect(splitCommand(quoteCommand([program, ...args]))).toEqual([program, ...args]);
      }),
    );
  });
});
