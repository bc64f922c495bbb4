import { expect, test } from 'vitest';
import { createShownChecks, shownCheck } from './shown-checks.ts';

const TASK = 'a00000001';

test.each([
  ["drover item add more --check 'touch made'", 'touch made'],
  [`drover item add 'more work' --check "touch made"`, 'touch made'],
  ["drover item add --check='npm  test' more", 'npm test'],
  [`drover item add ${TASK} more --check make`, 'make'],
  [`drover item add more --check 'sh -c '\\''a $b'\\'''`, `sh -c 'a $b'`],
])('%s shows its check', (command, check) => expect(shownCheck(command, TASK)).toBe(check));

test.each([
  // Another task's.
  "drover item add a00000002 more --check 'touch made'",
  "drover item add --task a00000002 more --check 'touch made'",
  // Which of them would count is nothing that a person sees.
  "drover item add more --check 'touch a' --check 'touch b'",
  "drover item add more --check='touch a' --check='touch b'",
  // The shell makes something else of it.
  'drover item add more --check "touch $MADE"',
  'drover item add more --check "touch `made`"',
  'drover item add more --check "touch \\"made\\""',
  'drover item add more --check $CHECK',
  'drover item add more --check touch*',
  "drover item add more\n--check 'touch made'",
  "drover item add 'more\u202e' --check 'touch made'",
  // More than one command, another one, or not a plain one.
  "cd sub && drover item add more --check 'touch made'",
  "drover item add more --check 'touch made' > out",
  "PATH=. drover item add more --check 'touch made'",
  "./drover item add more --check 'touch made'",
  "drover --data other item add more --check 'touch made'",
  "drover item add --data other more --check 'touch made'",
  "drover item add -- more --check 'touch made'",
  "drover item note 1 more --check 'touch made'",
  "drover item add more --check 'touch made; rm -r x'",
  "drover item add more --check ''",
  'drover item add more --check',
  'drover item add more',
  "echo drover item add more --check 'touch made'",
  undefined,
])('%s shows none', (command) => expect(shownCheck(command, TASK)).toBe(null));

test('what a person has allowed counts once, and for nothing else', () => {
  const checks = createShownChecks(TASK);
  checks.allowed("drover item add more --check 'touch made'");
  expect(checks.take('touch other')).toBe(false);
  expect(checks.take('touch made')).toBe(true);
  expect(checks.take('touch made')).toBe(false);
});
