import { expect, it } from 'vitest';
import { approvalAddress, NEW_TASK_ADDRESS, taskAddress } from '../../contract/desktop.ts';
import { isFolderRequest, isHeight, isPlace } from './page-call-shapes.ts';

it.each([NEW_TASK_ADDRESS, taskAddress('a12345678'), approvalAddress('q12345678'), '#/tasks/a12345678/wide', '#/'])(
  '%s is a place in the board',
  (address) => {
    expect(isPlace(address)).toBe(true);
  },
);

it.each([
  'https://example.invalid/',
  '//example.invalid',
  'javascript:alert(1)',
  '#x',
  '#/a\nb',
  '#/<b>',
  `#/${'x'.repeat(300)}`,
  null,
  7,
  ['#/'],
  { toString: () => '#/' },
])('%j is none', (address) => {
  expect(isPlace(address)).toBe(false);
});

it('a height is a number that a page can have', () => {
  expect([1, 240.5, 10_000].every(isHeight)).toBe(true);
  for (const odd of [0, -5, Number.NaN, Number.POSITIVE_INFINITY, 10_001, '240', null, undefined, [240]]) {
    expect(isHeight(odd)).toBe(false);
  }
});

it('what is opened is a workspace by its id, or the data folder', () => {
  const workspace = { what: 'workspace', workspaceId: 'a3k9x02bq-1', in: 'editor' };
  const terminal = { what: 'terminal', terminalId: 'k3k9x02bq', path: 'src/a.ts' };
  expect(
    [
      workspace,
      { ...workspace, in: 'files' },
      { ...workspace, path: 'a/b' },
      { what: 'data' },
      terminal,
      { ...terminal, line: 3, column: 7 },
    ].every(isFolderRequest),
  ).toBe(true);
  const odd = [
    null,
    'data',
    { what: 'folder', folder: '/etc' },
    { ...workspace, workspaceId: '/etc' },
    { ...workspace, workspaceId: '../a3k9x02bq-1' },
    { ...workspace, workspaceId: ['a3k9x02bq-1'] },
    { ...workspace, in: 'shell' },
    { ...workspace, path: ['a'] },
    { ...workspace, path: '' },
    { what: 'workspace', in: 'editor' },
    { ...terminal, terminalId: '../k3k9x02bq' },
    { ...terminal, path: undefined },
    { ...terminal, line: '3' },
    { ...terminal, line: 0 },
    { ...terminal, column: 1.5 },
  ];
  expect(odd.filter(isFolderRequest)).toEqual([]);
});
