import { expect, it } from 'vitest';
import type { Leftover } from '../../../contract/clean-up/state.ts';
import {
  aboutLeftover,
  keyOf,
  selectedAtFirst,
  sizeOfLeftover,
  sumOf,
  useOfProjects,
  withSizes,
} from './clean-up.logic.ts';

const NOW = Date.UTC(2026, 10, 30);
const DAY = 24 * 60 * 60 * 1000;
const WORKSPACE: Leftover = {
  kind: 'workspace',
  id: 'a00000001-1',
  taskId: 'a00000001',
  projectId: 'p00000001',
  title: 'Fix it',
  name: 'drover/fix-it',
  lastChange: NOW - 12 * DAY,
  bytes: null,
  terminals: 0,
  stays: null,
};
const OUTPUTS: Leftover = { ...WORKSPACE, kind: 'outputs', id: 'a00000001', name: '', bytes: 3000 };
const OPEN: Leftover = {
  ...WORKSPACE,
  id: 'a00000002-1',
  projectId: 'p00000002',
  stays: { why: 'unmerged', count: 2, named: '' },
};

it('selects the workspaces that may go, and never what is nowhere else or stays', () => {
  expect([...selectedAtFirst([WORKSPACE, OUTPUTS, OPEN])]).toEqual([keyOf(WORKSPACE)]);
});

it('gives each its size as it is measured, and keeps what only the look through all files tells', () => {
  const inner = { why: 'inner', count: 0, named: 'vendor/x' } as const;
  const sizes = new Map([
    [WORKSPACE.id, { bytes: 1000, complete: false, stays: inner }],
    [OPEN.id, { bytes: 500, complete: true, stays: null }],
  ]);
  const measured = withSizes([WORKSPACE, OUTPUTS, OPEN], sizes);
  expect(measured.map(({ bytes, stays }) => [bytes, stays?.why ?? null])).toEqual([
    [1000, 'inner'],
    [3000, null],
    [500, 'unmerged'],
  ]);
  expect(measured.map(sizeOfLeftover)).toEqual(['at least 1.0 kB', '3.0 kB', '500 bytes']);
  expect(withSizes([WORKSPACE], new Map()).map(sizeOfLeftover)).toEqual(['measuring…']);
  expect(sumOf(measured)).toBe(4500);
  expect(useOfProjects(measured, (id) => id)).toEqual([
    { name: 'p00000001', bytes: 4000 },
    { name: 'p00000002', bytes: 500 },
  ]);
});

it('says what it is, what goes with it, and for how long nobody has touched its task', () => {
  expect(aboutLeftover({ ...WORKSPACE, terminals: 2 }, NOW)).toBe(
    'Workspace drover/fix-it · with 2 closed terminals · unchanged for 12 d',
  );
  expect(aboutLeftover({ ...OUTPUTS, lastChange: null }, NOW)).toBe('Outputs');
});
