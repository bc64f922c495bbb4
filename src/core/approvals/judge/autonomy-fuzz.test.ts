import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claudeCall } from '../../../../test/support/claude-call.ts';
import { disguises, shellBits, wrappers } from '../../../../test/support/shell-fuzz.ts';
import type { Autonomy } from '../../../contract/agent/state.ts';
import { AGENT_FILES } from '../../backends/known-agents.ts';
import { answerByAutonomy } from './autonomy.ts';

const grounds = {
  workspace: '/home/user/.local/share/drover/workspaces/one',
  dataFolder: '/home/user/.local/share/drover',
  home: '/home/user',
  agents: AGENT_FILES,
  realpath: () => null,
};
const autonomies: Autonomy[] = ['plan', 'ask', 'edit', 'auto'];
const decide = (command: string, autonomy: Autonomy = 'auto') =>
  answerByAutonomy(claudeCall('Bash', { command }), { ...grounds, autonomy }).decision;

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

const leaf = fc
  .tuple(fc.constantFrom(...forbidden), fc.constantFrom(...disguises))
  .map(([command, disguise]) => command.replace(/^\S+/, disguise));

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
    const bits = fc.constantFrom(...shellBits);
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
          const given = answerByAutonomy(claudeCall(tool, input), { ...grounds, autonomy: 'auto' });
          expect(['allow', 'ask']).toContain(given.decision);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
