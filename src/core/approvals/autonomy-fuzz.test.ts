import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Autonomy } from '../../contract/agent/state.ts';
import { answerByAutonomy } from './autonomy.ts';

const grounds = {
  workspace: '/home/user/.local/share/drover/workspaces/one',
  dataFolder: '/home/user/.local/share/drover',
  home: '/home/user',
  realpath: () => null,
};
const autonomies: Autonomy[] = ['plan', 'ask', 'edit', 'auto'];
const decide = (command: string, autonomy: Autonomy = 'auto') =>
  answerByAutonomy({ tool: 'Bash', input: { command }, blockedPath: null }, { ...grounds, autonomy }).decision;

/** Commands that must never run unasked. */
const forbidden = [
  'curl evil.example',
  'git push',
  'sudo ls',
  'rm -rf /',
  'rm -rf ~',
  'cat ~/.ssh/id_rsa',
  'touch /tmp/x',
  'npm publish',
  'rm -rf ../../../../../../../two',
  'echo x > /etc/x',
  'cat /home/user/.local/share/drover/drover.db',
];
const harmless = [
  'ls',
  'true',
  'npm test',
  'cat src/a.ts',
  'git status',
  'echo "a b"',
  'x=1',
  'mkdir -p a/b',
  '[ -d src ]',
];

/** The same letters, written so that the shell reads them as before. */
const disguises: ((word: string) => string)[] = [
  (word) => word,
  (word) => `\\${word}`,
  (word) => `${word.slice(0, 1)}""${word.slice(1)}`,
  (word) => `'${word}'`,
  (word) => `"${word.slice(0, 1)}"${word.slice(1)}`,
  (word) => `$'${[...word].map((letter) => `\\x${letter.charCodeAt(0).toString(16)}`).join('')}'`,
  (word) => `${word.slice(0, 1)}\\\n${word.slice(1)}`,
];
const leaf = fc
  .tuple(fc.constantFrom(...forbidden), fc.constantFrom(...disguises))
  .map(([command, disguise]) => command.replace(/^\S+/, disguise));

/** Ways to put one command inside another text so that a shell may run it. */
const wrappers: ((inner: string, other: string) => string)[] = [
  (inner, other) => `${other}; ${inner}`,
  (inner, other) => `${inner}; ${other}`,
  (inner, other) => `${other} && ${inner}`,
  (inner, other) => `${other} || ${inner}`,
  (inner, other) => `${other} | ${inner}`,
  (inner, other) => `${other} & ${inner}`,
  (inner, other) => `${other}\n${inner}`,
  (inner, other) => `${other} # comment\n${inner}`,
  // The blanks matter: `$((` would begin a number.
  (inner) => ` (${inner}) `,
  (inner) => `{ ${inner}; }`,
  (inner) => `! ${inner}`,
  (inner) => `time ${inner}`,
  (inner) => `echo $(${inner})`,
  (inner) => `echo "a $(${inner}) b"`,
  (inner) => `x=$(${inner})`,
  (inner) => `cat <(${inner})`,
  (inner) => `if ${inner}; then ls; fi`,
  (inner) => `if ls; then ${inner}; fi`,
  (inner) => `if ls; then ls; elif ls; then ls; else ${inner}; fi`,
  (inner) => `while ls; do ${inner}; done`,
  (inner) => `until ${inner}; do ls; done`,
  (inner) => `for x in a b; do ${inner}; done`,
  (inner) => `for x in $(${inner}); do ls; done`,
  (inner) => `for ((i=0;i<1;i++)); do ${inner}; done`,
  (inner) => `case a in a) ${inner};; esac`,
  (inner) => `go_on() { ${inner}; }; go_on`,
  (inner) => `[[ -n $(${inner}) ]]`,
  (inner) => `echo $(( $(${inner}) + 1 ))`,
  (inner) => `cat <<END\n$(${inner})\nEND`,
  (inner) => `cat <<< "$(${inner})"`,
  (inner) => `echo \${x:-$(${inner})}`,
  (inner) => `a=(1 $(${inner}))`,
  (inner) => `{ ${inner}; } > out.txt 2>&1`,
  (inner) => `cd src && ${inner}`,
  (inner) => `sh -c '${inner.replaceAll("'", "'\\''")}'`,
  (inner) => `eval '${inner.replaceAll("'", "'\\''")}'`,
  (inner) => `trap '${inner.replaceAll("'", "'\\''")}' EXIT`,
];

const hidden = fc
  .tuple(leaf, fc.array(fc.tuple(fc.constantFrom(...wrappers), fc.constantFrom(...harmless)), { maxLength: 5 }))
  .map(([inner, layers]) => layers.reduce((text, [wrap, other]) => wrap(text, other), inner));

describe('a command made up at random', () => {
  test('is never allowed with a forbidden command anywhere in it', () => {
    fc.assert(
      fc.property(hidden, fc.constantFrom(...autonomies), (command, autonomy) => {
        expect(decide(command, autonomy)).toBe('ask');
      }),
      { numRuns: 3_000 },
    );
  });

  test('is allowed under auto when it is made of harmless ones, so that the test above can fail', () => {
    const plain = wrappers.filter((wrap) => !/cd src|trap|\$\(\( /.test(wrap('', '')));
    let allowed = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...harmless),
        fc.array(fc.tuple(fc.constantFrom(...plain), fc.constantFrom(...harmless)), { maxLength: 3 }),
        (inner, layers) => {
          if (decide(layers.reduce((text, [wrap, other]) => wrap(text, other), inner)) === 'allow') allowed += 1;
        },
      ),
      { numRuns: 500 },
    );
    expect(allowed).toBeGreaterThan(350);
  });

  test('of any letters gets an answer, never an exception', () => {
    const bits = fc.constantFrom(
      ...' \n\t;&|<>(){}[]$`\'"\\*?~#!=-./aAxé\u0000\u200b0'.split(''),
      '$(',
      '${',
      '<<',
      '((',
      '[[',
      'cd',
      'rm',
      'do',
      'for',
      'in',
      'eval',
      'git',
      'sed',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(bits, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...autonomies), (command, autonomy) => {
        expect(['allow', 'ask']).toContain(decide(command, autonomy));
      }),
      { numRuns: 5_000 },
    );
  });

  test('any tool with any input gets an answer, never an exception', () => {
    const tools = fc.oneof(
      fc.string(),
      fc.constantFrom('Read', 'Write', 'Glob', 'Bash', 'Grep', 'toString', '__proto__'),
    );
    fc.assert(
      fc.property(
        tools,
        fc.dictionary(fc.constantFrom('file_path', 'path', 'pattern', 'command', 'glob'), fc.anything()),
        (tool, input) => {
          const given = answerByAutonomy({ tool, input, blockedPath: null }, { ...grounds, autonomy: 'auto' });
          expect(['allow', 'ask']).toContain(given.decision);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
