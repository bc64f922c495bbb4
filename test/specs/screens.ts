import type { Page } from 'playwright';
import type { Shown } from './fill.ts';

/** What a picture is made of. */
export interface Screen {
  readonly name: string;
  /** The address. */
  readonly hash: (shown: Shown) => string;
  /** It is there when this is. */
  readonly ready: string;
  /** What is done there before the picture. */
  readonly act?: (page: Page) => Promise<void>;
}

const titled = (title: string) => `[aria-label^="Task"] h2:visible:has-text("${title}")`;
const DONE = titled('Add a dark theme');

const tab = (name: string, then?: (page: Page) => Promise<void>): Screen => ({
  name: `task-${name.toLowerCase()}`,
  hash: ({ done }) => `#/tasks/${done}`,
  ready: DONE,
  async act(page) {
    await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    await then?.(page);
  },
});

/** In an order in which none leaves anything behind for the next. */
export const SCREENS: readonly Screen[] = [
  { name: 'board', hash: () => '#/board', ready: '[data-task]' },
  { name: 'list', hash: () => '#/list', ready: 'table [data-task]' },
  // Back to the board, which is what stands beside a task.
  {
    name: 'palette',
    hash: () => '#/board',
    ready: '[data-task]',
    async act(page) {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'approvals', hash: ({ approval }) => `#/needs-you/${approval}`, ready: 'article h2' },
  { name: 'rules', hash: () => '#/settings/rules', ready: 'table' },
  { name: 'audit', hash: () => '#/settings/audit', ready: 'section li' },
  { name: 'task-asks', hash: ({ asking }) => `#/tasks/${asking}`, ready: 'article h2' },
  { name: 'task-stall', hash: ({ waiting }) => `#/tasks/${waiting}`, ready: '[aria-label^="Waiting for input"]' },
  { name: 'task', hash: ({ done }) => `#/tasks/${done}`, ready: DONE },
  tab('Checklist'),
  tab('Changes', (page) => page.getByText('Done by the demo agent.').first().waitFor()),
  tab('Log'),
  tab('Details'),
  {
    name: 'delete',
    hash: ({ done }) => `#/tasks/${done}`,
    ready: DONE,
    async act(page) {
      await page.keyboard.press('Delete');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'settings', hash: () => '#/settings', ready: 'h1:has-text("Settings")' },
  { name: 'new-task', hash: () => '#/new', ready: '[role=dialog] textarea' },
];

const section = (name: string, title: string): Screen => ({
  name: `settings-${name}`,
  hash: () => `#/settings/${name}`,
  ready: `h2:visible:has-text("${title}")`,
});

/** What is looked at by programs alone. */
export const MORE_SCREENS: readonly Screen[] = [
  section('appearance', 'Appearance'),
  section('agents', 'Agents'),
  section('notifications', 'Notifications'),
  section('shortcuts', 'Keyboard shortcuts'),
  section('data', 'Data'),
  section('about', 'About'),
  section('licences', 'Open-source licences'),
  section('projects', 'Projects'),
  {
    name: 'project',
    hash: () => '#/settings/projects',
    ready: 'h2:visible:has-text("Projects")',
    act: (page) => page.locator('section button', { hasText: 'sample' }).last().click(),
  },
  {
    name: 'test-rules',
    hash: () => '#/settings/rules',
    ready: 'table',
    async act(page) {
      await page.getByRole('button', { name: /^Test/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'welcome', hash: () => '#/welcome', ready: 'h1:has-text("Welcome")' },
  {
    name: 'help',
    hash: () => '#/board',
    ready: '[data-task]',
    async act(page) {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'task-blocked', hash: ({ blocked }) => `#/tasks/${blocked}`, ready: titled('Publish the package') },
  {
    name: 'task-menu',
    hash: ({ done }) => `#/tasks/${done}`,
    ready: DONE,
    async act(page) {
      await page
        .getByRole('button', { name: /^More actions/ })
        .first()
        .click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'approvals-always',
    hash: ({ edit }) => `#/needs-you/${edit}`,
    ready: 'article:has-text("Write the guide")',
    async act(page) {
      await page.getByRole('button', { name: /^More ways .*allow/ }).click();
      await page.getByRole('menuitem', { name: /^Always in this project/ }).click();
      await page.getByRole('button', { name: /^Save rule/ }).waitFor();
    },
  },
  {
    name: 'task-asks-deny',
    hash: ({ asking }) => `#/tasks/${asking}`,
    ready: titled('Prepare the release'),
    async act(page) {
      await page.getByRole('button', { name: /^Deny/ }).first().click();
      await page.getByRole('textbox', { name: /^Message for the agent/ }).waitFor();
    },
  },
];

/** The small windows of the desktop app, in light and dark. */
export const SMALL_WINDOWS = [
  { name: 'pop-up', hash: '#/pop-up', width: 440, height: 360, ready: 'article h2' },
  { name: 'capture', hash: '#/capture', width: 560, height: 240, ready: 'textarea' },
] as const;
