import { describe, expect, it } from 'vitest';
import { fromArgv, fromCommands, toArgv, toCommands } from './argv.logic.ts';

describe('a command', () => {
  it.each([
    ['npm test', ['npm', 'test']],
    ['  npm   run "my check" ', ['npm', 'run', 'my check']],
    [`sh -c 'echo "$HOME"'`, ['sh', '-c', 'echo "$HOME"']],
    ['a "" b', ['a', '', 'b']],
    ['a "x\\"y"', ['a', 'x"y']],
    ['open "quote', null],
  ])('%s', (line, argv) => {
    expect(toArgv(line)).toEqual(argv);
  });

  it('can be written out and read again', () => {
    const argv = ['sh', '-c', 'echo "a b"', "it's", 'back\\slash', ''];
    expect(toArgv(fromArgv(argv))).toEqual(argv);
  });
});

it('reads several commands, one a line', () => {
  expect(toCommands('npm ci\n\n  npm run "a b"\n')).toEqual([
    ['npm', 'ci'],
    ['npm', 'run', 'a b'],
  ]);
  expect(toCommands('npm ci\necho "')).toBeNull();
  expect(toCommands(fromCommands([['a', 'b c'], ['d']]))).toEqual([['a', 'b c'], ['d']]);
});
