import type { TaskSummary } from '../../../src/contract/task/state.ts';
import { aSummary } from '../../../test/support/summary.ts';

const MINUTE = 60_000;
const now = Date.now();
const before = (minutes: number) => now - minutes * MINUTE;

/** A card of each kind: what runs, asks, is blocked, finished, failed and waits. */
export const CARDS: readonly TaskSummary[] = [
  aSummary('a00000001', {
    title: 'Add a dark theme to the settings page',
    status: 'running',
    phase: 'working',
    currentItem: 'Move the colours into variables',
    items: { total: 3, completed: 1, blocked: 0 },
    startedAt: before(2),
    updatedAt: now,
  }),
  aSummary('a00000002', {
    title: 'Prepare the release',
    status: 'running',
    phase: 'waiting',
    phaseWords: 'Run npm publish',
    approvals: 1,
    items: { total: 2, completed: 1, blocked: 0 },
    startedAt: before(9),
    updatedAt: before(1),
  }),
  aSummary('a00000003', {
    title: 'Publish the package',
    status: 'failed',
    outcome: { code: 'item-blocked', words: 'The registry asks for a password.', hint: null },
    items: { total: 2, completed: 0, blocked: 1 },
    updatedAt: before(20),
  }),
  aSummary('a00000004', {
    title: 'Fix the date picker in February',
    status: 'completed',
    size: { files: 3, insertions: 120, deletions: 4 },
    items: { total: 4, completed: 4, blocked: 0 },
    updatedAt: before(45),
  }),
  aSummary('a00000005', {
    title: 'Split the server in two',
    status: 'failed',
    outcome: { code: 'backend-error', words: 'The agent is not signed in.', hint: null },
    updatedAt: before(90),
  }),
  aSummary('a00000006', {
    title: 'Measure how long the start takes',
    status: 'queued',
    waiting: { for: 'slot', words: 'Waits for a slot' },
    updatedAt: before(300),
  }),
];

export const BEFORE = 'export const theme = {\n  text: "#191d21",\n  ground: "#ffffff",\n};\n';
export const AFTER = 'export const theme = {\n  text: "var(--text)",\n  ground: "var(--ground)",\n};\n';
export const REPORT =
  'The settings page follows the system now.\n\n- Colours are variables, see `theme.ts`\n- The choice is kept\n\n```ts\nexport const scheme = stored ?? "auto";\n```';
