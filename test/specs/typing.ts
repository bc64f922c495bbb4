import type { CDPSession, Page } from 'playwright';
import { expect } from 'vitest';
import type { OpenWindow, WindowSpec } from './window-specs.ts';

/** Keys as Playwright names them, and what a program reads, as `cat -vt` writes it. */
const KEYS: Readonly<Record<string, string>> = {
  ArrowUp: '^[[A',
  ArrowDown: '^[[B',
  ArrowRight: '^[[C',
  ArrowLeft: '^[[D',
  Home: '^[[H',
  End: '^[[F',
  PageUp: '^[[5~',
  PageDown: '^[[6~',
  Insert: '^[[2~',
  Delete: '^[[3~',
  Backspace: '^?',
  Tab: '^I',
  'Shift+Tab': '^[[Z',
  Enter: '^M',
  Escape: '^[',
  F1: '^[OP',
  F2: '^[OQ',
  F3: '^[OR',
  F4: '^[OS',
  F5: '^[[15~',
  F6: '^[[17~',
  F7: '^[[18~',
  F8: '^[[19~',
  F9: '^[[20~',
  F10: '^[[21~',
  F11: '^[[23~',
  F12: '^[[24~',
  'Shift+F5': '^[[15;2~',
  'Control+F1': '^[[1;5P',
  'Shift+ArrowUp': '^[[1;2A',
  'Alt+ArrowDown': '^[[1;3B',
  'Control+ArrowLeft': '^[[1;5D',
  'Control+Shift+ArrowRight': '^[[1;6C',
  'Control+Home': '^[[1;5H',
  'Control+Delete': '^[[3;5~',
  'Control+Backspace': '^H',
  'Alt+Backspace': '^[^?',
  'Control+Space': '^@',
  'Control+[': '^[',
  'Control+]': '^]',
  'Control+\\': '^\\',
  'Alt+a': '^[a',
  'Alt+Shift+A': '^[A',
  'Alt+.': '^[.',
  'Alt+1': '^[1',
  // Those of the window, of browsers, and of a terminal's line.
  ...Object.fromEntries([...'abcdefghklnoprstuwxyz'].map((key) => [`Control+${key}`, `^${key.toUpperCase()}`])),
  ...Object.fromEntries([...'nbilocsrdefa?/,123'].map((key) => [key, key])),
};

/** As `cat -vt` writes text. */
function visible(text: string): string {
  const ofByte = (byte: number): string => {
    if (byte >= 128) return `M-${ofByte(byte - 128)}`;
    if (byte === 127) return '^?';
    return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
  };
  return [...new TextEncoder().encode(text)].map(ofByte).join('');
}

/** What is typed in other ways than by one key: what is done, and what a program reads. */
const OTHERS: readonly [name: string, act: (page: Page, cdp: CDPSession) => Promise<unknown>, reads: string][] = [
  // On a layout that has it at AltGr and Q: no modifier is told.
  ['AltGr', (_, cdp) => type(cdp, '@', 'KeyQ'), '@'],
  ['AltGr, not of ASCII', (_, cdp) => type(cdp, '€', 'KeyE'), visible('€')],
  ['a dead key', (page) => page.keyboard.insertText('é'), visible('é')],
  [
    'a composition',
    async (page, cdp) => {
      for (const text of ['n', 'に', 'にほ', 'にほん']) {
        await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      }
      await page.keyboard.insertText('日本');
    },
    visible('日本'),
  ],
  ['an emoji of several characters', (page) => page.keyboard.insertText('👩‍🚀'), visible('👩‍🚀')],
  ['what is pasted', (page) => paste(page, 'two\nlines'), '^[[200~two^Mlines^[[201~'],
];

async function type(cdp: CDPSession, key: string, code: string): Promise<void> {
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, text: key, unmodifiedText: key });
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
}

/** Ends what was read of one key. */
const MARK = '|';

export const typingSpec: WindowSpec = {
  name: 'gives every key to the program in a terminal, and none to the window',
  async run({ page, client, projectId }: OpenWindow) {
    const { id } = await client.terminals.open({ projectId });
    const read = async () => (await client.terminals.read({ terminalId: id, lines: 1000 })).text;
    await page.locator('body').press('Control+j');
    const terminal = page.getByRole('region', { name: 'Terminal “Terminal 1”' });
    await terminal.waitFor();
    await expect.poll(() => terminal.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    // Bracketed pasting as shells have it, and no key that the terminal reads itself.
    await page.keyboard.type("stty raw -echo; printf '\\033[?2004h'; printf 'read''y:'; cat -vt");
    await page.keyboard.press('Enter');
    await expect.poll(read, { timeout: 30_000 }).toContain('ready:');

    const cdp = await page.context().newCDPSession(page);
    for (const key of Object.keys(KEYS)) {
      await page.keyboard.press(key);
      await page.keyboard.type(MARK);
    }
    for (const [, act] of OTHERS) {
      await act(page, cdp);
      await page.keyboard.type(MARK);
    }
    await page.keyboard.type('end');
    await cdp.detach();
    await expect.poll(read, { timeout: 30_000 }).toMatch(/\|end$/);
    const names = [...Object.keys(KEYS), ...OTHERS.map(([name]) => name)];
    const got = (await read()).replace(/^[\s\S]*ready:/, '').split(MARK);
    expect(names.map((name, at) => [name, got[at]])).toEqual([
      ...Object.entries(KEYS),
      ...OTHERS.map(([name, , reads]) => [name, reads]),
    ]);
    expect(got.length).toBe(names.length + 1);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(new URL(page.url()).hash).toMatch(/^(?:#\/board)?$/);

    await page.keyboard.press('Control+j');
    await terminal.waitFor({ state: 'detached' });
    await client.terminals.close({ terminalId: id, force: true });
  },
};
