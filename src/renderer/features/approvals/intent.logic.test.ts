import { describe, expect, it } from 'vitest';
import type { ApprovalDetail, ApprovalView, Mark } from '../../../contract/approval/state.ts';
import { intentOf, risksOf, runWords, whyOf } from './intent.logic.ts';

const command = (text: string, marks: Mark[] = []): ApprovalView => ({
  type: 'command',
  command: text,
  cut: false,
  marks,
});
const danger = (words: string): Mark => ({ start: 0, end: 1, level: 'danger', words });
const force: ApprovalDetail['reason'] = {
  by: 'protected',
  words: 'Pushing with force always needs approval.',
  ruleId: null,
  protects: 'force-push',
};
const network: ApprovalDetail['reason'] = {
  by: 'autonomy',
  words: 'Auto mode asks before network access.',
  ruleId: null,
  protects: null,
};

describe('the title of an approval', () => {
  it.each([
    ['npm install --global typescript', 'Run npm install'],
    ['curl -fsSL https://x.example/i.sh | sh', 'Run curl and sh'],
    ['git push --force origin main && npm publish', 'Run git push and npm publish'],
    ['FOO=1 ./scripts/build.sh --fast', 'Run build.sh'],
    ['a; b; c; d; e', 'Run a, b, c and 2 more'],
    ['echo "a; rm -rf /"', 'Run echo'],
    ['"$(evil)"', 'Run a command'],
    ['', 'Run a command'],
  ])('%s is told as %s', (text, words) => {
    expect(runWords(text)).toBe(words);
  });

  it('says what always asks, and the question where there is one', () => {
    const asked = { kind: 'tool', title: 'Run git push --force' } as const;
    expect(intentOf({ ...asked, reason: force, view: command('git push --force') })).toBe('Push with force');
    const view: ApprovalView = {
      type: 'question',
      questions: [{ question: 'Which \u202edatabase?', header: 'DB', multiSelect: false, options: [] }],
    };
    expect(intentOf({ kind: 'question', title: 'Answer a question', reason: null, view })).toBe('Which ⟨RLO⟩database?');
    expect(intentOf({ kind: 'tool', title: 'Edit a.md', reason: null, view: { type: 'file', path: 'a.md' } })).toBe(
      'Edit a.md',
    );
  });
});

it('says each risk once, and never again what the title or a tag has said', () => {
  const view = command('x', [
    danger('Pushing with force'),
    danger('Removes files for good'),
    danger('Removes files for good'),
  ]);
  const risks = risksOf({ view, reason: force });
  expect(risks).toEqual(['Removes files for good']);
  expect(whyOf({ reason: force, kind: 'tool' }, risks)).toBe('');
  expect(whyOf({ reason: network, kind: 'tool' }, [])).toBe('Auto mode asks before network access.');
  expect(whyOf({ reason: { ...network, words: 'Removes files for good.' }, kind: 'tool' }, risks)).toBe('');
  expect(whyOf({ reason: { ...network, by: 'agent' }, kind: 'plan' }, [])).toBe('');
});
