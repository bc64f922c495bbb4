import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../../../test/support/cpu-time.ts';
import { lastLines, questionIn } from './question.ts';

const ESC = '\u001b';

describe('a question', () => {
  it.each([
    // yes or no
    ['rm: remove write-protected regular file "a"? (y/n) '],
    ['Do you want to continue? [Y/n] '],
    ['The following packages will be installed:\n  foo bar\nDo you want to continue? [Y/n] '],
    ['Overwrite existing file? [y/N]: '],
    ['Proceed (Y/n)? '],
    ['Proceed with the installation? (yes/no)'],
    ['Are you sure you want to continue connecting (yes/no/[fingerprint])? '],
    ['Terraform will perform these actions.\n  Only "yes" will be accepted to approve.\n\n  Enter a value: '],
    ['? Is this OK? (yes) '],
    ['Is this OK? (yes) '],
    ['[y/n/q/a/d/e/?] '],
    ['Stage this hunk [y,n,q,a,d,e,?]? '],
    ['(Y)es (N)o: '],
    ['Really delete?\n'],
    ['Need to install the following packages:\ncreate-vite@5.0.0\nOk to proceed? (y) '],
    ['Would you like to install it now?\n'],
    ['Delete branch? y/n'],
    // secrets
    ['Password: '],
    ['[sudo] password for me: '],
    ["Password for 'https://me@example.org': "],
    ["Enter passphrase for key '/home/me/.ssh/id_ed25519': "],
    ['Enter PEM pass phrase:'],
    ["me@example.org's password: "],
    ['Verification code: '],
    ['Enter your API key: '],
    ['Enter OTP:'],
    ['npm notice Publishing to the registry\nThis operation requires a one-time password.\nEnter one-time password: '],
    // names
    ["Username for 'https://example.org': "],
    ['Username: '],
    ['login: '],
    ['Email: (this IS public) \nEmail address: '],
    ['package name: (sample) \nversion: (1.0.0) \ndescription: '],
    // pickers
    ['? Select a framework: › - Use arrow-keys. Return to submit.\n❯   Vanilla\n    Vue\n    React\n'],
    ['? Pick a preset: (Use arrow keys)\n❯ Default\n  Manual\n'],
    ['◆  Which template?\n│  ● Basic\n│  ○ Blank\n└\n'],
    ['Select a region:\n  1) eu\n  2) us\nEnter a number: '],
    ['Please choose one of:\n 1. a\n 2. b\nYour choice [1-2]: '],
    ['Make a selection (1-3): '],
    // keys and pagers
    ['Press ENTER to continue'],
    ['Press any key to exit . . .'],
    ['Hit Enter to accept\n'],
    ['Press [Enter] to continue or Ctrl-c to cancel.'],
    ['line 1\nline 2\n--More--(45%)'],
    ['commit abc\n(END)'],
    // interpreters
    ['Python 3.12.1\nType "help" for more information.\n>>> '],
    ['>>> def f():\n... '],
    ['Welcome to Node.js v24.\n> '],
    ['mysql> '],
    ['postgres=# '],
    ['sqlite> '],
    ['(gdb) '],
    ['(Pdb) '],
    ['In [3]: '],
    ['irb(main):001:0> '],
    // editors
    ['hint: Waiting for your editor to close the file... '],
    ['  GNU nano 7.2    COMMIT_EDITMSG\n\n\n^G Help  ^O Write Out\n'],
    [`${ESC}[?1049h# Please enter the commit message\n~\n~\n~\n~\n".git/COMMIT_EDITMSG" 5L, 120B`],
    ['text\n-- INSERT --'],
    // with colours, overwritten lines and hints below the question
    [`${ESC}[32m?${ESC}[39m ${ESC}[1mProceed?${ESC}[22m ${ESC}[2m(Y/n)${ESC}[22m `],
    ['Loading 10%\rLoading 100%\rContinue? [y/N] '],
    ['Continue? (y/n)\n  y - yes\n  n - no\n\n'],
    ['What should the project be called? '],
    ['Where to? [here] '],
  ])('%j', (output) => {
    expect(questionIn(output)).not.toBeNull();
  });

  it('is answered as the line that asks', () => {
    expect(questionIn('Reading lists\nDo you want to continue? [Y/n] ')).toBe('Do you want to continue? [Y/n]');
    expect(questionIn('Continue? (y/n)\n  y - yes\n  n - no\n')).toBe('Continue? (y/n)');
  });
});

describe('no question', () => {
  it.each([
    [''],
    ['\n\n'],
    ['   Compiling serde v1.0.200\n   Compiling drover v0.1.0\n'],
    ['> sample@1.0.0 build\n> vite build\n\ntransforming (120) src/main.ts'],
    ['npm warn deprecated foo@1.0.0\nadded 120 packages in 4s\n'],
    ['[3/5] Linking dependencies...\n'],
    ['Downloading model: 45%'],
    ['Downloading model: 45%\rDownloading model: 46%'],
    ['test result: ok. 12 passed; 0 failed\n'],
    ['error[E0425]: cannot find value `x`\nhelp: did you mean `y`?\n'],
    ['warning: unused variable; did you mean to use it?\n'],
    ['collected 120 items\n\ntests/test_a.py ......'],
    ['Step 4/9 : RUN npm ci\n ---> Running in 3f1c\n'],
    ['make[1]: Entering directory "/src/lib"\ngcc -O2 -c a.c\n'],
    ['Server listening on http://127.0.0.1:3000/\n'],
    ['Building:\n'],
    ['Files changed:\n'],
    ['INFO checking whether to continue\n'],
    ['Cloning into "sample"...\nReceiving objects:  42% (120/284)'],
    ['Continue? (y/n) y\nCompiling the world\n'],
    ['Overwrite? [y/N]\nSkipped.\nBuilding'],
    [`${'x'.repeat(5000)}?`],
    ['yes/no handling is tested elsewhere\nok 12 handles yes answers\n'.replace('yes/no', 'answer')],
  ])('%j', (output) => {
    expect(questionIn(output)).toBeNull();
  });
});

it('reads the lines as they stand on the screen', () => {
  expect(lastLines(`a\r\nb 1%\rb 2%\n${ESC}[1mc${ESC}[0m\n\n`)).toEqual(['a', 'b 2%', 'c']);
});

it('is quick with what is hostile', () => {
  const started = cpuMs();
  for (const piece of ['(', '[y/', 'press ', '? ', '❯ ', 'a:', ' y/n']) questionIn(piece.repeat(4000));
  questionIn(`${'[y/n '.repeat(60)}\n`.repeat(12));
  expect(cpuMs() - started).toBeLessThan(500);
});
