import type { ProjectSettings } from '../../src/contract/project/state.ts';
import type { RunEvent } from '../../src/contract/run/events.ts';
import type { LongText } from '../../src/contract/run/long-text.ts';
import { NO_USAGE } from '../../src/contract/run/usage.ts';
import type { TaskCommand } from '../../src/contract/task/commands.ts';
import { createApprovalsStore } from '../../src/core/approvals/approvals-store.ts';
import { createRules } from '../../src/core/approvals/rules/rules-store.ts';
import type { Clock } from '../../src/core/base/clock.ts';
import { openDatabase } from '../../src/core/db/open.ts';
import { createHub } from '../../src/core/log/hub.ts';
import { createLog } from '../../src/core/log/log.ts';
import { createOutputs } from '../../src/core/log/outputs.ts';
import { createTaskStore } from '../../src/core/tasks/store.ts';
import { must } from '../support/host.ts';
import { aNewTask } from '../support/task.ts';

const BEGIN = Date.UTC(2026, 10, 20, 9);
const PROJECT = 'p00000001';
const CLAUDE = 'a00000001';
const DEMO = 'a00000002';
const DRAFT = 'a00000003';
const DELETED = 'a00000004';
const ARCHIVED = 'a00000005';

/**
 * Fills an empty data folder with tasks that are over, in whose log every kind of event stands, as the agents of this
 * version write them. Everything in it is made up and the same every time.
 */
export function fillDataFolder(dataFolder: string): void {
  let now = BEGIN;
  const clock: Clock = {
    now: () => (now += 1000),
    timer: () => ({ restart() {}, pause() {}, resume() {}, cancel() {} }),
  };
  const { db, file, close } = must(openDatabase(dataFolder));
  const log = createLog(db);
  const approvals = createApprovalsStore(db);
  const store = createTaskStore({
    db,
    file,
    log,
    hub: createHub(log),
    clock,
    projections: [approvals, createOutputs(db, log)],
  });
  const rules = createRules({ db, home: '/home/sample', now: clock.now, changed: () => {} });
  const act = (taskId: string, ...commands: TaskCommand[]) => {
    for (const command of commands) must(store.dispatch(taskId, command));
  };
  const record = (taskId: string, ...events: Omission<RunEvent>[]) =>
    act(taskId, {
      type: 'run.record',
      runId: runOf(taskId),
      events: events.map((event) => ({ ...event, runId: runOf(taskId) }) as RunEvent),
    });
  const runOf = (taskId: string) => store.get(taskId)?.run?.id ?? '';
  try {
    db.prepare('INSERT INTO projects (id, name, path, trusted, settings, added_at) VALUES (?, ?, ?, 1, ?, ?)').run(
      PROJECT,
      'sample',
      '/home/sample/repository',
      JSON.stringify(SETTINGS),
      BEGIN,
    );
    for (const [pattern, decision] of [
      ['npm test*', 'allow'],
      ['curl*', 'deny'],
    ] as const)
      must(rules.add({ scope: { type: 'project', projectId: PROJECT }, tool: 'Bash', pattern, decision }));

    act(CLAUDE, {
      type: 'task.create',
      start: false,
      task: aNewTask(
        CLAUDE,
        {
          projectId: PROJECT,
          title: 'Add a health check',
          goal: 'Add a health check to the server.\n\nIt returns 200.',
          base: 'main',
          agent: { agent: 'claude', model: 'opus', effort: 'high' },
          autonomy: 'ask',
          checks: [['npm', 'test']],
          attachments: [
            {
              id: 'f00000001',
              name: 'notes.txt',
              bytes: 12,
              type: 'text/plain',
              path: '/home/sample/.drover/notes.txt',
            },
          ],
        },
        ['Write the route', 'Test it'],
      ),
    });
    act(
      CLAUDE,
      { type: 'task.edit', edit: { title: 'Add a health check route' } },
      { type: 'task.move', rank: 5 },
      {
        type: 'task.schedule',
        change: {
          priority: 'high',
          startAt: BEGIN,
          after: { taskIds: [DEMO], need: 'any', fromBranch: true },
        },
      },
      { type: 'task.start' },
      { type: 'run.start', sessionId: 'a4d8c0de-0000-4000-8000-000000000001' },
    );
    const runId = runOf(CLAUDE);
    const entry = { parent: null };
    record(
      CLAUDE,
      { type: 'phase.changed', phase: 'starting', words: 'Prepares the workspace.' },
      {
        type: 'workspace.requested',
        workspaceId: 'a00000001-1',
        branch: 'drover/add-a-health-check',
        path: '/home/sample/.drover/workspaces/one',
      },
      {
        type: 'workspace.ready',
        workspaceId: 'a00000001-1',
        path: '/home/sample/.drover/workspaces/one',
        branch: 'drover/add-a-health-check',
        baseCommit: '1'.repeat(40),
        reused: false,
      },
      {
        type: 'agent.started',
        process: { pid: 4242, startTime: '99' },
        program: '/usr/bin/claude',
        version: '2.1.329',
      },
      { type: 'session.started', sessionId: 'a4d8c0de-0000-4000-8000-000000000001', model: 'claude-opus' },
      { type: 'checkpoint.made', workspaceId: 'a00000001-1', turn: 0, kind: 'start', tree: '2'.repeat(40) },
      { type: 'turn.requested', turn: 1, kind: 'brief', prompt: text('Reach the goal.'), messageIds: [] },
      { type: 'phase.changed', phase: 'working', words: null },
      { type: 'entry.thinking', entryId: 't1', content: text('The route comes first.'), ...entry },
      { type: 'entry.typed', entryId: 'y1', content: text('Mind the tests.') },
      { type: 'entry.text', entryId: 'e1', content: text('I look at the **server** first.'), ...entry },
      ...CALLS.flatMap(([name, input, output], n): Omission<RunEvent>[] => [
        { type: 'tool.called', callId: `c${n}`, name, input: text(JSON.stringify(input)), ...entry },
        { type: 'tool.settled', callId: `c${n}`, ok: n !== 2, output: text(output), durationMs: 40 + n },
      ]),
      { type: 'tool.called', callId: 'sub', name: 'Grep', input: text('{"pattern":"listen"}'), parent: 'c7' },
      { type: 'tool.settled', callId: 'sub', ok: true, output: text('src/server.ts:3'), durationMs: null },
      { type: 'background.changed', work: [{ id: 'b1', kind: 'shell', description: 'npm run dev' }] },
      { type: 'stall.noticed', callId: 'c1', words: 'npm init waits for input.', tail: 'package name: ' },
      { type: 'stall.cleared', callId: 'c1' },
      { type: 'background.changed', work: [] },
      { type: 'notice.recorded', level: 'warning', code: 'api-retry', words: 'The service is overloaded.' },
    );
    const asked = (n: number, kind: 'tool' | 'plan' | 'question', tool: string, title: string, input: object) => ({
      type: 'approval.requested' as const,
      approvalId: `q0000000${n}`,
      callId: `a${n}`,
      kind,
      tool,
      title,
      input: text(JSON.stringify(input)),
      folder: '/home/sample/.drover/workspaces/one',
      reason: { by: 'autonomy' as const, words: 'Autonomy “ask” doesn’t allow this', ruleId: null, protects: null },
    });
    const decision = {
      by: 'user',
      from: 'window',
      scope: 'once',
      words: 'Allowed once',
      ruleId: null,
      edited: null,
    } as const;
    record(CLAUDE, asked(1, 'tool', 'Bash', 'Run npm install', { command: 'npm install', description: 'Install' }));
    act(CLAUDE, { type: 'approval.settle', approvalId: 'q00000001', decision: { ...decision, decision: 'allow' } });
    record(
      CLAUDE,
      asked(2, 'tool', 'Write', 'Write src/health.ts', { file_path: 'src/health.ts', content: 'one\ntwo\n' }),
    );
    act(CLAUDE, {
      type: 'approval.settle',
      approvalId: 'q00000002',
      decision: { ...decision, decision: 'deny', scope: null, words: 'Not there.' },
    });
    record(CLAUDE, asked(3, 'plan', 'ExitPlanMode', 'Review a plan', { plan: '# Plan\n\n1. Route\n2. Test' }));
    act(CLAUDE, {
      type: 'approval.settle',
      approvalId: 'q00000003',
      decision: { ...decision, decision: 'allow' },
      autonomy: 'edit',
    });
    const question = { question: 'Which path?', header: 'Path', multiSelect: false };
    const options = ['/health', '/up'].map((label) => ({ label, description: `Serve it at ${label}` }));
    record(
      CLAUDE,
      asked(4, 'question', 'AskUserQuestion', 'Answer a question', { questions: [{ ...question, options }] }),
    );
    act(CLAUDE, {
      type: 'approval.settle',
      approvalId: 'q00000004',
      decision: { ...decision, decision: 'allow', from: 'command-line' },
    });
    record(CLAUDE, {
      type: 'approval.settled',
      approvalId: 'q00000005',
      callId: 'c1',
      tool: 'Bash',
      title: 'Run npm test',
      input: text('{"command":"npm test"}'),
      decision: 'allow',
      by: 'rule',
      from: null,
      scope: null,
      words: 'A rule allows npm test.',
      ruleId: null,
      edited: null,
    });
    act(
      CLAUDE,
      { type: 'message.queue', id: 'm1', text: 'Use port 80.\nPlease.' },
      { type: 'message.edit', messageId: 'm1', text: 'Use port 8080.' },
      {
        type: 'message.queue',
        id: 'm2',
        text: 'Never mind.',
        attachments: [
          {
            id: 'f00000001',
            name: 'screen.png',
            bytes: 120,
            type: 'image/png',
            image: true,
            path: '/home/sample/attachments/f00000001/screen.png',
          },
        ],
      },
      { type: 'message.move', messageId: 'm2', before: 'm1' },
      { type: 'message.withdraw', messageId: 'm2' },
      { type: 'message.send' },
      { type: 'check.stop' },
      { type: 'item.add', text: 'Document it', check: ['npm', 'run', 'docs'], by: 'agent' },
      { type: 'item.note', itemId: '1', text: 'The route is /health.', by: 'agent' },
      { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' },
      { type: 'item.set', itemId: '2', status: 'blocked', reason: 'No test runner.', by: 'agent' },
    );
    const usage = { ...NO_USAGE, inputTokens: 1200, outputTokens: 340 };
    record(
      CLAUDE,
      { type: 'turn.settled', turn: 1, result: 'ok', error: null, usage, costUsd: 0.12, durationMs: 61_000 },
      {
        type: 'check.settled',
        command: ['npm', 'test'],
        itemId: null,
        ok: false,
        exitCode: 1,
        output: text('1 failing'),
        durationMs: 900,
      },
      { type: 'verdict.reached', turn: 1, decision: 'check', words: 'A check failed.', open: ['3'], retriesSpent: 1 },
      { type: 'turn.requested', turn: 2, kind: 'check-failed', prompt: text('The check failed.'), messageIds: ['m1'] },
      {
        type: 'turn.settled',
        turn: 2,
        result: 'error',
        error: { class: 'transient', code: 'overloaded', words: 'The service is overloaded.', hint: null },
        usage,
        costUsd: 0.01,
        durationMs: 2000,
      },
      { type: 'retry.scheduled', attempt: 1, delayMs: 2000, words: 'The service is overloaded.' },
      { type: 'session.hand-over-requested', to: 'person', now: true },
      { type: 'session.handed-over', to: 'person', sessionId: 'a4d8c0de-0000-4000-8000-000000000001' },
      { type: 'session.hand-over-requested', to: 'loop' },
      { type: 'session.handed-over', to: 'loop', sessionId: 'a4d8c0de-0000-4000-8000-000000000001' },
      { type: 'session.lost', sessionId: 'a4d8c0de-0000-4000-8000-000000000002', words: 'The session is gone.' },
      {
        type: 'verdict.reached',
        turn: 2,
        decision: 'blocked',
        words: 'An item is blocked.',
        open: ['2'],
        retriesSpent: 1,
      },
    );
    record(CLAUDE, { type: 'limit.exceeded', limit: 'maxMemory', used: 4.2e9, most: 4e9 });
    act(CLAUDE, {
      type: 'run.settle',
      runId,
      status: 'failed',
      outcome: { code: 'item-blocked', words: 'Item 2 is blocked: No test runner.', hint: 'Unblock it.' },
    });

    act(
      DEMO,
      {
        type: 'task.create',
        start: true,
        task: aNewTask(DEMO, { projectId: PROJECT, title: 'Show how it works', goal: 'demo: thorough' }),
      },
      { type: 'run.start', sessionId: 'demo-1' },
    );
    record(
      DEMO,
      { type: 'turn.requested', turn: 1, kind: 'brief', prompt: text('demo: thorough'), messageIds: [] },
      {
        type: 'tool.called',
        callId: 'd1',
        name: 'Write',
        input: text('{"file_path":"item-1.md","content":"Done"}'),
        ...entry,
      },
      { type: 'tool.settled', callId: 'd1', ok: true, output: text('Written.'), durationMs: 3 },
    );
    act(DEMO, { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' });
    record(DEMO, {
      type: 'turn.settled',
      turn: 1,
      result: 'ok',
      error: null,
      usage: NO_USAGE,
      costUsd: 0,
      durationMs: 100,
    });
    act(
      DEMO,
      {
        type: 'run.settle',
        runId: runOf(DEMO),
        status: 'completed',
        outcome: { code: 'all-items-completed', words: 'All items are completed.', hint: null },
      },
      {
        type: 'landing.request',
        landing: {
          ...{ kind: 'land', how: 'squash', onto: 'main', workspaceId: `${DEMO}-1` },
          ...{ from: 'a'.repeat(40), to: null, head: 'b'.repeat(40), checkout: null },
        },
      },
      { type: 'landing.prepare', no: 1, work: 'c'.repeat(40), to: 'd'.repeat(40) },
      { type: 'landing.settle', no: 1, result: 'done', words: '' },
      { type: 'task.accept', accepted: true },
    );

    const draft = (id: string, title: string): TaskCommand => ({
      type: 'task.create',
      start: false,
      task: aNewTask(id, { projectId: PROJECT, title, goal: title }),
    });
    act(DRAFT, draft(DRAFT, 'Think about caching'));
    act(DELETED, draft(DELETED, 'A mistake'), { type: 'task.delete', keepWorkspace: false, hasWorkspace: false });
    act(
      ARCHIVED,
      draft(ARCHIVED, 'Stopped before it ran'),
      { type: 'task.start' },
      { type: 'task.stop', by: 'user' },
      { type: 'task.archive', archived: true },
    );
    act(
      ARCHIVED,
      { type: 'task.archive', archived: false },
      { type: 'task.rerun' },
      { type: 'run.start', sessionId: 'demo-2' },
      { type: 'task.stop', by: 'user' },
      {
        type: 'run.settle',
        runId: `${ARCHIVED}.1`,
        status: 'cancelled',
        outcome: { code: 'by-user', words: 'Stopped.', hint: null },
      },
      { type: 'task.archive', archived: true },
      { type: 'leftover.remove', what: 'workspace', name: `${ARCHIVED}-1`, bytes: 1_234_567, by: 'drover' },
      { type: 'leftover.remove', what: 'outputs', name: '', bytes: 65_536, by: 'user' },
    );
  } finally {
    close();
  }
}

/** Calls of tools as Claude Code names them, with their input and output. */
const CALLS: readonly [name: string, input: object, output: string][] = [
  ['Read', { file_path: '/home/sample/.drover/workspaces/one/src/server.ts' }, 'import http'],
  ['Bash', { command: 'npm test', description: 'Run the tests' }, '3 passing'],
  ['Edit', { file_path: 'src/server.ts', old_string: 'old', new_string: 'new' }, 'No such text.'],
  ['Write', { file_path: 'src/health.ts', content: 'export {};\n' }, 'File created.'],
  ['Glob', { pattern: '**/*.ts' }, 'src/server.ts'],
  ['WebFetch', { url: 'https://example.invalid/docs', prompt: 'What is it?' }, 'A page.'],
  ['mcp__drover__item_set', { item: '1', status: 'completed' }, 'Item 1 is completed.'],
  ['Task', { description: 'Look around', prompt: 'Find the server.', subagent_type: 'Explore' }, 'Found.'],
  ['TodoWrite', { todos: [{ content: 'Route', status: 'pending', activeForm: 'Writing' }] }, 'Kept.'],
  ['mcp__github__create_issue', { title: 'Health' }, 'Created.'],
  ['NotebookEdit', { notebook_path: 'a.ipynb', new_source: 'x = 1' }, 'Edited.'],
  ['WebSearch', { query: 'health check' }, 'Results.'],
];

const SETTINGS: ProjectSettings = {
  setup: [['npm', 'ci']],
  copy: ['.env'],
  submodules: false,
  checks: [['npm', 'run', 'lint']],
  branchPrefix: 'drover/',
  quiet: true,
  lifted: ['git-config'],
  programs: { claude: ['claude', '--verbose'] },
};

const text = (value: string): LongText => ({ text: value, bytes: Buffer.byteLength(value), blob: null });

type Omission<E> = E extends unknown ? Omit<E, 'runId'> : never;
