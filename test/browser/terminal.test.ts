import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { inTerminal, runIn, shows, terminalIn, withSpokenTerminals } from './terminal-page.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

describeInBrowser('terminals in the window', () => {
  const home = useHome(createWindowHome);

  /** A page with a task that has a workspace, at its terminals. */
  async function open(options: { width?: number; height?: number } = {}) {
    const { id } = await home.client.tasks.create({
      projectId: home.projectId,
      goal: 'Look around\n\ndemo: instant',
      items: [{ text: 'One thing' }],
      agent: { agent: 'demo' },
      start: true,
    });
    await until(async () => (await home.client.tasks.get({ taskId: id })).task.status === 'completed', 'the end');
    const opened = await home.open({ hash: `#/tasks/${id}`, ...options });
    await withSpokenTerminals(opened.page);
    await opened.page.getByRole('tab', { name: 'Terminal', exact: true }).click();
    return { ...opened, taskId: id };
  }
  /** Opens a terminal by keyboard, and waits for its prompt. */
  async function openTerminal(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Open a terminal' }).press('Enter');
    await inTerminal(page);
    await shows(page, /[$#%>]/);
  }
  const actions = (page: Page) => page.getByRole('button', { name: /^Actions for “/ });
  const act = async (page: Page, name: string) => {
    await actions(page).click();
    await page.getByRole('menuitem', { name }).click();
  };

  it('take every key while they have the focus, and are as they were in a second page and after a reload', async () => {
    const { page, problems, taskId } = await open();
    await openTerminal(page);
    await runIn(page, 'echo "here: $(basename "$PWD")" $((40 + 2))');
    await shows(page, /here: \S+ 42/);
    // Letters that are keys of the window everywhere else.
    await page.keyboard.type('echo n?b,1/');
    await shows(page, /echo n\?b,1\//);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.getByRole('tab', { name: 'Terminal', exact: true }).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Control+Shift+Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tab');

    const second = await home.open({ hash: `#/tasks/${taskId}` });
    await withSpokenTerminals(second.page);
    await second.page.getByRole('tab', { name: 'Terminal', exact: true }).click();
    await inTerminal(second.page);
    await shows(second.page, /here: \S+ 42[\s\S]*echo n\?b,1\//);
    await second.page.keyboard.press('Enter');
    await shows(page, /\nn\?b,1\//);

    await page.reload();
    await page.getByRole('tab', { name: 'Terminal', exact: true }).click();
    await inTerminal(page);
    await shows(page, /here: \S+ 42[\s\S]*\nn\?b,1\//);
    await runIn(page, 'echo "still $((6 * 7))"');
    await shows(page, /still 42/);
    expect([...problems, ...second.problems]).toEqual([]);
  });

  it('ask before they end what runs in them, and say when their shell has ended', async () => {
    const { page, problems } = await open({ width: 900, height: 600 });
    await openTerminal(page);
    await runIn(page, 'cat');
    await page.keyboard.type('first');
    await page.keyboard.press('Enter');
    await shows(page, /first\s+first/);
    await act(page, 'Close');
    await page
      .getByRole('dialog')
      .getByText(/cat runs in the terminal/)
      .waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // Not bracketed: each line would be one to the program.
    await terminalIn(page).click();
    await inTerminal(page);
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'two\nlines');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await page.getByRole('dialog', { name: 'Paste 2 lines?' }).waitFor();
    await page.getByRole('button', { name: 'Paste', exact: true }).click();
    await shows(page, /lines/);
    await inTerminal(page);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+D');
    await runIn(page, 'exit 3');
    await page.getByText('The shell has ended with exit code 3.').waitFor();
    await page.getByRole('button', { name: 'Restart' }).click();
    await page.getByText('The shell has ended').waitFor({ state: 'detached' });
    await act(page, 'Rename…');
    await page.getByRole('textbox', { name: 'Name' }).fill('Looking');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Looking' }).waitFor();
    expect(await seriousInForms(page, FORMS.utmost)).toEqual([]);
    await act(page, 'Close');
    await page.getByText('No terminal is open here').waitFor();
    expect(problems).toEqual([]);
  });

  it('let no program write the clipboard, open a page or choose where a link leads unseen', async () => {
    const { page, problems } = await open();
    await openTerminal(page);
    await page.evaluate(() => {
      const written: string[] = [];
      Object.assign(window, { written });
      navigator.clipboard.writeText = async (text) => void written.push(text);
      window.open = (address) => {
        written.push(String(address));
        return null;
      };
    });
    await runIn(
      page,
      "printf '\\033]52;c;c3RvbGVu\\007\\033]0;<b>title\\007\\033]8;;javascript:alert(1)\\007click\\033]8;;\\007 e''nd\\n'",
    );
    await shows(page, /click end/);
    await runIn(page, "printf '\\033[c\\033[6n'; echo q''uiet");
    await shows(page, /quiet/);
    expect(await page.evaluate(() => (window as unknown as { written: string[] }).written)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('make links of files of the workspace, and of no others, which ask before they open', async () => {
    const { page, problems, taskId } = await open();
    await home.client.settings.set({ key: 'desktop.editor', value: ['/bin/true'] });
    await openTerminal(page);
    await runIn(page, 'echo 1 > here.txt; ln -s /etc/hostname out.txt; clear');
    const words = './here.txt:12:3 out.txt:1 gone.txt:1 /etc/hostname:1';
    await runIn(page, `printf '%s\\n' '${words}' 'e''nd'`);
    await shows(page, /end/);
    const rows = page.locator('.xterm-accessibility-tree > *');
    const row = (await rows.allInnerTexts()).findIndex((text) => text.startsWith(words));
    expect(row).not.toBe(-1);
    const cells = await page.locator('.xterm-screen').boundingBox();
    const [size] = (await home.client.terminals.list({ taskId })).map((one) => one.size);
    if (cells === null || size === undefined) throw new Error('There is no terminal in sight.');
    const placeOf = (text: string): [number, number] => [
      cells.x + (cells.width / size.cols) * (words.indexOf(text) + 2.5),
      cells.y + (cells.height / size.rows) * (row + 0.5),
    ];
    const isLink = () => page.locator('.xterm-cursor-pointer').count();
    await page.mouse.move(...placeOf('./here'));
    await expect.poll(isLink).toBe(1);
    for (const text of ['out.txt', 'gone.txt', '/etc']) {
      await page.mouse.move(...placeOf(text));
      await expect.poll(isLink).toBe(0);
      await page.mouse.click(...placeOf(text));
    }
    await page.mouse.click(...placeOf('./here'));
    const dialog = page.getByRole('dialog', { name: 'Open this file?' });
    await dialog.getByText('./here.txt:12', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Open in editor' }).click();
    // There may be no screen where this is tested.
    await page.getByText(/Opened .*here\.txt in true|Drover has no screen here/).waitFor();
    expect(problems).toEqual([]);
  });
});
