import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { Agent, Capabilities } from '../../src/contract/agent/state.ts';
import { api } from '../../src/contract/api.ts';
import type { Surface } from '../../src/contract/approval/state.ts';
import type { Attachment } from '../../src/contract/attachment/state.ts';
import type { Checkpoint } from '../../src/contract/checkpoint/state.ts';
import type { Leftover } from '../../src/contract/clean-up/state.ts';
import type { LandingHow, LandingPreview } from '../../src/contract/landing/state.ts';
import type { LoggedPause } from '../../src/contract/pause/state.ts';
import type { Branch, Project, ProjectDetail } from '../../src/contract/project/state.ts';
import type { Rejection } from '../../src/contract/rejection.ts';
import type { SettingEntry } from '../../src/contract/settings/state.ts';
import type { StreamMessage } from '../../src/contract/stream/state.ts';
import { summarize } from '../../src/contract/task/derive.ts';
import type { LoggedEvent, TaskEvent } from '../../src/contract/task/events.ts';
import { fold } from '../../src/contract/task/fold.ts';
import { rescheduled } from '../../src/contract/task/reschedule.ts';
import type { ChangedTask, Item, Task } from '../../src/contract/task/state.ts';
import type { ChangedFile, WorkspaceDetail } from '../../src/contract/workspace/state.ts';
import { parseDiff } from '../../src/core/git/parse-diff.ts';
import { aNewTask } from './task.ts';

const DIFFERENCE = (path: string) => `--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-old\n+new \u001b[31m\n`;
const differenceOf = (path: string) => ({ path, files: parseDiff(DIFFERENCE(path)), cut: false, words: null });

/** A moment that never changes: 2026-03-01 12:00 UTC. */
export const NOON = Date.UTC(2026, 2, 1, 12);

/**
 * A server with the real contract and canned answers, for tests of clients. It keeps tasks as the fold of the events it
 * is told, and streams them like the real one; it has no core and runs nothing.
 */
export interface FakeDrover {
  readonly dataFolder: string;
  readonly token: string;
  readonly url: string;
  /** Every call that arrived with valid input, in order. */
  readonly calls: { name: string; input: unknown; token: string }[];
  readonly projects: Project[];
  readonly workspaces: WorkspaceDetail[];
  readonly leftovers: Leftover[];
  /** Of every task. */
  readonly checkpoints: Checkpoint[];
  readonly branches: Branch[];
  readonly settings: SettingEntry[];
  readonly tasks: Map<string, Task>;
  readonly events: LoggedEvent[];
  readonly blobs: Map<string, string>;
  /** Calls by name (`tasks.stop`) that are refused, and with what. */
  readonly refusals: Map<string, Rejection>;
  /** More tokens that are accepted. */
  readonly taskTokens: Set<string>;
  /** Called when a task was created and started, to play what happens to it. */
  onStart: ((task: Task) => void) | null;
  /** Logs an event and streams it. */
  push(taskId: string, ...events: TaskEvent[]): void;
  /** Streams to everybody who asked for live text. */
  live(delta: Extract<StreamMessage, { type: 'live' }>['delta']): void;
  /** Resolves when somebody has subscribed since the last call of this. */
  subscribed(): Promise<void>;
  /** Breaks all connections and stops listening; the endpoint file stays. */
  stop(): Promise<void>;
  /** Listens again, with another port and token. */
  start(): Promise<void>;
}

const CAPABILITIES: Capabilities = {
  process: true,
  resume: true,
  interrupt: true,
  approvals: true,
  mcp: true,
  terminal: false,
  steering: false,
  images: false,
  usage: true,
  clocked: true,
  models: ['small', 'large'],
  efforts: [],
  resumeCommand: null,
};

const AGENT: Agent = {
  name: 'demo',
  title: 'Demo',
  internal: false,
  builtIn: true,
  description: 'A scripted agent',
  backend: 'demo',
  model: null,
  effort: null,
  capabilities: CAPABILITIES,
};

/** Starts it with a data folder inside `parent`, which gets the endpoint file. */
export async function createFakeDrover(parent: string): Promise<FakeDrover> {
  const dataFolder = join(parent, 'data');
  await mkdir(dataFolder, { recursive: true });
  const projects: Project[] = [];
  const workspaces: WorkspaceDetail[] = [];
  const leftovers: Leftover[] = [];
  const checkpoints: Checkpoint[] = [];
  const settings: SettingEntry[] = [
    { key: 'agent.default', value: 'claude', default: 'claude', words: 'Agent of a new task' },
    { key: 'agent.model', value: null, default: null, words: 'Model of a new task' },
    { key: 'task.slots', value: 8, default: 4, words: 'How many tasks run at the same time' },
  ];
  const tasks = new Map<string, Task>();
  const events: LoggedEvent[] = [];
  const blobs = new Map<string, string>();
  const refusals = new Map<string, Rejection>();
  const taskTokens = new Set<string>();
  const attachments = new Map<string, Attachment>();
  const branches: Branch[] = [];
  const calls: FakeDrover['calls'] = [];
  const changed: ChangedFile[] = [
    { path: 'src/a.ts', status: 'modified', insertions: 3, deletions: 1, lines: 'counted' },
    { path: 'logo.png', status: 'added', insertions: null, deletions: null, lines: 'binary' },
  ];
  const pauses: LoggedPause[] = [];
  const pauseState = () => {
    const since = pauses.at(-1) ?? null;
    return { paused: since?.event.type === 'drover.paused', since };
  };
  const setPaused = (type: LoggedPause['event']['type'], from: Surface) => {
    pauses.push({ seq: pauses.length + 1, at: Date.now(), by: 'user', event: { type, from } });
    return pauseState();
  };
  const listeners = new Set<(message: StreamMessage) => void>();
  let newSubscriber = createSignal();
  let http: Server | null = null;
  let sockets: WebSocketServer | null = null;
  let starts = 0;

  const fake: FakeDrover = {
    dataFolder,
    token: '',
    url: '',
    calls,
    projects,
    workspaces,
    leftovers,
    checkpoints,
    branches,
    settings,
    tasks,
    events,
    blobs,
    refusals,
    taskTokens,
    onStart: null,
    push(taskId, ...newEvents) {
      for (const event of newEvents) {
        const logged: LoggedEvent = { seq: events.length + 1, at: NOON + events.length, taskId, event };
        events.push(logged);
        const next = fold(tasks.get(taskId) ?? null, event, logged.at);
        if (next) tasks.set(taskId, next);
        else tasks.delete(taskId);
        for (const listener of listeners) listener({ type: 'event', event: logged });
      }
    },
    live(delta) {
      for (const listener of listeners) listener({ type: 'live', delta });
    },
    async subscribed() {
      await newSubscriber.done;
      newSubscriber = createSignal();
    },
    async stop() {
      for (const client of sockets?.clients ?? []) client.terminate();
      sockets?.close();
      const server = http;
      http = null;
      if (server) await new Promise((resolve) => server.close(resolve));
    },
    start,
  };

  const os = implement(api).$context<{ token: string }>();
  const find = (taskId: string): ChangedTask => {
    const task = tasks.get(taskId);
    if (task) return { ...task, seq: events.length };
    throw refused({ code: 'not-found', message: `There is no task ${taskId}.` });
  };
  const findItem = (taskId: string, itemId: string) => {
    const { items, seq } = find(taskId);
    const item = items.find(({ id }) => id === itemId);
    if (item) return { ...item, seq };
    throw refused({
      code: 'not-found',
      message: `Task ${taskId} has no item ${itemId}.`,
      allowed: items.map(({ id }) => id),
    });
  };
  const noSuch = (what: string, id: string): never => {
    throw refused({ code: 'not-found', message: `There is no ${what} ${id}.` });
  };
  const findProject = (projectId: string): Project => {
    const project = projects.find(({ id }) => id === projectId);
    if (project) return project;
    throw refused({ code: 'not-found', message: `There is no project ${projectId}.` });
  };
  const detail = (project: Project): ProjectDetail => ({
    ...project,
    condition: 'ready',
    currentBranch: 'main',
    taskCount: 0,
  });
  const addProject = ({ path, name, trusted = false }: { path: string; name?: string; trusted?: boolean }) => {
    const project: Project = {
      id: `p${String(projects.length + 1).padStart(8, '0')}`,
      name: name ?? path.split('/').at(-1) ?? '',
      path,
      trusted,
      addedAt: NOON,
      setup: [],
      copy: [],
      submodules: false,
      checks: [],
      branchPrefix: 'drover/',
      quiet: false,
      lifted: [],
    };
    projects.push(project);
    return detail(project);
  };
  const queue = (taskId: string, mode: 'fresh' | 'resume' | 'rerun') => {
    find(taskId);
    fake.push(taskId, { type: 'task.queued', mode, waiting: { for: 'slot', words: 'Waits for a free slot' } });
    fake.onStart?.(find(taskId));
    return find(taskId);
  };
  const findSetting = (key: string): SettingEntry => {
    const entry = settings.find((one) => one.key === key);
    if (entry) return entry;
    throw refused({
      code: 'not-found',
      message: `There is no setting “${key}”.`,
      allowed: settings.map((one) => one.key),
    });
  };

  const router = os
    .use(async ({ context, next, path }, input) => {
      const name = path.join('.');
      calls.push({ name, input, token: context.token });
      const refusal = refusals.get(name);
      if (refusal) throw refused(refusal);
      return next();
    })
    .router({
      system: {
        makeWay: os.system.makeWay.handler(() => ({ ended: false })),
        openers: os.system.openers.handler(() => ({ editor: [], terminal: [] })),
        status: os.system.status.handler(() => ({
          host: 'h00000001',
          user: 'local',
          version: '0.1.0',
          pid: process.pid,
          startedAt: NOON,
          address: fake.url,
          dataFolder,
          logFile: join(dataFolder, 'logs', 'drover.log'),
          background: false,
          seq: events.length,
          tasks: { draft: 0, queued: 0, running: 1, completed: 2, failed: 0, cancelled: 0 },
          needsYou: 1,
          recovered: null,
        })),
        openLink: os.system.openLink.handler(() => ({ url: `${fake.url}/sign-in?code=once` })),
      },
      tasks: {
        create: os.tasks.create.handler(({ input }) => {
          const id = `a${String(tasks.size + 1).padStart(8, '0')}`;
          fake.push(id, {
            type: 'task.created',
            task: {
              id,
              kind: 'agent',
              projectId: input.projectId,
              title: input.title ?? input.goal.split('\n')[0] ?? '',
              goal: input.goal,
              base: input.base ?? null,
              agent: { agent: 'demo', model: null, effort: null, ...input.agent },
              autonomy: input.autonomy ?? 'auto',
              limits: { maxRetries: 3, firstResponseMs: 1000, turnMs: 1000, inactivityMs: 1000, ...input.limits },
              checks: input.checks ?? [],
              ...(input.schedule ? { schedule: rescheduled(undefined, input.schedule) } : {}),
              attachments: (input.attachments ?? []).flatMap((id) => attachments.get(id) ?? []),
            },
            items: (input.items ?? []).map(({ text, check }, i) => ({
              id: String(i + 1),
              text,
              status: 'pending',
              reason: null,
              notes: [],
              check: check ?? null,
            })),
          });
          return input.start ? queue(id, 'fresh') : find(id);
        }),
        edit: os.tasks.edit.handler(({ input }) => find(input.taskId)),
        start: os.tasks.start.handler(({ input }) => queue(input.taskId, 'fresh')),
        stop: os.tasks.stop.handler(({ input }) => {
          find(input.taskId);
          fake.push(input.taskId, { type: 'task.stop-requested', by: 'user' });
          return find(input.taskId);
        }),
        stopCheck: os.tasks.stopCheck.handler(({ input }) => find(input.taskId)),
        resume: os.tasks.resume.handler(({ input }) => queue(input.taskId, 'resume')),
        unblock: os.tasks.unblock.handler(({ input }) => {
          for (const { id } of find(input.taskId).items.filter(({ status }) => status === 'blocked')) {
            const status = input.skip ? 'skipped' : 'pending';
            fake.push(input.taskId, { type: 'item.changed', itemId: id, status, reason: null, by: 'user' });
          }
          return queue(input.taskId, 'resume');
        }),
        rerun: os.tasks.rerun.handler(({ input }) => queue(input.taskId, 'rerun')),
        remove: os.tasks.remove.handler(({ input }) => {
          find(input.taskId);
          fake.push(input.taskId, { type: 'task.deleted' });
          return { taskId: input.taskId };
        }),
        message: os.tasks.message.handler(({ input }) => {
          find(input.taskId);
          fake.push(input.taskId, { type: 'message.queued', message: { id: 'm1', at: NOON, text: input.text } });
          return find(input.taskId);
        }),
        move: os.tasks.move.handler(({ input }) => {
          find(input.taskId);
          fake.push(input.taskId, { type: 'task.moved', rank: input.rank });
          return find(input.taskId);
        }),
        schedule: os.tasks.schedule.handler(({ input }) => {
          const schedule = rescheduled(find(input.taskId).schedule, input.change);
          fake.push(input.taskId, { type: 'task.scheduled', schedule });
          return find(input.taskId);
        }),
        archive: os.tasks.archive.handler(({ input }) => {
          find(input.taskId);
          fake.push(input.taskId, { type: 'task.archived', archived: input.archived });
          return find(input.taskId);
        }),
        done: os.tasks.done.handler(({ input }) => {
          find(input.taskId);
          fake.push(input.taskId, { type: 'task.accepted', accepted: input.done });
          return find(input.taskId);
        }),
        list: os.tasks.list.handler(({ input }) => {
          const all = [...tasks.values()]
            .reverse()
            .filter(({ archivedAt }) => input.archived === undefined || input.archived === (archivedAt !== null))
            .filter(({ projectId }) => input.projectId === undefined || projectId === input.projectId)
            .filter(({ status }) => input.status === undefined || input.status.includes(status));
          const from = Number(input.cursor ?? 0);
          const end = from + input.limit;
          return {
            tasks: all.slice(from, end).map(summarize),
            nextCursor: end < all.length ? String(end) : null,
            fromSeq: events.length,
            hits: [],
          };
        }),
        get: os.tasks.get.handler(({ input }) => ({ task: find(input.taskId), fromSeq: events.length })),
        runs: os.tasks.runs.handler(() => []),
        log: os.tasks.log.handler(({ input }) => {
          find(input.taskId);
          const all = events.filter(({ seq, taskId }) => taskId === input.taskId && seq > input.after);
          const page = all.slice(0, input.limit);
          return { events: page, nextAfter: page.length < all.length ? (page.at(-1)?.seq ?? null) : null };
        }),
        blob: os.tasks.blob.handler(({ input }) => {
          const text = blobs.get(input.blob) ?? '';
          // In two pieces, so that a client has to come back for the rest.
          const end = input.offset === 0 ? Math.ceil(text.length / 2) : text.length;
          const nextOffset = end < text.length ? end : null;
          return { text: text.slice(input.offset, end), bytes: text.length, nextOffset };
        }),
      },
      sessions: {
        open: os.sessions.open.handler(({ input }) => {
          const id = `a${String(tasks.size + 1).padStart(8, '0')}`;
          const agent = { agent: 'claude', model: null, effort: null, ...input.agent };
          const task = {
            ...aNewTask(id),
            projectId: input.projectId,
            title: input.title ?? 'Session',
            goal: '',
            agent,
          };
          fake.push(id, { type: 'task.created', task: { ...task, kind: 'agent' }, items: [] });
          fake.push(id, {
            type: 'task.queued',
            mode: 'fresh',
            to: 'person',
            waiting: { for: 'slot', words: 'Waits.' },
          });
          return find(id);
        }),
        takeOver: os.sessions.takeOver.handler(({ input: { taskId } }) => {
          const { run } = find(taskId);
          fake.push(taskId, { type: 'session.hand-over-requested', runId: run?.id ?? '', to: 'person' });
          return find(taskId);
        }),
        giveBack: os.sessions.giveBack.handler(({ input: { taskId } }) => {
          const { run } = find(taskId);
          fake.push(taskId, { type: 'session.hand-over-requested', runId: run?.id ?? '', to: 'loop' });
          return find(taskId);
        }),
      },
      messages: {
        edit: os.messages.edit.handler(({ input: { taskId, messageId, text } }) => {
          find(taskId);
          fake.push(taskId, { type: 'message.edited', messageId, text });
          return find(taskId);
        }),
        move: os.messages.move.handler(({ input: { taskId, messageId, before } }) => {
          find(taskId);
          fake.push(taskId, { type: 'message.moved', messageId, before });
          return find(taskId);
        }),
        send: os.messages.send.handler(({ input: { taskId, messageId } }) => {
          find(taskId);
          fake.push(taskId, { type: 'message.send-requested', messageId });
          return find(taskId);
        }),
        remove: os.messages.remove.handler(({ input: { taskId, messageId } }) => {
          find(taskId);
          fake.push(taskId, { type: 'message.withdrawn', messageId });
          return find(taskId);
        }),
      },
      items: {
        list: os.items.list.handler(({ input }) => find(input.taskId).items),
        add: os.items.add.handler(({ input }) => {
          const { nextItem } = find(input.taskId);
          const item: Item = {
            id: String(nextItem),
            text: input.text,
            status: 'pending',
            reason: null,
            notes: [],
            check: input.check ?? null,
          };
          fake.push(input.taskId, { type: 'item.added', item, by: 'user' });
          return findItem(input.taskId, item.id);
        }),
        set: os.items.set.handler(({ input }) => {
          findItem(input.taskId, input.itemId);
          fake.push(input.taskId, {
            type: 'item.changed',
            itemId: input.itemId,
            status: input.status,
            reason: input.reason ?? null,
            by: 'user',
          });
          return findItem(input.taskId, input.itemId);
        }),
        note: os.items.note.handler(({ input }) => {
          findItem(input.taskId, input.itemId);
          const note = { at: NOON, by: 'user' as const, text: input.text };
          fake.push(input.taskId, { type: 'item.noted', itemId: input.itemId, note });
          return findItem(input.taskId, input.itemId);
        }),
      },
      projects: {
        add: os.projects.add.handler(({ input }) => addProject(input)),
        sample: os.projects.sample.handler(() => addProject({ path: join(dataFolder, 'samples', 'sample') })),
        list: os.projects.list.handler(() => projects.map((project) => ({ ...project, gone: false }))),
        get: os.projects.get.handler(({ input }) => detail(findProject(input.projectId))),
        trust: os.projects.trust.handler(({ input }) =>
          detail(Object.assign(findProject(input.projectId), { trusted: input.trusted })),
        ),
        set: os.projects.set.handler(({ input }) =>
          detail(
            Object.assign(findProject(input.projectId), input.settings, input.name ? { name: input.name } : undefined),
          ),
        ),
        git: os.projects.git.handler(() => ({ version: '2.43.0', problem: null, hint: null })),
        branches: os.projects.branches.handler(({ input }) => ({
          branches: branches.filter(({ name }) => name.includes(input.search ?? '')).slice(0, input.limit),
          more: branches.length > input.limit,
        })),
        remove: os.projects.remove.handler(({ input }) => {
          projects.splice(projects.indexOf(findProject(input.projectId)), 1);
          return { projectId: input.projectId };
        }),
      },
      attachments: {
        add: os.attachments.add.handler(({ input }) => {
          const id = `f${String(attachments.size + 1).padStart(8, '0')}`;
          const bytes = Buffer.from(input.base64, 'base64').length;
          const path = join(dataFolder, 'attachments', id, input.name);
          const added = { id, name: input.name, bytes, type: 'application/octet-stream', path };
          attachments.set(id, added);
          return added;
        }),
        remove: os.attachments.remove.handler(({ input }) => {
          attachments.delete(input.attachmentId);
          return { attachmentId: input.attachmentId };
        }),
      },
      approvals: {
        list: os.approvals.list.handler(() => ({ approvals: [], nextCursor: null, pending: 0 })),
        get: os.approvals.get.handler(({ input }) => noSuch('approval', input.approvalId)),
        answer: os.approvals.answer.handler(({ input }) => noSuch('approval', input.approvalId)),
        export: os.approvals.export.handler(() => ({ text: '', nextCursor: null })),
      },
      rules: {
        list: os.rules.list.handler(() => []),
        add: os.rules.add.handler(() => noSuch('project', 'p00000000')),
        set: os.rules.set.handler(({ input }) => noSuch('rule', input.ruleId)),
        remove: os.rules.remove.handler(({ input }) => noSuch('rule', input.ruleId)),
        try: os.rules.try.handler(() => noSuch('project', 'p00000000')),
      },
      data: {
        describe: os.data.describe.handler(() => ({
          folder: dataFolder,
          database: 2_000_000,
          attachments: 300_000,
          logs: 4000,
          workspaces: { count: workspaces.length, bytes: null },
          backups: [{ path: join(dataFolder, 'backups', 'drover-1.sqlite'), bytes: 1_000_000, at: NOON }],
        })),
        backUp: os.data.backUp.handler(() => ({
          path: join(dataFolder, 'backups', 'drover-2.sqlite'),
          bytes: 2_000_000,
        })),
        open: os.data.open.handler(() => ({ words: 'Opened in the file manager.' })),
      },
      cleanUp: {
        preview: os.cleanUp.preview.handler(() => ({ leftovers, last: null })),
        measure: os.cleanUp.measure.handler(() => ({ bytes: 1_500_000, complete: true, stays: null })),
        remove: os.cleanUp.remove.handler(({ input }) =>
          input.leftovers.map((name) => ({ ...name, removed: true as const, bytes: 1_500_000 })),
        ),
      },
      terminals: {
        list: os.terminals.list.handler(() => []),
        open: os.terminals.open.handler(() => noSuch('project', 'p00000000')),
        get: os.terminals.get.handler(({ input }) => noSuch('terminal', input.terminalId)),
        rename: os.terminals.rename.handler(({ input }) => noSuch('terminal', input.terminalId)),
        reorder: os.terminals.reorder.handler(({ input }) => noSuch('terminal', input.terminalId)),
        resize: os.terminals.resize.handler(({ input }) => noSuch('terminal', input.terminalId)),
        restart: os.terminals.restart.handler(({ input }) => noSuch('terminal', input.terminalId)),
        close: os.terminals.close.handler(({ input }) => noSuch('terminal', input.terminalId)),
        send: os.terminals.send.handler(({ input }) => noSuch('terminal', input.terminalId)),
        file: os.terminals.file.handler(({ input }) => noSuch('terminal', input.terminalId)),
        openFile: os.terminals.openFile.handler(({ input }) => noSuch('terminal', input.terminalId)),
        read: os.terminals.read.handler(({ input }) => noSuch('terminal', input.terminalId)),
      },
      landings: {
        preview: os.landings.preview.handler(({ input }) => previewOf(find(input.taskId), input.how)),
        land: os.landings.land.handler(({ input }) => {
          const { workspaceId, onto, ontoCommit: from, how } = previewOf(find(input.taskId), input.how);
          const event = { no: 1, kind: 'land', onto } as const;
          const open = { how, workspaceId, from, to: null, head: null, checkout: null };
          fake.push(input.taskId, { type: 'landing.requested', ...event, ...open });
          fake.push(input.taskId, { type: 'landing.prepared', no: 1, work: null, to: 'c'.repeat(40) });
          fake.push(input.taskId, {
            ...{ type: 'landing.settled', ...event, result: 'done' },
            ...{ commit: 'c'.repeat(40), words: '' },
          });
          return find(input.taskId);
        }),
        undo: os.landings.undo.handler(({ input }) => find(input.taskId)),
      },
      workspaces: {
        list: os.workspaces.list.handler(() => workspaces),
        get: os.workspaces.get.handler(({ input }) => findWorkspace(input.workspaceId)),
        remove: os.workspaces.remove.handler(({ input }) => findWorkspace(input.workspaceId)),
        folder: os.workspaces.folder.handler(({ input }) => ({ folder: findWorkspace(input.workspaceId).path })),
        open: os.workspaces.open.handler(({ input }) => ({
          words: `Opened ${findWorkspace(input.workspaceId).path} in ${input.in}.`,
        })),
        recorded: os.workspaces.recorded.handler(() => workspaces),
        changes: os.workspaces.changes.handler(() => ({ files: [...changed], total: changed.length })),
        files: os.workspaces.files.handler(() => ({ paths: changed.map(({ path }) => path) })),
        fileDiff: os.workspaces.fileDiff.handler(({ input }) => differenceOf(input.path)),
      },
      checkpoints: {
        list: os.checkpoints.list.handler(() => [...checkpoints]),
        changes: os.checkpoints.changes.handler(() => ({ files: [...changed], total: changed.length })),
        fileDiff: os.checkpoints.fileDiff.handler(({ input }) => differenceOf(input.path)),
        text: os.checkpoints.text.handler(() => ({ text: DIFFERENCE('src/a.ts'), cut: false })),
      },
      processes: {
        list: os.processes.list.handler(() => ({
          at: 0,
          portsKnown: true,
          processes: [
            {
              ...{ pid: 42, startTime: 's', parent: 1, command: 'node server.js', cpuMs: 1500, memory: 1024 * 1024 },
              ports: [{ port: 3000, address: '127.0.0.1' }],
            },
          ],
        })),
        end: os.processes.end.handler(() => ({ ended: true })),
      },
      agents: {
        commands: os.agents.commands.handler(() => ({ names: ['review'] })),
        list: os.agents.list.handler(() => [AGENT]),
        get: os.agents.get.handler(({ input }) => {
          if (input.name !== AGENT.name) {
            throw refused({
              code: 'not-found',
              message: `There is no agent “${input.name}”.`,
              allowed: [AGENT.name],
            });
          }
          const login = 'not-needed' as const;
          return {
            ...AGENT,
            probe: { available: true, program: '/usr/bin/demo', version: '1.0', login, problem: null, hint: null },
          };
        }),
        resume: os.agents.resume.handler(() => AGENT),
      },
      pause: {
        get: os.pause.get.handler(() => pauseState()),
        begin: os.pause.begin.handler(({ input }) => setPaused('drover.paused', input.from)),
        end: os.pause.end.handler(({ input }) => setPaused('drover.resumed', input.from)),
        log: os.pause.log.handler(() => pauses.toReversed()),
      },
      settings: {
        list: os.settings.list.handler(() => settings),
        get: os.settings.get.handler(({ input }) => findSetting(input.key)),
        set: os.settings.set.handler(({ input }) => {
          const entry = findSetting(input.key);
          entry.value = input.value === undefined ? entry.default : input.value;
          return entry;
        }),
      },
      events: {
        subscribe: os.events.subscribe.handler(async function* ({ input, signal }) {
          const waiting: StreamMessage[] = events
            .filter(({ seq, taskId }) => seq > (input.after ?? events.length) && taskId === (input.taskId ?? taskId))
            .map((event) => ({ type: 'event', event }));
          waiting.push({ type: 'caught-up', host: 'h00000001', seq: events.length, at: null, afterAt: null });
          let wake = () => {};
          const listener = (message: StreamMessage) => {
            if (message.type === 'live' && !input.live) return;
            waiting.push(message);
            wake();
          };
          listeners.add(listener);
          newSubscriber.fire();
          signal?.addEventListener('abort', () => wake());
          try {
            while (!signal?.aborted) {
              const message = waiting.shift();
              if (message) yield message;
              else {
                await new Promise<void>((resolve) => {
                  wake = resolve;
                });
              }
            }
          } finally {
            listeners.delete(listener);
          }
        }),
      },
    });

  const findWorkspace = (workspaceId: string): WorkspaceDetail => {
    const workspace = workspaces.find(({ id }) => id === workspaceId);
    if (workspace) return workspace;
    throw refused({ code: 'not-found', message: `There is no workspace ${workspaceId}.` });
  };

  async function start(): Promise<void> {
    starts += 1;
    const token = `token-${starts}`;
    const server = createServer((_request, response) => response.writeHead(404).end());
    const socketServer = new WebSocketServer({ noServer: true });
    const handler = new RPCHandler<{ token: string }>(router as never);
    server.on('upgrade', (request, socket, head) => {
      const given = request.headers.authorization?.replace('Bearer ', '') ?? '';
      if (request.url !== '/rpc' || (given !== token && !taskTokens.has(given))) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      socketServer.handleUpgrade(request, socket, head, (client) => {
        void handler.upgrade(client, { context: { token: given } });
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    http = server;
    sockets = socketServer;
    Object.assign(fake, { token, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const endpoint = { url: fake.url, token, pid: process.pid, startTime: 'now', version: '0.1.0' };
    const file = join(dataFolder, 'endpoint.json');
    await rm(file, { force: true });
    await writeFile(file, JSON.stringify(endpoint), { mode: 0o600 });
  }

  await start();
  return fake;
}

function refused(rejection: Rejection) {
  return new ORPCError('REJECTED', { status: 409, message: rejection.message, data: rejection });
}

function createSignal(): { done: Promise<void>; fire(): void } {
  let fire = () => {};
  const done = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return { done, fire: () => fire() };
}

/** What landing a task would do, made up. */
function previewOf(task: Task, how: LandingHow): LandingPreview {
  return {
    taskId: task.id,
    workspaceId: `${task.id}-1`,
    branch: `drover/${task.id}-work`,
    onto: 'main',
    ontoCommit: 'b'.repeat(40),
    how,
    commits: { list: [{ commit: 'abc1234', subject: 'Do it' }], total: 1 },
    uncommitted: { paths: ['notes.txt'], total: 1 },
    leftOut: [],
    files: { list: [{ path: 'notes.txt', status: 'added', insertions: 2, deletions: 0 }], total: 1 },
    conflicts: [],
    moved: 0,
    canFastForward: true,
    checkout: null,
    message: 'Do it\n',
    hooks: false,
    problems: [],
  };
}
